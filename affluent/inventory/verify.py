"""Everything on Amazon against everything intended: each difference named, none written.

The next plan of offers mends what should be mended; a reading alone changes nothing outside.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from affluent.domain.listing import Listing, ListingStatus
from affluent.submissions.context import Sender
from affluent.submissions.judging import refreshed


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which Amazon shows something else than we last knew."""

    sku: str
    field: str
    known: str
    shown: str


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What a reading of every listing found. `vanished` SKUs keep their links: one reading that
    misses them proves nothing."""

    read: int
    differences: tuple[Difference, ...]
    vanished: tuple[str, ...]


def read_inventory(listings: Sequence[Listing], sender: Sender) -> Reconciled:
    """Read every listing that should be on Amazon, keep what it shows, name what differs."""
    on_amazon = [
        one for one in listings if one.status in (ListingStatus.LINKED, ListingStatus.ERROR)
    ]
    skus = [one.sku for one in on_amazon]
    shown = {one.sku: one for one in sender.amazon.listings.find(sender.marketplace_id, skus)}
    now = [
        refreshed(known, shown[known.sku]) if known.sku in shown else known for known in on_amazon
    ]
    with sender.units() as work:
        work.listings.save(now, sender.clock.now())
        work.commit()
    return Reconciled(
        read=len(shown),
        differences=tuple(_differences(zip(on_amazon, now, strict=True))),
        vanished=tuple(sku for sku in skus if sku not in shown),
    )


def _differences(pairs: Iterable[tuple[Listing, Listing]]) -> Iterable[Difference]:
    for known, now in pairs:
        for field in ("price", "quantity", "status", "asin"):
            before, after = getattr(known, field), getattr(now, field)
            if before != after:
                yield Difference(known.sku, field, str(before), str(after))
