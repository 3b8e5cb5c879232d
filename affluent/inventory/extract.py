"""Reading everything on Amazon, and keeping what it shows. Nothing is written outside.

By searches, 20 SKUs a call, or for many listings by the report of all of them. The report shows
price, quantity and channel, but neither issues nor the time of the last change: what differs there
is looked up by search before anything is said of it. It alone shows what we do not know of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Final

from affluent.domain.inventory import ReportRow
from affluent.domain.listing import Listing, ListingStatus
from affluent.submissions.context import Sender
from affluent.submissions.judging import refreshed

_PAGE: Final = 1_000
#: Amazon's published rate of searchListingsItems, in SKUs.
_SEARCHED_A_SECOND: Final = 100.0
#: Amazon publishes no time for a report; so long, as an assumption, and so many rows a second.
_REPORT_SECONDS: Final = 300.0
_REPORTED_A_SECOND: Final = 5_000.0


@dataclass
class InventoryRead:
    """What a reading of every listing found. `vanished` SKUs keep their links: one reading that
    misses them proves nothing. `not_ours` is known only where the report was read."""

    by_report: bool
    read: int = 0
    vanished: list[str] = field(default_factory=list)
    not_ours: list[str] = field(default_factory=list)


def report_is_faster(listings: int) -> bool:
    """Which way to read so many listings is foretold to be faster."""
    searching = listings / _SEARCHED_A_SECOND
    return _REPORT_SECONDS + listings / _REPORTED_A_SECOND < searching


def read_inventory(sender: Sender) -> InventoryRead:
    """Read every listing that should be on Amazon, on the faster way, page by page."""
    total = sum(len(page) for page in _pages(sender))
    if report_is_faster(total):
        return _read_by_report(sender)
    found = InventoryRead(by_report=False)
    for page in _pages(sender):
        _look_up(page, sender, found)
        sender.progress.show("listings read", found.read, total)
    return found


def _read_by_report(sender: Sender) -> InventoryRead:
    found = InventoryRead(by_report=True)
    seen: set[str] = set()
    rows: list[ReportRow] = []
    for row in sender.amazon.reports.all_listings(sender.marketplace_id):
        seen.add(row.sku)
        rows.append(row)
        if len(rows) == _PAGE:
            _compare(rows, sender, found)
            rows = []
    _compare(rows, sender, found)
    for page in _pages(sender):
        _look_up([one for one in page if one.sku not in seen], sender, found)
    return found


def _compare(rows: Sequence[ReportRow], sender: Sender, found: InventoryRead) -> None:
    """Look those up that the report shows otherwise, or that had an error."""
    with sender.units() as work:
        known = work.listings.named(
            sender.account, sender.marketplace_id, [row.sku for row in rows]
        )
    found.not_ours += [row.sku for row in rows if row.sku not in known]
    ours = [(row, known[row.sku]) for row in rows if row.sku in known]
    in_doubt = [
        listing
        for row, listing in ours
        if listing.status is ListingStatus.ERROR
        or (listing.status is ListingStatus.LINKED and not _agrees(row, listing))
    ]
    found.read += len(ours) - len(in_doubt)
    _look_up(in_doubt, sender, found)


def _agrees(row: ReportRow, listing: Listing) -> bool:
    price = listing.price.amount if listing.price else None
    return (row.channel, _amount(row)) == (listing.channel, price) and (
        listing.fulfilled_by_amazon or row.quantity == listing.quantity
    )


def _amount(row: ReportRow) -> Decimal | None:
    """None where the report has no price, or none that can be read."""
    try:
        return Decimal(row.price)
    except InvalidOperation:
        return None


def _look_up(listings: Sequence[Listing], sender: Sender, found: InventoryRead) -> None:
    skus = [one.sku for one in listings]
    shown = {one.sku: one for one in sender.amazon.listings.find(sender.marketplace_id, skus)}
    now = [refreshed(one, shown[one.sku]) for one in listings if one.sku in shown]
    with sender.units() as work:
        work.listings.save(now, sender.clock.now())
        work.commit()
    found.read += len(now)
    found.vanished += [sku for sku in skus if sku not in shown]


def _pages(sender: Sender) -> Iterator[list[Listing]]:
    """The listings that should be on Amazon, a page at a time, each in its own transaction."""
    after = ""
    while True:
        with sender.units() as work:
            page = work.listings.page(sender.account, sender.marketplace_id, after, _PAGE)
        if not page:
            return
        after = page[-1].sku
        yield [one for one in page if one.status.is_on_amazon]
