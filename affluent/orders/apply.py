"""Creating recorded orders in the store, one by one; a bad one never stops its neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from affluent.domain.effect import Effect, EffectState, Resolution
from affluent.domain.errors import VendorError
from affluent.domain.order import (
    AmazonOrder,
    DraftLine,
    OrderDraft,
    OrderState,
    RecordedOrder,
    StoreOrderLine,
)
from affluent.domain.plan import Change, Gated, Held
from affluent.orders.creation import (
    IN_FLIGHT,
    Attempt,
    create_once,
    is_as_drafted,
    look_again,
)
from affluent.orders.desk import OrderDesk
from affluent.orders.draft import SkuResolution, draft_order, written_sku
from affluent.ports.storage import UnitOfWork


@dataclass(frozen=True)
class _Case:
    """An order on its way into the store: what we know of it, and what is to be created."""

    known: RecordedOrder
    draft: OrderDraft
    skus: SkuResolution


def apply_imports(
    gated: Gated,
    orders: Mapping[str, AmazonOrder],
    recorded: Mapping[str, RecordedOrder],
    skus: SkuResolution,
    desk: OrderDesk,
) -> list[RecordedOrder]:
    """Create what passed; answers every order of the plan as it stands then.

    `orders` and `recorded` are keyed by Amazon order id.
    """

    def case_of(order_id: str) -> _Case:
        known = recorded[order_id]
        policy = desk.policy.for_old() if _is_old(known) else desk.policy
        return _Case(known, draft_order(orders[order_id], skus, policy), skus)

    effects = {effect.key: effect for effect in _record(gated, desk)}
    outcomes = [
        _hold(held, effects[held.change.key], case_of(held.change.key), desk) for held in gated.held
    ]
    for effect in _free_first(gated.passed, effects, desk):
        case = case_of(effect.key)
        attempt = create_once(effect, case.draft, desk)
        outcomes.append(_outcome(case, attempt.effect))
        _save(outcomes[-1], _taken(case, attempt.effect, desk), attempt, desk)
        desk.progress.show("orders created", len(outcomes), len(gated.plan.changes))
    return outcomes


def _free_first(
    changes: tuple[Change, ...], effects: Mapping[str, Effect], desk: OrderDesk
) -> Iterator[Effect]:
    """The effects as they stand when their turn comes; those that another worker is at come last.

    It may be done by then, or dead for long enough.
    """
    busy = []
    for change in changes:
        effect = look_again(effects[change.key], desk)
        if effect.state in IN_FLIGHT:
            busy.append(effect)
        else:
            yield effect
    for effect in busy:
        yield look_again(effect, desk)


def _record(gated: Gated, desk: OrderDesk) -> list[Effect]:
    words = {
        change.key: (f"Recorded: {change.after['status']}, {change.why}.",)
        for change in gated.plan.changes
    }
    with desk.units() as work:
        effects = work.ledger.record(
            gated.plan.changes,
            desk.run,
            desk.clock.now(),
            plan_hash=gated.plan.hash,
            messages=words,
        )
        work.commit()
    return effects


def _hold(held: Held, effect: Effect, case: _Case, desk: OrderDesk) -> RecordedOrder:
    """Hold an order that was not sent. What may have been sent is not forgotten for that."""
    messages = tuple(finding.message for finding in held.findings)
    outcome, taken = _waiting(case, messages[0]), dict[str, int]()
    if effect.state is EffectState.EFFECTIVE:
        outcome, taken = _outcome(case, effect), _taken(case, effect, desk)
    unsent = effect.state in (EffectState.PLANNED, EffectState.HELD)
    resolution = Resolution(effect.effect_id, EffectState.HELD, messages=messages)
    with desk.units() as work:
        work.ledger.resolve([resolution] if unsent else [], desk.clock.now())
        _keep(outcome, taken, work, desk)
        work.commit()
    return outcome


def _outcome(case: _Case, effect: Effect) -> RecordedOrder:
    known = case.known
    if effect.state is EffectState.EFFECTIVE:
        lines = tuple(
            replace(line, store_sku=written_sku(line.sku, known.fulfilled_by, case.skus))
            for line in known.lines
        )
        return replace(
            known,
            state=OrderState.SHIPPED if _is_old(known) else OrderState.IMPORTED,
            reason="",
            lines=lines,
            store_order_id=int(effect.reference),
        )
    return _waiting(case, effect.messages[0] if effect.messages else f"it is {effect.state}")


def _waiting(case: _Case, reason: str) -> RecordedOrder:
    """The order that was not created. An old one is left to the next backfill."""
    state = OrderState.OLD if _is_old(case.known) else OrderState.WAITING
    return replace(case.known, state=state, reason=reason)


def _is_old(known: RecordedOrder) -> bool:
    return known.state is OrderState.OLD


def _save(
    order: RecordedOrder, taken: Mapping[str, int], attempt: Attempt, desk: OrderDesk
) -> None:
    written = [attempt.resolution] if attempt.resolution else []
    with desk.units() as work:
        work.ledger.resolve(written, desk.clock.now())
        _keep(order, taken, work, desk)
        work.commit()


def _keep(
    order: RecordedOrder, taken: Mapping[str, int], work: UnitOfWork, desk: OrderDesk
) -> None:
    """Keep the order; once it is created its buyer's data goes, and its units leave the known
    stock with the first worker that saw it."""
    at = desk.clock.now()
    if order.store_order_id is not None and work.orders.enter_store(order):
        work.variants.take(taken, at)
    work.orders.save([order], at)
    desk.safe.release(order, work)


def _taken(case: _Case, effect: Effect, desk: OrderDesk) -> dict[str, int]:
    """What the order takes from the store's own stock, by store SKU: a custom line takes nothing.

    The store is asked for its lines where they may be others than those that were drafted.
    """
    if effect.state is not EffectState.EFFECTIVE or case.known.store_order_id is not None:
        return {}
    lines: Sequence[DraftLine | StoreOrderLine] = case.draft.lines
    if not is_as_drafted(effect):
        with suppress(VendorError):
            lines = desk.store.orders.lines(int(effect.reference))
    units = Counter[str]()
    for line in lines:
        units[line.sku] += line.quantity if line.product_id else 0
    return {sku: taken for sku, taken in units.items() if taken}
