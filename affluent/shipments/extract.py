"""Reading the store's shipments of imported orders; nothing outside changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from affluent.domain.account import FulfilledBy
from affluent.domain.effect import UNRESOLVED, Effect, EffectState
from affluent.domain.errors import NotFound
from affluent.domain.order import OrderState, OrderStatus, RecordedOrder, StoreOrder
from affluent.domain.plan import Operation
from affluent.domain.shipment_policy import ShipmentPolicy
from affluent.ports.bigcommerce import StoreOrdersPort
from affluent.shipments.late import NOT_SHIPPED
from affluent.shipments.packages import Package, packages_of
from affluent.shipments.plan import ShippedOrder, carriers_of, order_id_of
from affluent.submissions.context import Sender

#: BigCommerce statuses in which all of an order has left: Shipped, Completed.
_SHIPPED: Final = (2, 10)
#: Beside them, those in which it may have shipments: Partially Shipped, Refunded, Disputed,
#: Partially Refunded.
_MAY_HAVE_SHIPMENTS: Final = (*_SHIPPED, 3, 4, 13, 14)
_OVERLAP: Final = timedelta(minutes=10)

#: A confirmation in one of these states is looked at again, whether or not the order changed.
_UNFINISHED: Final = UNRESOLVED | {EffectState.HELD, EffectState.ACCEPTED}


@dataclass(frozen=True)
class Gathered:
    """The shipped orders, and where the next reading begins once these are confirmed.

    `seen_carriers` are the names that were told of before, `unshipped` the orders that Amazon
    still waits for.
    """

    shipped: tuple[ShippedOrder, ...]
    cursor: datetime | None
    seen_carriers: frozenset[str]
    unshipped: tuple[RecordedOrder, ...]


def gather_shipments(store: StoreOrdersPort, sender: Sender) -> Gathered:
    """Imported orders whose store order changed since the last reading, those with an unfinished
    confirmation, and those that are shipped in part, with all of their shipments and with what
    the ledger knows of them."""
    with sender.units() as work:
        unshipped = work.orders.in_states(sender.account, NOT_SHIPPED)
        cursor = work.cursors.get(_cursor(sender))
        open_ones = work.ledger.in_states(Operation.CONFIRM_SHIPMENT, sender.account, _UNFINISHED)
        seen_carriers = frozenset(one.name for one in work.carrier_names.all())
    latest, changed = cursor, dict[int, StoreOrder]()
    for order in store.modified_since(cursor - _OVERLAP if cursor else _oldest(unshipped, sender)):
        latest = max(latest or order.modified_at, order.modified_at)
        changed[order.order_id] = order
    in_part = [one for one in unshipped if one.status is OrderStatus.PARTIALLY_SHIPPED]
    watched = {order_id_of(one.key) for one in open_ones} | {one.order_id for one in in_part}
    names = [order.external_order_id for order in changed.values()]
    records, packages = _known([*names, *sorted(watched)], sender)
    shipped = tuple(
        found
        for record in records
        if _is_looked_at(record, changed.get(record.store_order_id or 0), packages, watched)
        and (found := _with_shipments(record, packages.get(record.order_id, ()), store))
    )
    return Gathered(shipped, latest, seen_carriers, tuple(unshipped))


def remember(gathered: Gathered, policy: ShipmentPolicy, sender: Sender) -> None:
    """Move the cursor, and keep the carriers' names: what was gathered is in the ledger now."""
    now = sender.clock.now()
    with sender.units() as work:
        names = [one.name for one in carriers_of(gathered.shipped, policy)]
        work.carrier_names.note(names, now)
        if gathered.cursor is not None:
            work.cursors.set(_cursor(sender), gathered.cursor)
        work.commit()


def _known(
    order_ids: Iterable[str], sender: Sender
) -> tuple[list[RecordedOrder], Mapping[str, tuple[Package, ...]]]:
    """The recorded ones of these orders, and their packages by order id."""
    asked = list(dict.fromkeys(one for one in order_ids if one))
    with sender.units() as work:
        records = work.orders.named(sender.account, asked)
        effects = work.ledger.of_orders(Operation.CONFIRM_SHIPMENT, sender.account, list(records))
    by_order: dict[str, list[Effect]] = {}
    for effect in effects:
        by_order.setdefault(order_id_of(effect.key), []).append(effect)
    packages = {order_id: packages_of(found) for order_id, found in by_order.items()}
    return [records[one] for one in asked if one in records], packages


def _is_looked_at(
    record: RecordedOrder,
    changed: StoreOrder | None,
    packages: Mapping[str, tuple[Package, ...]],
    watched: Set[str],
) -> bool:
    """Whether its shipments may say something new. What Amazon shows as shipped though it was
    never told was confirmed by hand. Orders that Amazon ships are none of ours."""
    has_packages = record.order_id in packages
    if record.fulfilled_by is not FulfilledBy.MERCHANT or record.store_order_id is None:
        return False
    if record.state is not OrderState.IMPORTED and not has_packages:
        return False
    if changed is None:
        return record.order_id in watched
    return has_packages or changed.status_id in _MAY_HAVE_SHIPMENTS


def _with_shipments(
    record: RecordedOrder, packages: tuple[Package, ...], store: StoreOrdersPort
) -> ShippedOrder | None:
    """The order with its shipments; one that was deleted in the store stops no other."""
    if record.store_order_id is None:
        return None
    try:
        lines = store.lines(record.store_order_id)
        shipments = store.shipments(record.store_order_id)
    except NotFound:
        return None
    shipped_at = None if shipments else _shipped_at(record, store)
    return ShippedOrder(record, lines, shipments, packages, shipped_at)


def _shipped_at(record: RecordedOrder, store: StoreOrdersPort) -> datetime | None:
    """When the store's order was set to Shipped, as far as its last change tells."""
    orders: Iterator[StoreOrder] = (
        order for order in store.find(record.order_id) if order.order_id == record.store_order_id
    )
    return next((order.modified_at for order in orders if order.status_id in _SHIPPED), None)


def _cursor(sender: Sender) -> str:
    return f"shipments/{sender.account}"


def _oldest(orders: Iterable[RecordedOrder], sender: Sender) -> datetime:
    dates = [one.created_at for one in orders if one.state is OrderState.IMPORTED]
    return min([*dates, sender.clock.now()]) - _OVERLAP
