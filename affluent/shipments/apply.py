"""Confirming shipments on Amazon, each once; a repeat edits the same package and does no harm.

Amazon answers 204 and drops some. So what it took in an earlier run and still does not show is
confirmed again, under the same package reference.
"""

from __future__ import annotations

from collections.abc import Sequence

from affluent.domain.effect import Effect, EffectState, Resolution
from affluent.domain.errors import AffluentError, ConfigurationError, Refused
from affluent.domain.plan import Change, Gated
from affluent.shipments.plan import confirmation_of
from affluent.shipments.verify import is_shown
from affluent.submissions.context import Sender

_DONE = (EffectState.EFFECTIVE, EffectState.REFUSED)


def apply_confirmations(gated: Gated, sender: Sender) -> list[Effect]:
    """Confirm what passed and was not confirmed before; answers what Amazon took, to verify."""
    changes = [*gated.passed, *(held.change for held in gated.held)]
    effects = _record(changes, gated, sender)
    _hold(gated, effects, sender)
    for change in gated.passed:
        effect = effects[change.key]
        if _is_due(effect, sender) and _claim(effect, sender):
            _confirm(effect, change, sender)
    with sender.units() as work:
        current = [work.ledger.effect(effects[change.key].effect_id) for change in gated.passed]
    return [effect for effect in current if effect.state is EffectState.ACCEPTED]


def _is_due(effect: Effect, sender: Sender) -> bool:
    if effect.state is EffectState.ACCEPTED:
        return not is_shown(effect, sender)
    return effect.state not in _DONE


def _record(changes: Sequence[Change], gated: Gated, sender: Sender) -> dict[str, Effect]:
    with sender.units() as work:
        effects = work.ledger.record(
            changes, sender.run, sender.clock.now(), plan_hash=gated.plan.hash
        )
        work.commit()
    return {effect.key: effect for effect in effects}


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


def _claim(effect: Effect, sender: Sender) -> bool:
    with sender.units() as work:
        claimed = work.ledger.claim(effect, sender.clock.now())
        work.commit()
    return claimed


def _confirm(effect: Effect, change: Change, sender: Sender) -> None:
    failure: AffluentError | None = None
    try:
        request_id = sender.amazon.orders.confirm(confirmation_of(change))
        state, messages = EffectState.ACCEPTED, (f"Confirmed with {change.after['carrier']}.",)
    except Refused as refusal:
        request_id, state, messages = refusal.request_id, EffectState.REFUSED, (refusal.what,)
    except AffluentError as lost:
        request_id, state, messages, failure = "", EffectState.UNKNOWN, (lost.what,), lost
    with sender.units() as work:
        resolution = Resolution(effect.effect_id, state, request_id=request_id, messages=messages)
        work.ledger.resolve([resolution], sender.clock.now())
        work.commit()
    if isinstance(failure, ConfigurationError):
        raise failure
