"""Creating one order in the store exactly once, though BigCommerce knows no idempotency key.

The ledger's unique row is claimed before anything is asked; the store is looked at before every
POST and after every lost answer; a claim that died with its worker is taken over only after the
dead request can no longer arrive.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from affluent.domain.effect import LEASE_SECONDS, Effect, EffectState, Resolution
from affluent.domain.errors import (
    ConfigurationError,
    OutcomeUnknown,
    Refused,
    Retryable,
    VendorError,
)
from affluent.domain.order import DraftLine, OrderDraft, Shortage, StoreOrder
from affluent.domain.order_policy import OnShortage, Unfilled
from affluent.orders.desk import INDEX_SECONDS, PAUSE_SECONDS, OrderDesk
from affluent.orders.draft import answer_modifiers
from affluent.orders.shortage import (
    is_of_stock_alone,
    raise_stock,
    settle_raises,
    short_lines,
    words_of,
)
from affluent.ports.bigcommerce import OptionProblem

#: States in which a request of the order's may still be on its way.
IN_FLIGHT: Final = (EffectState.SENT, EffectState.UNKNOWN)


class _Overtaken(Exception):
    """Another worker has taken the order over; nothing more of ours may be sent."""


@dataclass(frozen=True)
class Attempt:
    """What became of an order, and what is still to be written of it, together with the order.

    Until that is written the row says `sent`: whoever finds it so looks into the store first.
    """

    effect: Effect
    resolution: Resolution | None = None


def create_once(effect: Effect, draft: OrderDraft, desk: OrderDesk) -> Attempt:
    """Create the order unless it exists."""
    effect = _await_other_worker(effect, desk)
    if effect.state is EffectState.EFFECTIVE:
        return Attempt(effect)
    found = _find(draft, desk, patience=INDEX_SECONDS if effect.state in IN_FLIGHT else 0.0)
    try:
        done = _found(effect, found) if found else _create(_claimed(effect, desk), draft, desk)
    except _Overtaken:
        return Attempt(_await_other_worker(look_again(effect, desk), desk))
    return Attempt(_after(effect, done), done)


def _after(effect: Effect, done: Resolution) -> Effect:
    """The effect as it stands once the resolution is written."""
    reference = done.reference or effect.reference
    return replace(effect, state=done.state, reference=reference, messages=done.messages)


def is_as_drafted(effect: Effect) -> bool:
    """Whether the order was created with the lines of its draft; else it was found in the store,
    or lines were changed to have it taken."""
    return effect.messages == (_created_as(effect.reference),)


def _created_as(order_id: str) -> str:
    return f"Created in BigCommerce as order {order_id}."


def _await_other_worker(effect: Effect, desk: OrderDesk) -> Effect:
    """While a request of the row's may still be on its way, wait for its end."""
    while effect.state in IN_FLIGHT:
        age = (desk.clock.now() - effect.updated_at).total_seconds()
        if age > LEASE_SECONDS:
            break
        desk.clock.sleep(PAUSE_SECONDS)
        effect = look_again(effect, desk)
    return effect


def _claimed(effect: Effect, desk: OrderDesk) -> Effect:
    """The effect as it is while a request of ours may be on its way: its lease begins anew."""
    with desk.units() as work:
        is_ours = work.ledger.claim(effect, desk.clock.now())
        work.commit()
    if not is_ours:
        raise _Overtaken
    return replace(effect, state=EffectState.SENT, attempts=effect.attempts + 1)


def _create(
    effect: Effect, draft: OrderDraft, desk: OrderDesk, told: tuple[str, ...] = ()
) -> Resolution:
    """One POST, and the next where its refusal can be answered; `told` says what was changed."""
    try:
        order = desk.store.orders.create(draft)
    except OutcomeUnknown as lost:
        return _after_lost_answer(effect, draft, lost, desk)
    except Refused as refusal:
        return _after_refusal(effect, draft, refusal, desk, told)
    except Retryable as busy:
        return _held(effect, f"Nothing was sent: {busy.what} The next run tries again.")
    except ConfigurationError as barred:
        _resolve(_held(effect, f"Nothing was created: {barred.what}"), desk)
        raise
    if desk.policy.shortage is OnShortage.RAISE_STOCK:
        settle_raises(effect, desk)
    return Resolution(
        effect.effect_id,
        EffectState.EFFECTIVE,
        reference=str(order.order_id),
        messages=(_created_as(str(order.order_id)), *told),
    )


def _after_lost_answer(
    effect: Effect, draft: OrderDraft, lost: OutcomeUnknown, desk: OrderDesk
) -> Resolution:
    try:
        found = _find(draft, desk, patience=INDEX_SECONDS)
    except Retryable:
        found = None
    if found is not None:
        return _found(effect, found)
    return Resolution(
        effect.effect_id,
        EffectState.UNKNOWN,
        request_id=lost.request_id,
        messages=(f"{lost.what} The order is looked for before anything is sent again.",),
    )


