"""Confirming shipments on Amazon, each revision once; a repeat edits the same package and does
no harm.

Amazon answers 204 and drops some. So what it took in an earlier run and still does not show is
confirmed again, under the same package reference: by the next run, then after growing pauses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from affluent.domain.effect import UNRESOLVED, Effect, EffectState, Resolution
from affluent.domain.errors import AffluentError, ConfigurationError, Refused
from affluent.domain.plan import Change, Gated
from affluent.shipments.plan import ShippedOrder, confirmation_of, deleted_note, orphans_of
from affluent.shipments.verify import not_shown
from affluent.submissions.context import Sender

_FIRST_PAUSE: Final = timedelta(minutes=2)
_MAY_HAVE_LEFT: Final = (EffectState.SENT, EffectState.UNKNOWN, EffectState.ACCEPTED)


def apply_confirmations(
    gated: Gated, shipped: Sequence[ShippedOrder], sender: Sender
) -> list[Effect]:
    """Confirm what passed and was not confirmed before; answers what Amazon took, to verify."""
    changes = [*gated.passed, *(held.change for held in gated.held)]
    effects = _record(changes, gated, shipped, sender)
    _hold(gated, effects, sender)
    passed = [effects[change.key] for change in gated.passed]
    for effect in _due(passed, sender):
        if sender.claim(effect):
            _confirm(effect, sender)
    with sender.units() as work:
        current = [work.ledger.effect(effect.effect_id) for effect in passed]
    return [effect for effect in current if effect.state is EffectState.ACCEPTED]


def _due(effects: Sequence[Effect], sender: Sender) -> list[Effect]:
    """What is to be sent now: the new, and what left before but is not shown after its pause."""
    left = [effect for effect in effects if effect.state in _MAY_HAVE_LEFT]
    missing = {effect.effect_id for effect in not_shown(left, sender)}
    now = sender.clock.now()
    return [
        effect
        for effect in effects
        if effect.state in (EffectState.PLANNED, EffectState.HELD)
        or (effect.effect_id in missing and _has_waited(effect, now))
    ]


def _has_waited(effect: Effect, now: datetime) -> bool:
    """Whether the pause is over; where the answer was lost, and before the first repeat, there is
    none: the run that confirmed it has waited already."""
    pause = _FIRST_PAUSE * (2 ** (effect.attempts - 1) - 1)
    return effect.state in UNRESOLVED or now - effect.updated_at >= pause


def _record(
    changes: Sequence[Change], gated: Gated, shipped: Iterable[ShippedOrder], sender: Sender
) -> dict[str, Effect]:
    """Write down what is intended, what that makes outdated, and which packages lost their
    shipment."""
    now = sender.clock.now()
    with sender.units() as work:
        effects = work.ledger.record(changes, sender.run, now, plan_hash=gated.plan.hash)
        recorded = {effect.key: effect for effect in effects}
        for resolution in _outdated(shipped, recorded):
            # Another worker may have seen it on Amazon meanwhile.
            if work.ledger.effect(resolution.effect_id).state is not EffectState.EFFECTIVE:
                work.ledger.resolve([resolution], now)
        work.ledger.resolve(list(_deleted(shipped)), now)
        work.commit()
    return recorded


def _outdated(
    shipped: Iterable[ShippedOrder], recorded: Mapping[str, Effect]
) -> Iterator[Resolution]:
    for one in shipped:
        orphans = orphans_of(one)
        for package in one.packages:
            newest = recorded.get(package.newest.key, package.newest)
            for effect in package.outdated(None if package in orphans else newest):
                yield Resolution(effect.effect_id, EffectState.SUPERSEDED, messages=effect.messages)


def _deleted(shipped: Iterable[ShippedOrder]) -> Iterator[Resolution]:
    """A word in the timeline of each package whose shipment is gone, once."""
    for one in shipped:
        for package in orphans_of(one):
            note = deleted_note(one.order.order_id, package)
            if package.sent and note not in (last := package.sent[-1]).messages:
                is_shown = last.state is EffectState.EFFECTIVE
                state = EffectState.EFFECTIVE if is_shown else EffectState.SUPERSEDED
                yield Resolution(last.effect_id, state, messages=(note,))


def _hold(gated: Gated, effects: dict[str, Effect], sender: Sender) -> None:
    held = [
        Resolution(
            effects[one.change.key].effect_id,
            EffectState.HELD,
            messages=tuple(finding.message for finding in one.findings),
        )
        for one in gated.held
        if effects[one.change.key].state is EffectState.PLANNED
    ]
    with sender.units() as work:
        work.ledger.resolve(held, sender.clock.now())
        work.commit()


def _confirm(effect: Effect, sender: Sender) -> None:
    failure: AffluentError | None = None
    try:
        request_id = sender.amazon.orders.confirm(confirmation_of(effect, sender.clock.now()))
        state, messages = EffectState.ACCEPTED, _words(effect)
    except Refused as refusal:
        request_id, state, messages = refusal.request_id, EffectState.REFUSED, (refusal.what,)
    except AffluentError as lost:
        request_id, state, messages, failure = "", EffectState.UNKNOWN, (lost.what,), lost
    resolution = Resolution(effect.effect_id, state, request_id=request_id, messages=messages)
    sender.conclude(resolution)
    if isinstance(failure, ConfigurationError):
        raise failure


def _words(effect: Effect) -> tuple[str, ...]:
    """What the timeline says of a confirmation, with what Amazon was not told."""
    words = [f"Confirmed with {effect.after['carrier']}."]
    if further := effect.payload.get("further_numbers"):
        words.append(
            "Amazon takes one tracking number for a package. Not told: " + ", ".join(further) + "."
        )
    if left_out := effect.payload.get("left_out"):
        words.append(f"{left_out} units were left out: Amazon's order has no more.")
    return tuple(words)
