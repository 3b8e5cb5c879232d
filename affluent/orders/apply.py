"""Creating recorded orders in the store, one by one; a bad one never stops its neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from affluent.domain.account import FulfilledBy
from affluent.domain.effect import Effect, EffectState, Resolution, Run
from affluent.domain.order import AmazonOrder, OrderState, RecordedOrder
from affluent.domain.plan import Gated, Held
from affluent.orders.creation import OrderDesk, create_once
from affluent.orders.draft import SkuResolution, draft_order, written_sku


def apply_imports(
    gated: Gated,
    orders: Mapping[str, AmazonOrder],
    recorded: Mapping[str, RecordedOrder],
    skus: SkuResolution,
    run: Run,
    desk: OrderDesk,
) -> list[RecordedOrder]:
    """Create what passed; answers every order of the plan as it stands then.

    `orders` and `recorded` are keyed by Amazon order id.
    """
    effects = {effect.key: effect for effect in _record(gated, run, desk)}
    outcomes = [
        _hold(held, effects[held.change.key], recorded[held.change.key], skus, desk)
        for held in gated.held
    ]
    for change in gated.passed:
        draft = draft_order(orders[change.key], skus, desk.policy)
        effect = create_once(effects[change.key], draft, desk)
        outcomes.append(_outcome(recorded[change.key], effect, skus))
        _save(outcomes[-1], recorded[change.key], desk)
        desk.progress.show("orders created", len(outcomes), len(gated.plan.changes))
    return outcomes


def _record(gated: Gated, run: Run, desk: OrderDesk) -> list[Effect]:
    words = {
        change.key: (f"Recorded: {change.after['status']}, {change.why}.",)
        for change in gated.plan.changes
    }
    with desk.units() as work:
        effects = work.ledger.record(
            gated.plan.changes,
            run,
            desk.clock.now(),
            plan_hash=gated.plan.hash,
            messages=words,
        )
        work.commit()
    return effects


def _hold(
    held: Held, effect: Effect, known: RecordedOrder, skus: SkuResolution, desk: OrderDesk
) -> RecordedOrder:
    """Hold an order that was not sent. What may have been sent is not forgotten for that."""
    messages = tuple(finding.message for finding in held.findings)
    outcome = replace(known, state=OrderState.WAITING, reason=messages[0])
    if effect.state is EffectState.EFFECTIVE:
        outcome = _outcome(known, effect, skus)
    unsent = effect.state in (EffectState.PLANNED, EffectState.HELD)
    resolution = Resolution(effect.effect_id, EffectState.HELD, messages=messages)
    with desk.units() as work:
        work.ledger.resolve([resolution] if unsent else [], desk.clock.now())
        work.orders.save([outcome], desk.clock.now())
        work.commit()
    return outcome


def _outcome(known: RecordedOrder, effect: Effect, skus: SkuResolution) -> RecordedOrder:
    if effect.state is EffectState.EFFECTIVE:
        lines = tuple(
            replace(line, store_sku=written_sku(line.sku, known.fulfilled_by, skus))
            for line in known.lines
        )
        return replace(
            known,
            state=OrderState.IMPORTED,
            reason="",
            lines=lines,
            store_order_id=int(effect.reference),
        )
    reason = effect.messages[0] if effect.messages else f"its creation is {effect.state}"
    return replace(known, state=OrderState.WAITING, reason=reason)


def _save(order: RecordedOrder, known: RecordedOrder, desk: OrderDesk) -> None:
    with desk.units() as work:
        at = desk.clock.now()
        if order.state is OrderState.IMPORTED and known.state is not OrderState.IMPORTED:
            work.variants.take(_taken(order), at)
        work.orders.save([order], at)
        work.commit()


def _taken(order: RecordedOrder) -> dict[str, int]:
    """What the order takes from the store's own stock, by store SKU."""
    if order.fulfilled_by is not FulfilledBy.MERCHANT:
        return {}
    units = Counter[str]()
    for line in order.lines:
        units[line.store_sku] += line.quantity
    return dict(units)
