"""What a report no longer has: noted the first time, ended when a second report agrees."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from affluent.domain.inventory import REPORTS_THAT_END, InventoryItem, LinkState
from affluent.domain.listing import Listing, ListingStatus
from affluent.domain.variation import Parentage
from affluent.links.plan import VANISHED


@dataclass(frozen=True, slots=True)
class Absence:
    """Of some SKUs: those missing for the first time, and those that have ended now."""

    missing: tuple[str, ...]
    ended: tuple[str, ...]


def plan_absence(present: Iterable[tuple[str, int]], lacking: Sequence[str]) -> Absence:
    """What follows for SKUs that the report lacks; `present` tells how many reports in a row did.

    A SKU is ended by the report that makes them enough.
    """
    absent = frozenset(lacking)
    missed = [(sku, reports + 1) for sku, reports in present if sku in absent]
    return Absence(
        missing=tuple(sku for sku, reports in missed if reports < REPORTS_THAT_END),
        ended=tuple(sku for sku, reports in missed if reports >= REPORTS_THAT_END),
    )


def ended_item(item: InventoryItem) -> InventoryItem:
    """The item, once enough reports agree."""
    return replace(item, state=LinkState.ENDED, reason=VANISHED)


def ended_listings(listings: Iterable[Listing]) -> list[Listing]:
    """The listings that end with their items. What waits for Amazon's answer, and what we ended
    ourselves, stays as it is; so does a parent, which has no offer to stand in a report."""
    return [
        replace(one, status=ListingStatus.ENDED, buyable=False, reasons=(VANISHED,))
        for one in listings
        if one.status.is_on_amazon and one.kinship.parentage is not Parentage.PARENT
    ]
