"""What we keep of Amazon's answers to questions that are asked before sending."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from affluent.domain.before_sending import KnownMatches, Permission


class CatalogMatches(Protocol):
    """Which ASINs Amazon's catalog had for a barcode, by marketplace."""

    def of(self, marketplace_id: str, barcodes: Sequence[str]) -> dict[str, KnownMatches]:
        """What is known of these barcodes, by barcode."""
        ...

    def save(self, marketplace_id: str, found: Sequence[KnownMatches]) -> None:
        """Insert or replace in bulk, by barcode."""
        ...


class Permissions(Protocol):
    """Whether an account may list an ASIN on a marketplace."""

    def of(
        self, account: str, marketplace_id: str, asins: Sequence[str]
    ) -> dict[tuple[str, str], Permission]:
        """What is known of these ASINs, by ASIN and condition."""
        ...

    def refused(self, account: str, marketplace_id: str) -> list[Permission]:
        """What Amazon does not let the account list, the soonest to be asked again first."""
        ...

    def save(self, account: str, marketplace_id: str, given: Sequence[Permission]) -> None:
        """Insert or replace in bulk, by ASIN and condition."""
        ...
