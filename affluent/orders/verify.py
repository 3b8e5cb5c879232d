"""Reading imported orders back: each must stand in the store exactly once."""

from __future__ import annotations

from collections.abc import Iterable

from affluent.domain.order import RecordedOrder
from affluent.orders.creation import INDEX_SECONDS, OrderDesk


def verify_imports(orders: Iterable[RecordedOrder], desk: OrderDesk) -> dict[str, int]:
    """The orders that the store holds not exactly once, with how often it does."""
    wrong = {}
    for order in orders:
        if order.store_order_id is None:
            continue
        count = _count(order.order_id, desk)
        if count != 1:
            wrong[order.order_id] = count
    return wrong


def _count(order_id: str, desk: OrderDesk) -> int:
    """How many orders carry the id, once the store's index had the time to show them."""
    until = desk.clock.now().timestamp() + INDEX_SECONDS
    while True:
        count = len(desk.store.orders.find(order_id))
        if count or desk.clock.now().timestamp() >= until:
            return count
        desk.clock.sleep(1.0)
