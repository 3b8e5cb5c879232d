"""Creating recorded orders in the store, one by one; a bad one never stops its neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from affluent.domain.account import FulfilledBy
from affluent.domain.effect import Effect, EffectState, Resolution, Run
from affluent.domain.order import AmazonOrder, OrderState, RecordedOrder
from affluent.domain.plan import Change, Gated, Held
from affluent.orders.creation import IN_FLIGHT, OrderDesk, create_once, look_again
from affluent.orders.draft import SkuResolution, draft_order, written_sku
from affluent.ports.storage import UnitOfWork


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
    for effect in _free_first(gated.passed, effects, desk):
        draft = draft_order(orders[effect.key], skus, desk.policy)
        created = create_once(effect, draft, desk)
        outcomes.append(_outcome(recorded[effect.key], created, skus))
        _save(outcomes[-1], desk)
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
        _keep(outcome, work, desk)
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


def _save(order: RecordedOrder, desk: OrderDesk) -> None:
    with desk.units() as work:
        _keep(order, work, desk)
        work.commit()


def _keep(order: RecordedOrder, work: UnitOfWork, desk: OrderDesk) -> None:
    """Keep the order; once it is created its buyer's data goes, and its units leave the known
    stock with the first worker that saw it."""
    at = desk.clock.now()
    if order.state is OrderState.IMPORTED and work.orders.enter_store(order):
        work.variants.take(_taken(order), at)
    work.orders.save([order], at)
    desk.safe.release(order, work)


def _taken(order: RecordedOrder) -> dict[str, int]:
    """What the order takes from the store's own stock, by store SKU."""
    if order.fulfilled_by is not FulfilledBy.MERCHANT:
        return {}
    units = Counter[str]()
    for line in order.lines:
        units[line.store_sku] += line.quantity
    return dict(units)
