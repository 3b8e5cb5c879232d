"""Following cancellations: in the store order by order, on Amazon by one feed.

BigCommerce's status is set, not counted, and a note is added once, so a repeat does no harm.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from affluent.cancellations.acknowledging import acknowledge
from affluent.cancellations.gate import shipped_in_store
from affluent.cancellations.plan import CancelledOrder
from affluent.domain.effect import Effect, EffectState, Resolution
from affluent.domain.errors import AffluentError, ConfigurationError, Refused
from affluent.domain.order import OrderState, OrderStatus, RecordedOrder
from affluent.domain.plan import Gated, Operation
from affluent.domain.store_status import HAS_LEFT
from affluent.ports.bigcommerce import StorePorts
from affluent.ports.storage import UnitOfWork
from affluent.submissions.context import Sender

Recorded = Mapping[tuple[Operation, str], Effect]


def apply_cancellations(
    gated: Gated, orders: Iterable[CancelledOrder], store: StorePorts, sender: Sender
) -> None:
    """Do what passed, each once; what both sides took is in the ledger, to be verified."""
    recorded = _record(gated, tuple(orders), sender)
    passed = [recorded[change.operation, change.key] for change in gated.passed]
    for effect in passed:
        if effect.operation is Operation.UPDATE_ORDER and sender.claim(effect):
            _change_in_store(effect, store, sender)
    acknowledge([one for one in passed if one.operation is Operation.ACKNOWLEDGE_ORDER], sender)


def followed(order: RecordedOrder) -> RecordedOrder:
    """A cancelled order of which nothing more is to be done."""
    return replace(order, state=OrderState.CANCELLED, reason="cancelled on Amazon")


def _record(gated: Gated, orders: tuple[CancelledOrder, ...], sender: Sender) -> Recorded:
    """Write down what is intended; what is told in the timeline alone is done with that."""
    now = sender.clock.now()
    with sender.units() as work:
        for one in orders:
            _settle_creation(one, work, sender)
        effects = work.ledger.record(gated.plan.changes, sender.run, now, plan_hash=gated.plan.hash)
        recorded = {(effect.operation, effect.key): effect for effect in effects}
        told = [effect for effect in effects if _is_to_tell(effect)]
        resolutions = [
            *(_told(effect) for effect in told),
            *_held(gated, recorded),
            *_outdated(orders, recorded),
        ]
        work.ledger.resolve(resolutions, now)
        closed = {effect.key.partition("/")[0] for effect in told}
        work.orders.save([followed(one.record) for one in orders if _is_closed(one, closed)], now)
        work.commit()
    return recorded


def _is_to_tell(effect: Effect) -> bool:
    return effect.operation is Operation.RECORD_ORDER and effect.state is not EffectState.EFFECTIVE


def _is_closed(one: CancelledOrder, told: set[str]) -> bool:
    return one.record.status is OrderStatus.CANCELLED and one.record.order_id in told


def _settle_creation(one: CancelledOrder, work: UnitOfWork, sender: Sender) -> None:
    """Say what became of a creation that the cancellation overtook."""
    if one.creation is None:
        return
    if one.record.store_order_id is not None:
        work.orders.enter_store(one.record)
    current = work.ledger.effect(one.creation.effect_id)
    is_as_read = (current.state, current.attempts) == (one.creation.state, one.creation.attempts)
    if current.state is not EffectState.EFFECTIVE and is_as_read:
        work.ledger.resolve([_end_of(current, one.record)], sender.clock.now())


def _end_of(creation: Effect, record: RecordedOrder) -> Resolution:
    if record.store_order_id is None:
        words = ("Not created: Amazon cancelled the order before it was imported.",)
        return Resolution(creation.effect_id, EffectState.SUPERSEDED, messages=words)
    order_id = str(record.store_order_id)
    words = (f"Found in BigCommerce as order {order_id}; nothing was sent again.",)
    return Resolution(creation.effect_id, EffectState.EFFECTIVE, reference=order_id, messages=words)


def _told(effect: Effect) -> Resolution:
    return Resolution(effect.effect_id, EffectState.EFFECTIVE, messages=(effect.payload["note"],))


def _held(gated: Gated, recorded: Recorded) -> Iterator[Resolution]:
    for held in gated.held:
        effect = recorded[held.change.operation, held.change.key]
        words = tuple(finding.message for finding in held.findings)
        is_unsent = effect.state in (EffectState.PLANNED, EffectState.HELD)
        if is_unsent and (effect.state, effect.messages) != (EffectState.HELD, words):
            yield Resolution(effect.effect_id, EffectState.HELD, messages=words)


def _outdated(orders: Iterable[CancelledOrder], recorded: Recorded) -> Iterator[Resolution]:
    """What was intended before, never left, and is not wanted any more."""
    for one in orders:
        for name, effect in one.effects.items():
            if effect.state in (EffectState.PLANNED, EffectState.HELD) and name not in recorded:
                yield Resolution(effect.effect_id, EffectState.SUPERSEDED, messages=effect.messages)


def _change_in_store(effect: Effect, store: StorePorts, sender: Sender) -> None:
    failure: AffluentError | None = None
    try:
        resolution = _changed(effect, store)
    except Refused as refusal:
        resolution = Resolution(effect.effect_id, EffectState.REFUSED, messages=(refusal.what,))
    except AffluentError as lost:
        failure = lost
        resolution = Resolution(effect.effect_id, EffectState.UNKNOWN, messages=(lost.what,))
    sender.conclude(resolution)
    if isinstance(failure, ConfigurationError):
        raise failure


def _changed(effect: Effect, store: StorePorts) -> Resolution:
    """The change, made unless the order was shipped since it was planned."""
    order_id, status_id = effect.payload["store_order_id"], effect.payload["status_id"]
    if status_id is not None and store.orders.order(order_id).status_id in HAS_LEFT:
        words = (shipped_in_store(effect.key).message,)
        return Resolution(effect.effect_id, EffectState.HELD, messages=words)
    store.orders.change(order_id, effect.payload["note"], status_id)
    return Resolution(
        effect.effect_id,
        EffectState.ACCEPTED,
        reference=str(order_id),
        messages=(effect.payload["note"],),
    )
