"""What follows from a cancellation or a refund, on the other side: a pure plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from affluent.cancellations.wording import (
    LOST_NOTE,
    REQUEST_NOTE,
    cancelled_lines_note,
    cancelled_note,
    refund_note,
    status_note,
)
from affluent.domain.cancellation import (
    WHOLE,
    CancellationPolicy,
    CancelReason,
    InStore,
    StoreRefund,
)
from affluent.domain.effect import Effect, EffectState
from affluent.domain.money import Money
from affluent.domain.order import OrderStatus, RecordedOrder, StoreOrder
from affluent.domain.plan import Change, Operation, Plan
from affluent.domain.store_status import (
    CANCELLED,
    HAS_LEFT,
    IS_OFF,
    MANUAL_VERIFICATION,
    PARTIALLY_REFUNDED,
    REFUNDED,
)

#: The operations that follow a cancellation or a refund.
FOLLOWING: Final = (Operation.UPDATE_ORDER, Operation.RECORD_ORDER, Operation.ACKNOWLEDGE_ORDER)
#: States in which a request may have left whose answer is not known.
UNSETTLED: Final = frozenset({EffectState.SENT, EffectState.UNKNOWN})
_OVER: Final = frozenset(
    {EffectState.ACCEPTED, EffectState.EFFECTIVE, EffectState.REFUSED, EffectState.IGNORED}
)
_STATUS_OF: Final = {InStore.CANCEL: CANCELLED, InStore.FLAG: MANUAL_VERIFICATION}
_ACKNOWLEDGED: Final = "acknowledged"
_REQUESTED: Final = "cancellation-requested"
_UNITS: Final = "-units-cancelled"

Known = Mapping[tuple[Operation, str], Effect]


@dataclass(frozen=True, slots=True)
class CancelledOrder:
    """An order of which either side shows a cancellation or a refund.

    `store_order` is None where the store has it no more, or never had it; `effects` is what the
    ledger knows of it, by operation and key. `has_left` says that some of it was shipped, by
    either side's records. `creation` began its creation, though Amazon cancelled it before.
    """

    record: RecordedOrder
    store_order: StoreOrder | None
    effects: Known = field(default_factory=dict)
    has_left: bool = False
    refunds: tuple[StoreRefund, ...] = ()
    creation: Effect | None = None

    @property
    def is_shipped_in_store(self) -> bool:
        """Whether the store has sent some of it."""
        return self.has_left or (
            self.store_order is not None and self.store_order.status_id in HAS_LEFT
        )


def plan_cancellations(orders: Iterable[CancelledOrder], policy: CancellationPolicy) -> Plan:
    """At most one change for each cancellation, wish, and refund. What has come to an end is left
    as it is; what was begun is brought to its end."""
    changes: list[Change] = []
    unchanged = 0
    for one in orders:
        for change in _changes(one, policy):
            if is_over(change.key, one.effects):
                unchanged += 1
            else:
                changes.append(_as_begun(change, one.effects))
    return Plan(tuple(changes), unchanged)


def is_over(key: str, effects: Known) -> bool:
    """Whether what stands under the key has come to an end, or waits for that alone."""
    return any(
        effect.state in _OVER for (_, known_key), effect in effects.items() if known_key == key
    )


def wished_keys(record: RecordedOrder) -> Iterator[str]:
    """The keys under which cancelled lines of an order, and a wish to cancel it, are followed."""
    if units := sum(line.cancelled for line in record.lines):
        yield f"{record.order_id}/{units}{_UNITS}"
    if any(line.cancel_requested for line in record.lines):
        yield f"{record.order_id}/{_REQUESTED}"


def order_id_of(key: str) -> str:
    """The Amazon order that a change's key belongs to."""
    return key.partition("/")[0]


def _changes(one: CancelledOrder, policy: CancellationPolicy) -> Iterator[Change]:
    store_order = one.store_order
    if one.record.status is OrderStatus.CANCELLED:
        yield _cancelled(one, policy.orders)
    else:
        yield from _wishes(one, policy)
        if store_order is not None and store_order.status_id == CANCELLED:
            yield _acknowledgement(one, policy)
    if store_order is not None:
        yield from _refunds(one, store_order, policy)


