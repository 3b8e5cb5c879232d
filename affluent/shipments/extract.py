"""Reading the store's shipments of imported orders; nothing outside changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from affluent.domain.order import OrderState, RecordedOrder, StoreOrder
from affluent.ports.bigcommerce import StoreOrdersPort
from affluent.shipments.plan import ShippedOrder
from affluent.submissions.context import Sender

#: BigCommerce statuses of orders with shipments: Shipped, Partially Shipped, Completed.
_SHIPPED_STATUSES: Final = (2, 3, 10)
_OVERLAP: Final = timedelta(minutes=10)


@dataclass(frozen=True)
class Gathered:
    """The shipped orders, and where the next reading begins once these are confirmed."""

    shipped: tuple[ShippedOrder, ...]
    cursor: datetime | None


def gather_shipments(store: StoreOrdersPort, sender: Sender) -> Gathered:
    """Imported orders that were shipped in the store since the last reading, with all of their
    shipments; the ledger knows which of these are confirmed."""
    with sender.units() as work:
        imported = work.orders.in_states(sender.account, [OrderState.IMPORTED])
        cursor = work.cursors.get(_cursor(sender))
    by_store_id = {one.store_order_id: one for one in imported}
    since = cursor - _OVERLAP if cursor else _oldest(imported, sender)
    latest = cursor
    shipped = []
    for order in store.modified_since(since):
        latest = max(latest or order.modified_at, order.modified_at)
        record = by_store_id.get(order.order_id)
        if record is not None and order.status_id in _SHIPPED_STATUSES:
            shipped.append(_with_shipments(record, order, store))
    return Gathered(tuple(shipped), latest)


def remember(gathered: Gathered, sender: Sender) -> None:
    """Move the cursor: what was gathered is in the ledger now."""
    if gathered.cursor is not None:
        with sender.units() as work:
            work.cursors.set(_cursor(sender), gathered.cursor)
            work.commit()


def _with_shipments(
    record: RecordedOrder, order: StoreOrder, store: StoreOrdersPort
) -> ShippedOrder:
    return ShippedOrder(record, store.lines(order.order_id), store.shipments(order.order_id))


def _cursor(sender: Sender) -> str:
    return f"shipments/{sender.account}"


def _oldest(imported: list[RecordedOrder], sender: Sender) -> datetime:
    dates = [one.created_at for one in imported]
    return min([*dates, sender.clock.now()]) - _OVERLAP
