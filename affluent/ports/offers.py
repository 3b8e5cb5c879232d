"""What we need of our own store to plan offers: those that are due, and what they follow from."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from affluent.domain.listing import Listing
from affluent.domain.product import Variant


@dataclass(frozen=True, slots=True)
class Scope:
    """Which offers are asked for.

    Those that are marked, those that stand in `lists`, and those that sell one of `store_skus`; or
    all of them.
    """

    lists: Collection[str] = ()
    store_skus: Collection[str] = ()
    everything: bool = False


@dataclass(frozen=True)
class DueOffers:
    """Offers to be planned, by SKU, with the variants that they sell, each once.

    `gone` are the ids of variants that the store has no longer. `marks` are the ids of the marks
    that were read, by SKU.
    """

    listings: Sequence[Listing]
    variants: Sequence[Variant]
    gone: frozenset[int]
    marks: Mapping[str, Sequence[int]]


class OffersToPlan(Protocol):
    """Which offers may differ, kept as marks by whoever changes what an offer follows from."""

    def read(self, account: str, marketplace_id: str, scope: Scope) -> DueOffers:
        """The taken listings within the scope, by one statement."""
        ...

    def add(self, account: str, marketplace_id: str, skus: Collection[str]) -> None:
        """Mark these SKUs."""
        ...

    def remove(self, marks: Collection[int]) -> None:
        """Remove these marks; those that came later stay."""
        ...

    def rules(self, account: str, marketplace_id: str) -> dict[str, str]:
        """The digest of the rules that each list's offers were last marked for, by list."""
        ...

    def follow(self, account: str, marketplace_id: str, digests: Mapping[str, str]) -> None:
        """Mark all that stands in these lists, and keep their digests; an empty digest is that of a
        list which exists no longer."""
        ...

    def has_offers(self, account: str, marketplace_id: str, selling_list: str) -> bool:
        """Whether anything that is sent or linked stands in the list."""
        ...

    def in_stock(self, account: str, marketplace_id: str) -> int:
        """How many offers, sent or linked, have a quantity above 0."""
        ...

    def elsewhere(
        self, account: str, marketplace_id: str, skus: Sequence[str]
    ) -> dict[str, list[Listing]]:
        """The taken listings of these SKUs on the account's other marketplaces, by SKU."""
        ...