def _as_begun(change: Change, effects: Known) -> Change:
    """The change; where its write may have left already, that write."""
    begun = effects.get((Operation.UPDATE_ORDER, change.key))
    if begun is None or begun.state not in UNSETTLED:
        return change
    return replace(
        change, operation=Operation.UPDATE_ORDER, after=begun.after, payload=begun.payload
    )


def _cancelled(one: CancelledOrder, way: InStore) -> Change:
    key = f"{one.record.order_id}/{WHOLE}"
    if one.store_order is None:
        return _told(one, key, LOST_NOTE)
    if one.store_order.status_id in IS_OFF:
        return _told(one, key, status_note(one.store_order.status_id))
    return _in_store(one, way, key, cancelled_note(way))


def _wishes(one: CancelledOrder, policy: CancellationPolicy) -> Iterator[Change]:
    is_off = one.store_order is None or one.store_order.status_id in IS_OFF
    is_late = is_off or one.is_shipped_in_store
    for key in wished_keys(one.record):
        is_request = key.endswith(_REQUESTED)
        way = policy.requests if is_request else policy.lines
        note = REQUEST_NOTE if is_request else cancelled_lines_note(one.record)
        yield _in_store(one, InStore.RECORD if is_late else way, key, note)


def _refunds(
    one: CancelledOrder, store_order: StoreOrder, policy: CancellationPolicy
) -> Iterator[Change]:
    way = InStore.NOTE if policy.notes_refunds else InStore.RECORD
    is_off = one.record.status is OrderStatus.CANCELLED
    prefix = f"{one.record.order_id}/refund-"
    for refund in one.refunds:
        amount = Money(refund.amount, store_order.currency)
        yield _in_store(one, way, f"{prefix}{refund.refund_id}", refund_note(amount, is_off))
    is_known = any(key.startswith(prefix) for _, key in one.effects) or one.refunds
    if store_order.status_id in (REFUNDED, PARTIALLY_REFUNDED) and not is_known:
        yield _in_store(one, way, f"{prefix}by-hand", refund_note(None, is_off))


def _in_store(one: CancelledOrder, way: InStore, key: str, note: str) -> Change:
    """The change of the store's order that the merchant wants, or a word in the timeline alone."""
    if way is InStore.RECORD or one.store_order is None:
        return _told(one, key, note)
    status_id = _STATUS_OF.get(way)
    before = {} if status_id is None else {"status_id": one.store_order.status_id}
    after = {"note": note} if status_id is None else {"status_id": status_id, "note": note}
    return _change(one, Operation.UPDATE_ORDER, key, note, before, after)


def _told(one: CancelledOrder, key: str, note: str) -> Change:
    return _change(one, Operation.RECORD_ORDER, key, note, {}, {"note": note})


def _change(
    one: CancelledOrder,
    operation: Operation,
    key: str,
    note: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> Change:
    return Change(
        operation=operation,
        account=one.record.account,
        marketplace_id=one.record.marketplace_id,
        key=key,
        before=before,
        after=after,
        payload={
            "store_order_id": one.record.store_order_id,
            "status_id": after.get("status_id"),
            "note": note,
        },
        why=note,
    )


def _acknowledgement(one: CancelledOrder, policy: CancellationPolicy) -> Change:
    record = one.record
    is_asked = any(line.cancel_requested for line in record.lines)
    reason = CancelReason.BUYER_CANCELED if is_asked else policy.reason
    return Change(
        operation=Operation.ACKNOWLEDGE_ORDER,
        account=record.account,
        marketplace_id=record.marketplace_id,
        key=f"{record.order_id}/{_ACKNOWLEDGED}",
        before={"status": record.status.value},
        after={"status": OrderStatus.CANCELLED.value, "reason": reason.value},
        payload={
            "order_id": record.order_id,
            "reason": reason.value,
            "items": [line.order_item_id for line in record.lines],
        },
        why=f"cancelled in BigCommerce, order {record.store_order_id}",
    )
