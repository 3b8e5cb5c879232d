"""Recording Amazon's orders: the first of two stages. Nothing is created here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from affluent.domain.account import Account
from affluent.domain.errors import Refused
from affluent.domain.order import TO_CREATE, AmazonOrder, OrderPage, RecordedOrder
from affluent.domain.order_source import OrderSource, Sighting
from affluent.orders.plan import record_order, record_past_order
from affluent.orders.spans import mark_span, searched_until
from affluent.ports.storage import UnitOfWork
from affluent.privacy.safe import Safe
from affluent.submissions.context import Sender

#: Orders are searched again over this span, because Amazon is seen to show some late.
_OVERLAP: Final = timedelta(minutes=10)


@dataclass(frozen=True)
class Recorded:
    """What a source brought: how many orders Amazon showed, and those still to be created.

    `refused` are orders that wait and that Amazon does not show any more, with its words. The
    orders hold buyers' data; outside of the safe they live in memory alone.
    """

    read: int
    orders: dict[str, AmazonOrder]
    known: dict[str, RecordedOrder]
    refused: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def record_orders(account: Account, sender: Sender, first: timedelta) -> Recorded:
    """Search what was updated since the cursor, keep it, and gather what is to be created.

    Orders that wait from earlier runs are taken from the safe; those that are not there are asked
    for again, one by one.
    """
    cursor = searched_until(account.name, OrderSource.SEARCH, sender)
    since = cursor - _OVERLAP if cursor else sender.clock.now() - first
    return _search(account, sender, since, OrderSource.SEARCH)


def sweep_orders(account: Account, sender: Sender, back: timedelta) -> Recorded:
    """Search everything that was updated over a long time, whatever other sources showed."""
    return _search(account, sender, sender.clock.now() - back, OrderSource.SWEEP)


def keep_orders(
    orders: Iterable[AmazonOrder],
    account: Account,
    source: OrderSource,
    work: UnitOfWork,
    now: datetime,
    safe: Safe,
) -> None:
    """Record orders as Amazon shows them now, who has shown them, and what is kept of buyers."""
    shown = list(orders)
    known = work.orders.named(account.name, [order.order_id for order in shown])
    record = record_past_order if source is OrderSource.BACKFILL else record_order
    records = [
        record(order, known.get(order.order_id), account.name, account.order_types)
        for order in shown
    ]
    work.orders.save(records, now)
    safe.follow(account.name, zip(shown, records, strict=True), work, now)
    work.order_sources.note(
        [Sighting(account.name, order.order_id, source, order.status, now) for order in shown]
    )


def gather_to_create(account: Account, fetched: dict[str, AmazonOrder], sender: Sender) -> Recorded:
    """The account's orders that are to be created, those that waited among them.

    What is kept goes before what was fetched: it has what Amazon withdrew since.
    """
    with sender.units() as work:
        waiting = work.orders.in_states(account.name, TO_CREATE)
    return gather_these(waiting, account, fetched, sender)


def gather_these(
    records: Iterable[RecordedOrder],
    account: Account,
    fetched: Mapping[str, AmazonOrder],
    sender: Sender,
) -> Recorded:
    """The orders of these records, as they are kept, as they were fetched, or asked for again."""
    waiting = {one.order_id: one for one in records}
    with sender.units() as work:
        kept = sender.safe.recall(account.name, list(waiting), work)
    here = {key: order for key, order in {**fetched, **kept}.items() if key in waiting}
    missing = {key: record for key, record in waiting.items() if key not in here}
    again, refused = _ask_again(missing, sender)
    orders = {key: order for key, order in (here | again).items() if order.status.is_paid}
    known = {key: record for key, record in waiting.items() if key in orders}
    return Recorded(len(fetched), orders, known, refused)


def _ask_again(
    missing: Mapping[str, RecordedOrder], sender: Sender
) -> tuple[dict[str, AmazonOrder], dict[str, str]]:
    """Orders as Amazon shows them now, one by one, and its words where it does not."""
    orders: dict[str, AmazonOrder] = {}
    refused: dict[str, str] = {}
    for order_id in missing:
        try:
            orders[order_id] = sender.amazon.orders.order(order_id)
        except Refused as refusal:
            refused[order_id] = refusal.what
    shown = [(order, missing[key]) for key, order in orders.items()]
    with sender.units() as work:
        sender.safe.follow(sender.account, shown, work, sender.clock.now())
        work.commit()
    return orders, refused


def _search(account: Account, sender: Sender, since: datetime, source: OrderSource) -> Recorded:
    marketplaces = [row.marketplace_id for row in account.marketplaces]
    fetched: dict[str, AmazonOrder] = {}
    seen: set[int] = set()
    repeated, until = 0, since
    for page in sender.amazon.orders.updated_since(marketplaces, since):
        until = page.updated_before
        if (digest := _digest(page)) in seen and page.orders:
            repeated += 1
            continue
        seen.add(digest)
        with sender.units() as work:
            keep_orders(page.orders, account, source, work, sender.clock.now(), sender.safe)
            work.commit()
        fetched |= {order.order_id: order for order in page.orders}
        sender.progress.show("orders read", len(fetched))
    if repeated:
        # One of them may have stood in the place of a page that was not shown: look again.
        note = f"{repeated} pages came twice; the same time is searched again by the next run."
        return replace(gather_to_create(account, fetched, sender), notes=(note,))
    mark_span(account.name, source, since, until, sender)
    return gather_to_create(account, fetched, sender)


def _digest(page: OrderPage) -> int:
    """What a page is recognised by when it comes again."""
    return hash(tuple((order.order_id, order.last_updated_at) for order in page.orders))
