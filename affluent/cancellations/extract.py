"""Reading who cancelled or refunded what, on either side; nothing outside changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from affluent.cancellations.plan import (
    FOLLOWING,
    UNSETTLED,
    CancelledOrder,
    Known,
    is_over,
    order_id_of,
    wished_keys,
)
from affluent.domain.cancellation import StoreRefund
from affluent.domain.effect import LEASE_SECONDS, Effect, EffectState
from affluent.domain.errors import NotFound, Refused
from affluent.domain.order import OrderState, OrderStatus, RecordedOrder, StoreOrder
from affluent.domain.plan import Operation
from affluent.domain.store_status import CANCELLED, PARTIALLY_REFUNDED, REFUNDED
from affluent.ports.bigcommerce import StoreOrdersPort
from affluent.ports.storage import UnitOfWork
from affluent.submissions.context import Sender

_OVERLAP: Final = timedelta(minutes=10)
_FIRST_LOOK: Final = timedelta(days=14)
_TELLING: Final = frozenset({CANCELLED, REFUNDED, PARTIALLY_REFUNDED})
#: A change in one of these states is looked at again, whether or not the order changed.
_UNFINISHED: Final = UNSETTLED | {EffectState.PLANNED, EffectState.HELD}
_NOT_LEFT: Final = frozenset({EffectState.PLANNED, EffectState.HELD, EffectState.SUPERSEDED})


@dataclass(frozen=True)
class Gathered:
    """The orders of which either side shows a cancellation or a refund, and where the next reading
    of the store begins once these are followed."""

    orders: tuple[CancelledOrder, ...]
    cursor: datetime


@dataclass(frozen=True)
class _InStore:
    """What the store shows since the last reading: its orders by their ids, refunds by order."""

    orders: Mapping[int, StoreOrder]
    refunds: Mapping[int, tuple[StoreRefund, ...]]
    latest: datetime


def gather_cancellations(store: StoreOrdersPort, sender: Sender) -> Gathered:
    """Orders that Amazon cancelled, in whole or in part, or whose buyer asks for it; those that
    were cancelled or refunded in the store since the last reading; those with an unfinished
    change; and those whose creation had begun when Amazon cancelled them."""
    with sender.units() as work:
        cursor = work.cursors.get(_cursor(sender))
        to_follow = work.cancellations.to_follow(sender.account)
        begun = work.cancellations.begun(sender.account)
        open_ids = _unfinished(work, sender.account)
    shown = _read_store(store, cursor or sender.clock.now() - _FIRST_LOOK)
    ids = [one.external_order_id for one in shown.orders.values() if one.external_order_id]
    with sender.units() as work:
        named = work.orders.named(sender.account, [*dict.fromkeys([*ids, *open_ids])])
        records = {one.order_id: one for one in to_follow} | named
        effects = _effects(work, sender.account, list(records))
        left = _confirmed(work, sender.account, list(records))
    orders = [
        _with_store(_fresh(record, shown, sender), effects.get(order_id, {}), shown, store, left)
        for order_id, record in records.items()
        if record.store_order_id is not None
        and _is_looked_at(record, effects.get(order_id, {}), shown, order_id in open_ids)
    ]
    return Gathered((*orders, *_settled(begun, store, sender)), shown.latest)


def remember(gathered: Gathered, sender: Sender) -> None:
    """Move the cursor: what was gathered is in the ledger now."""
    with sender.units() as work:
        work.cursors.set(_cursor(sender), gathered.cursor)
        work.commit()


def _unfinished(work: UnitOfWork, account: str) -> set[str]:
    return {
        order_id_of(effect.key)
        for operation in FOLLOWING
        for effect in work.ledger.in_states(operation, account, _UNFINISHED)
    }


def _read_store(store: StoreOrdersPort, since: datetime) -> _InStore:
    start = since - _OVERLAP
    latest, orders = since, dict[int, StoreOrder]()
    for order in store.modified_since(start):
        latest = max(latest, order.modified_at)
        if order.status_id in _TELLING:
            orders[order.order_id] = order
    refunds: dict[int, tuple[StoreRefund, ...]] = {}
    for refund in store.refunds_since(start):
        refunds[refund.order_id] = (*refunds.get(refund.order_id, ()), refund)
    others = (_asked_for(order_id, store) for order_id in sorted(refunds.keys() - orders.keys()))
    orders |= {other.order_id: other for other in others if other is not None}
    return _InStore(orders, refunds, latest)


def _asked_for(order_id: int, store: StoreOrdersPort) -> StoreOrder | None:
    try:
        return store.order(order_id)
    except NotFound:
        return None


def _effects(work: UnitOfWork, account: str, order_ids: list[str]) -> dict[str, Known]:
    known: dict[str, dict[tuple[Operation, str], Effect]] = {}
    for operation in FOLLOWING:
        for effect in work.ledger.of_orders(operation, account, order_ids):
            known.setdefault(order_id_of(effect.key), {})[operation, effect.key] = effect
    return dict(known)


def _confirmed(work: UnitOfWork, account: str, order_ids: list[str]) -> set[str]:
    """The orders of which a shipment was confirmed, or may have been."""
    confirmations = work.ledger.of_orders(Operation.CONFIRM_SHIPMENT, account, order_ids)
    return {order_id_of(one.key) for one in confirmations if one.state not in _NOT_LEFT}


def _is_looked_at(record: RecordedOrder, effects: Known, shown: _InStore, is_open: bool) -> bool:
    if is_open or record.status is OrderStatus.CANCELLED:
        return True
    return record.store_order_id in shown.orders or any(
        not is_over(key, effects) for key in wished_keys(record)
    )


def _fresh(record: RecordedOrder, shown: _InStore, sender: Sender) -> RecordedOrder:
    """The order with the status that Amazon shows now, where it may have to be told of something;
    as it was recorded where Amazon does not answer."""
    if record.status is OrderStatus.CANCELLED:
        return record
    try:
        order = sender.amazon.orders.order(record.order_id)
    except Refused:
        return record
    return replace(record, status=order.status, last_updated_at=order.last_updated_at)


def _with_store(
    record: RecordedOrder, effects: Known, shown: _InStore, store: StoreOrdersPort, left: set[str]
) -> CancelledOrder:
    store_id = record.store_order_id or 0
    order = shown.orders.get(store_id) or _asked_for(store_id, store)
    has_left = record.order_id in left or bool(order and store.shipments(store_id))
    return CancelledOrder(record, order, effects, has_left, shown.refunds.get(store_id, ()))


def _settled(
    begun: Iterable[tuple[RecordedOrder, Effect]], store: StoreOrdersPort, sender: Sender
) -> Iterator[CancelledOrder]:
    """Orders that were cancelled while they were created: as the store has them, if it has. One
    whose request may still arrive is left to the next run."""
    now = sender.clock.now()
    for record, creation in begun:
        is_unsettled = creation.state in UNSETTLED
        if is_unsettled and (now - creation.updated_at).total_seconds() <= LEASE_SECONDS:
            continue
        store_id = int(creation.reference) if creation.state is EffectState.EFFECTIVE else None
        if is_unsettled:
            found = [order.order_id for order in store.find(record.order_id)]
            store_id = min(found, default=None)
        if store_id is None:
            yield CancelledOrder(record, None, creation=creation)
            continue
        there = replace(record, store_order_id=store_id, state=OrderState.IMPORTED)
        yield CancelledOrder(there, _asked_for(store_id, store), creation=creation)


def _cursor(sender: Sender) -> str:
    return f"cancellations/{sender.account}"
