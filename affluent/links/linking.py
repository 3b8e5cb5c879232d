"""One downloaded report, linked page by page: memory is that of a page, whatever the report's size.

Each page is planned from what a handful of statements tell of it, and saved in a transaction of
its own; a run that dies on the way is simply run again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from affluent.domain.inventory import InventoryItem
from affluent.links.absence import Absence, plan_absence
from affluent.links.apply import apply_absence, apply_links
from affluent.links.extract import gather_known
from affluent.links.plan import LinkPlan, LinkRules, plan_links
from affluent.links.spool import Spool
from affluent.submissions.context import Sender

_PAGE: Final = 5_000
#: So many items without a product are shown; all of them stand in our store.
SHOWN: Final = 500
_FIRST: Final = 5


@dataclass
class NamedSkus:
    """How many SKUs there are, and the first few of them."""

    count: int = 0
    first: list[str] = field(default_factory=list)

    def add(self, skus: Sequence[str]) -> None:
        """Count some more."""
        self.count += len(skus)
        self.first += skus[: _FIRST - len(self.first)]

    def __str__(self) -> str:
        named, left = ", ".join(self.first), self.count - len(self.first)
        return f"{named} and {left} more" if left else named


@dataclass
class LinkTally:
    """What came of a report. `shown` are the first items that nothing, or too much, answers to."""

    read: int = 0
    linked: int = 0
    already: int = 0
    unlinked: int = 0
    held: int = 0
    moved: int = 0
    returned: NamedSkus = field(default_factory=NamedSkus)
    missing: NamedSkus = field(default_factory=NamedSkus)
    ended: NamedSkus = field(default_factory=NamedSkus)
    shown: list[InventoryItem] = field(default_factory=list)

    def count(self, plan: LinkPlan) -> None:
        """Add one page."""
        self.linked += len(plan.linked)
        self.already += plan.already
        self.unlinked += len(plan.unlinked)
        self.held += len(plan.held)
        self.moved += len(plan.moved)
        self.returned.add(plan.returned)
        self.shown += [*plan.held, *plan.unlinked][: SHOWN - len(self.shown)]

    def miss(self, absence: Absence) -> None:
        """Add what the report lacks of one slice of what was known."""
        self.missing.add(absence.missing)
        self.ended.add(absence.ended)


def downloaded_cursor(account: str, marketplace_id: str) -> str:
    """The cursor that tells when an inventory was last downloaded."""
    return f"inventory/{account}/{marketplace_id}"


def link_report(spool: Spool, rules: LinkRules, sender: Sender, *, dry_run: bool) -> LinkTally:
    """Link what the report names, and note what it lacks; a dry run only tells what would be."""
    began = sender.clock.now()
    tally = LinkTally(read=len(spool))
    for plan in _pages(spool, rules, sender, began, dry_run=dry_run):
        tally.count(plan)
        sender.progress.show("items linked", tally.linked + tally.already, tally.read)
    _note_absent(spool, rules, sender, tally, began, dry_run=dry_run)
    if not dry_run:
        with sender.units() as work:
            work.cursors.set(downloaded_cursor(sender.account, sender.marketplace_id), began)
            work.commit()
    return tally


def _pages(
    spool: Spool, rules: LinkRules, sender: Sender, at: datetime, *, dry_run: bool
) -> Iterator[LinkPlan]:
    for rows in spool.pages(_PAGE):
        with sender.units() as work:
            plan = plan_links(rows, rules, gather_known(rows, rules, work), at)
            if not dry_run:
                apply_links(plan, rules, work, sender.run, at)
                work.commit()
        yield plan


def _note_absent(
    spool: Spool,
    rules: LinkRules,
    sender: Sender,
    tally: LinkTally,
    at: datetime,
    *,
    dry_run: bool,
) -> None:
    """Whatever is known and not in the report, slice by slice."""
    with sender.units() as reading:
        cursor = downloaded_cursor(sender.account, sender.marketplace_id)
        last_seen = reading.cursors.get(cursor) or at
        for present in reading.inventory.present(sender.account, sender.marketplace_id, _PAGE):
            absence = plan_absence(present, spool.lacking([sku for sku, _ in present]))
            tally.miss(absence)
            if dry_run or not (absence.missing or absence.ended):
                continue
            with sender.units() as work:
                apply_absence(absence, rules, work, sender.run, last_seen=last_seen, at=at)
                work.commit()
