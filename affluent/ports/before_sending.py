"""What we keep of Amazon's answers to questions that are asked before sending."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from affluent.domain.before_sending import KnownMatches, Permission
from affluent.domain.listing import Definition, Requirements
from affluent.domain.schema_drift import KeptDefinition, SchemaDrift


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


class Definitions(Protocol):
    """Amazon's product-type schemas: as last fetched, as they were before, and what changed."""

    def get(
        self, account: str, marketplace_id: str, product_type: str, requirements: Requirements
    ) -> tuple[Definition, datetime] | None:
        """The definition and when it was fetched."""
        ...

    def save(self, account: str, definition: Definition, at: datetime) -> None:
        """Keep a definition, and the one whose place it takes."""
        ...

    def before(self, account: str, current: Definition) -> Definition | None:
        """The version whose place the current one took; None where none is kept."""
        ...

    def all(self) -> list[KeptDefinition]:
        """Every definition that is kept, without its schema."""
        ...

    def keep_drifts(self, account: str, marketplace_id: str, drifts: Sequence[SchemaDrift]) -> None:
        """Put the drifts of a whole check in the place of those of the check before."""
        ...

    def drifts(self) -> list[tuple[str, str, SchemaDrift]]:
        """What the latest checks found, with account and marketplace."""
        ...