def _after_refusal(
    effect: Effect,
    draft: OrderDraft,
    refusal: Refused,
    desk: OrderDesk,
    told: tuple[str, ...],
) -> Resolution:
    details = refusal.details if isinstance(refusal.details, tuple) else ()
    if any(isinstance(one, OptionProblem) for one in details) and not _has_answers(draft):
        return _with_answers(effect, draft, refusal, desk, told)
    shortages = [one for one in details if isinstance(one, Shortage)]
    short = short_lines(draft, shortages)
    if short and desk.policy.shortage is OnShortage.CUSTOM_LINE:
        why = {line.sku: "the store has too little of it, or limits its quantity" for line in short}
        return _create_without(why, effect, draft, desk, told)
    if short and desk.policy.shortage is OnShortage.RAISE_STOCK and is_of_stock_alone(shortages):
        return _with_more_stock(effect, draft, shortages, desk, told)
    if shortages:
        return _short(effect, draft, shortages)
    return _held(effect, f"Error during export order #{effect.key} in BigCommerce. {refusal.what}")


def _short(
    effect: Effect, draft: OrderDraft, shortages: Sequence[Shortage], *obstacles: str
) -> Resolution:
    return _held(
        effect,
        f"Error during export order #{effect.key} in BigCommerce. "
        "Quantities of one or more products are out of stock or did not meet quantity "
        "requirements.",
        *words_of(draft, shortages),
        *obstacles,
    )


def _with_more_stock(
    effect: Effect,
    draft: OrderDraft,
    shortages: Sequence[Shortage],
    desk: OrderDesk,
    told: tuple[str, ...],
) -> Resolution:
    """Create the order once the store's stock was raised by what lacked."""
    raised = raise_stock(draft, effect, desk)
    if raised.obstacle or not raised.told:
        return _short(effect, draft, shortages, *raised.told, *filter(None, [raised.obstacle]))
    return _create(_claimed(effect, desk), draft, desk, (*told, *raised.told))


def _create_without(
    why: Mapping[str, str],
    effect: Effect,
    draft: OrderDraft,
    desk: OrderDesk,
    told: tuple[str, ...],
) -> Resolution:
    """Create the order with custom lines for these SKUs: they take no stock and ask nothing."""
    lines = tuple(
        replace(line, product_id=None, variant_id=None, answers=()) if line.sku in why else line
        for line in draft.lines
    )
    words = [f"{sku} was written without its product: {reason}." for sku, reason in why.items()]
    notes = "\n".join([draft.staff_notes, *words])
    without = replace(draft, lines=lines, staff_notes=notes)
    return _create(effect, without, desk, (*told, *words))


def _with_answers(
    effect: Effect,
    draft: OrderDraft,
    refusal: Refused,
    desk: OrderDesk,
    told: tuple[str, ...],
) -> Resolution:
    """Fill the products' mandatory options from settings and defaults, and try once more."""
    lines: list[DraftLine] = []
    missing: dict[str, tuple[str, ...]] = {}
    for line in draft.lines:
        if line.product_id is None:
            lines.append(line)
            continue
        try:
            modifiers = desk.store.catalog.modifiers(line.product_id)
        except VendorError as failure:
            return _held(effect, f"Nothing was created: {failure.what} The next run tries again.")
        settings = desk.policy.option_answers.get(line.sku, {})
        answers, unanswered = answer_modifiers(modifiers, settings)
        missing |= {line.sku: unanswered} if unanswered else {}
        lines.append(replace(line, answers=answers))
    answered = replace(draft, lines=tuple(lines))
    if missing and desk.policy.unanswered is Unfilled.CUSTOM_LINE:
        why = {sku: f"nothing answers {', '.join(names)}" for sku, names in missing.items()}
        return _create_without(why, effect, answered, desk, told)
    if missing or not _has_answers(answered):
        listed = [f"{sku}: {name}" for sku, names in missing.items() for name in names]
        named = f" Without an answer: {', '.join(listed)}." if missing else f" {refusal.what}"
        return _held(
            effect,
            "Missing MandatoryProductOptions. Please reach support to activate product mandatory "
            "options for order creation.",
            f"{named.strip()} Give answers under orders.option_answers in the settings.",
        )
    return _create(effect, answered, desk, told)


def _has_answers(draft: OrderDraft) -> bool:
    return any(line.answers for line in draft.lines)


def _held(effect: Effect, *messages: str) -> Resolution:
    return Resolution(effect.effect_id, EffectState.HELD, messages=messages)


def _found(effect: Effect, order: StoreOrder) -> Resolution:
    return Resolution(
        effect.effect_id,
        EffectState.EFFECTIVE,
        reference=str(order.order_id),
        messages=(f"Found in BigCommerce as order {order.order_id}; nothing was sent again.",),
    )


def _find(draft: OrderDraft, desk: OrderDesk, patience: float) -> StoreOrder | None:
    """The store's order with this Amazon order id, looked for until the index must show it."""
    until = desk.clock.now().timestamp() + patience
    while True:
        found = desk.store.orders.find(draft.external_order_id)
        if found:
            return min(found, key=lambda order: order.order_id)
        if desk.clock.now().timestamp() >= until:
            return None
        desk.clock.sleep(PAUSE_SECONDS)


def _resolve(resolution: Resolution, desk: OrderDesk) -> None:
    with desk.units() as work:
        work.ledger.resolve([resolution], desk.clock.now())
        work.commit()


def look_again(effect: Effect, desk: OrderDesk) -> Effect:
    """The effect as it stands now; another worker may have been at it."""
    with desk.units() as work:
        return work.ledger.effect(effect.effect_id)
