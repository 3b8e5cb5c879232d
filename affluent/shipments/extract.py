"""Reading the store's shipments of imported orders; nothing outside changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from affluent.domain.account import FulfilledBy
from affluent.domain.effect import UNRESOLVED, EffectState
from affluent.domain.errors import NotFound
from affluent.domain.order import OrderState, RecordedOrder
from affluent.domain.plan import Operation
from affluent.ports.bigcommerce import StoreOrdersPort
from affluent.shipments.plan import ShippedOrder, order_id_of
from affluent.submissions.context import Sender

#: BigCommerce statuses of orders with shipments: Shipped, Partially Shipped, Completed.
_SHIPPED_STATUSES: Final = (2, 3, 10)
_OVERLAP: Final = timedelta(minutes=10)

#: A confirmation in one of these states is looked at again, whether or not the order changed.
_UNFINISHED: Final = UNRESOLVED | {EffectState.HELD, EffectState.ACCEPTED}


@dataclass(frozen=True)
class Gathered:
    """The shipped orders, and where the next reading begins once these are confirmed."""

    shipped: tuple[ShippedOrder, ...]
    cursor: datetime | None


def gather_shipments(store: StoreOrdersPort, sender: Sender) -> Gathered:
    """Imported orders that were shipped in the store since the last reading, and those with an
    unfinished confirmation, with all of their shipments; the ledger knows which are confirmed."""
    with sender.units() as work:
        imported = work.orders.in_states(sender.account, [OrderState.IMPORTED])
        cursor = work.cursors.get(_cursor(sender))
    by_store_id = {
        one.store_order_id: one for one in imported if one.fulfilled_by is FulfilledBy.MERCHANT
    }
    since = cursor - _OVERLAP if cursor else _oldest(imported, sender)
    latest = cursor
    found = {record.order_id: record for record in _unfinished(sender)}
    for order in store.modified_since(since):
        latest = max(latest or order.modified_at, order.modified_at)
        record = by_store_id.get(order.order_id)
        if record is not None and order.status_id in _SHIPPED_STATUSES:
            found[record.order_id] = record
    return Gathered(tuple(_with_shipments(found.values(), store)), latest)


def remember(gathered: Gathered, sender: Sender) -> None:
    """Move the cursor: what was gathered is in the ledger now."""
    if gathered.cursor is not None:
        with sender.units() as work:
            work.cursors.set(_cursor(sender), gathered.cursor)
            work.commit()


def _unfinished(sender: Sender) -> list[RecordedOrder]:
    """The orders of which a shipment is held, lost on its way or not shown by Amazon yet."""
    with sender.units() as work:
        effects = work.ledger.in_states(Operation.CONFIRM_SHIPMENT, sender.account, _UNFINISHED)
        order_ids = dict.fromkeys(order_id_of(effect.key) for effect in effects)
        records = [work.orders.get(sender.account, order_id) for order_id in order_ids]
    return [record for record in records if record is not None]


def _with_shipments(
    records: Iterable[RecordedOrder], store: StoreOrdersPort
) -> Iterable[ShippedOrder]:
    """Each order with its shipments; one that was deleted in the store stops no other."""
    for record in records:
        if record.store_order_id is None:
            continue
        try:
            lines = store.lines(record.store_order_id)
            shipments = store.shipments(record.store_order_id)
        except NotFound:
            continue
        yield ShippedOrder(record, lines, shipments)


def _cursor(sender: Sender) -> str:
    return f"shipments/{sender.account}"


def _oldest(imported: list[RecordedOrder], sender: Sender) -> datetime:
    dates = [one.created_at for one in imported]
    return min([*dates, sender.clock.now()]) - _OVERLAP
