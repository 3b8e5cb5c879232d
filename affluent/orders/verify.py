"""Reading imported orders back: each must stand in the store exactly once."""

from __future__ import annotations

from collections.abc import Iterable

from affluent.domain.order import RecordedOrder
from affluent.orders.desk import INDEX_SECONDS, PAUSE_SECONDS
from affluent.ports.bigcommerce import StoreOrdersPort
from affluent.ports.clock import Clock


def verify_imports(
    orders: Iterable[RecordedOrder], store: StoreOrdersPort, clock: Clock
) -> dict[str, int]:
    """The orders that the store holds not exactly once, with how often it does."""
    wrong = {}
    for order in orders:
        if order.store_order_id is None:
            continue
        count = _count(order.order_id, store, clock)
        if count != 1:
            wrong[order.order_id] = count
    return wrong


def _count(order_id: str, store: StoreOrdersPort, clock: Clock) -> int:
    """How many orders carry the id, once the store's index had the time to show them."""
    until = clock.now().timestamp() + INDEX_SECONDS
    while True:
        count = len(store.find(order_id))
        if count or clock.now().timestamp() >= until:
            return count
        clock.sleep(PAUSE_SECONDS)
