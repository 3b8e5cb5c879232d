"""Downloading what is on Amazon, and what is known of it page by page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from affluent.domain.belief import has_collapsed
from affluent.domain.errors import BatchStopped
from affluent.domain.inventory import ReportRow
from affluent.domain.listing import Listing
from affluent.links.plan import LinkRules, LinksKnown
from affluent.links.spool import Spool
from affluent.ports.inventory import KnownLink
from affluent.ports.storage import UnitOfWork
from affluent.submissions.context import Sender


def download(sender: Sender, *, may_shrink: bool) -> Spool:
    """The account's whole inventory of the marketplace, laid down; the caller closes it.

    Raises BatchStopped where the report has less than half of what was known, unless
    `may_shrink`, or nothing at all: Amazon cancels a report that it has nothing for.
    """
    spool = Spool()
    try:
        spool.fill(sender.amazon.reports.all_listings(sender.marketplace_id))
        with sender.units() as work:
            known = work.inventory.count_present(sender.account, sender.marketplace_id)
        _believe(len(spool), known, sender.account, may_shrink=may_shrink)
    except BaseException:
        spool.close()
        raise
    return spool


def gather_known(rows: Sequence[ReportRow], rules: LinkRules, work: UnitOfWork) -> LinksKnown:
    """What our store knows of the rows of one page, in a handful of statements."""
    account, marketplace_id = rules.account, rules.marketplace.marketplace_id
    skus = [row.sku for row in rows]
    links = work.inventory.links(account, marketplace_id, skus)
    unlinked = [row.sku for row in rows if row.sku not in links]
    moved = [row.sku for row in rows if _has_moved(row, links.get(row.sku))]
    listings = work.listings.named(account, marketplace_id, unlinked + moved)
    return LinksKnown(
        items=work.inventory.named(account, marketplace_id, skus),
        links=links,
        listings=listings,
        products=work.store_skus.named({rules.store_sku(sku) for sku in unlinked}),
        earlier=work.store_skus.with_ids(_variant_ids(listings.values())),
    )


def _has_moved(row: ReportRow, link: KnownLink | None) -> bool:
    return link is not None and link.channel != row.channel


def _variant_ids(listings: Iterable[Listing]) -> set[int]:
    return {one.variant_id for one in listings if one.variant_id is not None}


def _believe(read: int, known: int, account: str, *, may_shrink: bool) -> None:
    if known and not read:
        raise BatchStopped(
            f"Amazon's report names no listing of {account} at all, where {known} were known.",
            why="Amazon cancels a report that it has nothing for, and caches a failing one.",
            fix="Look into Seller Central; every link is as it was. Download again later.",
        )
    if has_collapsed(read, known, may_shrink=may_shrink):
        raise BatchStopped(
            f"Amazon's report names {read} listings of {account}, where {known} were known.",
            why="An inventory does not lose half of itself overnight; a broken report looks so.",
            fix="Look into Seller Central; if the report is right, run link_inventory with "
            "may_shrink=true.",
        )
