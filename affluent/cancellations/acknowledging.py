"""Cancelling orders on Amazon, each once, by one order acknowledgement feed for each marketplace.

Amazon has no call that cancels an order. A feed whose receipt was lost is not sent again before
every feed of its type is worked off, and long enough for its effect to show.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from affluent.cancellations.plan import UNSETTLED
from affluent.domain.cancellation import Acknowledgement, CancelReason
from affluent.domain.effect import Effect, EffectState, Resolution
from affluent.domain.errors import AffluentError, ConfigurationError, OutcomeUnknown, Refused
from affluent.domain.order import OrderStatus
from affluent.submissions.context import Sender

#: A lost feed shows its effect within this time, or never.
_SETTLES_WITHIN: Final = timedelta(minutes=30)


def acknowledge(effects: Sequence[Effect], sender: Sender) -> None:
    """Send what is to be sent now; each effect is claimed first, by one worker."""
    due = _due(effects, sender)
    by_marketplace: dict[str, list[Effect]] = {}
    for effect in due:
        if sender.claim(effect):
            by_marketplace.setdefault(effect.marketplace_id, []).append(effect)
    for marketplace_id, claimed in by_marketplace.items():
        _send(marketplace_id, claimed, sender)


def _due(effects: Sequence[Effect], sender: Sender) -> list[Effect]:
    """The new, and those whose feed was lost and can have no effect any more."""
    now = sender.clock.now()
    lost = [
        effect
        for effect in effects
        if effect.state in UNSETTLED and now - effect.updated_at >= _SETTLES_WITHIN
    ]
    if lost and sender.amazon.acknowledgements.unfinished():
        lost = []
    return [
        *(effect for effect in effects if effect.state not in UNSETTLED),
        *(effect for effect in lost if _is_to_cancel(effect, sender)),
    ]


def _is_to_cancel(effect: Effect, sender: Sender) -> bool:
    """Whether Amazon still shows the order as it was, now that no feed is on its way."""
    try:
        order = sender.amazon.orders.order(effect.payload["order_id"])
    except Refused:
        return False
    return order.status is OrderStatus.UNSHIPPED


def _send(marketplace_id: str, effects: Sequence[Effect], sender: Sender) -> None:
    failure: AffluentError | None = None
    feed_id = ""
    try:
        document_id = sender.amazon.acknowledgements.upload([_message(one) for one in effects])
        feed_id = sender.amazon.acknowledgements.create(document_id, marketplace_id)
        state, words = EffectState.ACCEPTED, f"Amazon was told to cancel the order: feed {feed_id}."
    except OutcomeUnknown as lost:
        state, words = EffectState.UNKNOWN, lost.what
    except Refused as refusal:
        state, words = EffectState.REFUSED, refusal.what
    except AffluentError as busy:
        failure = busy
        state, words = EffectState.HELD, f"Nothing was sent: {busy.what} The next run tries again."
    _resolve(effects, state, words, feed_id, sender)
    if isinstance(failure, ConfigurationError):
        raise failure


def _message(effect: Effect) -> Acknowledgement:
    """The message goes by the effect's id, so that the report tells of it whatever it was sent
    with."""
    return Acknowledgement(
        message_id=effect.effect_id,
        order_id=effect.payload["order_id"],
        reason=CancelReason(effect.payload["reason"]),
        order_item_ids=tuple(effect.payload["items"]),
    )


def _resolve(
    effects: Sequence[Effect], state: EffectState, words: str, feed_id: str, sender: Sender
) -> None:
    resolutions = [
        Resolution(effect.effect_id, state, reference=feed_id, messages=(words,))
        for effect in effects
    ]
    with sender.units() as work:
        work.ledger.resolve(resolutions, sender.clock.now())
        work.commit()
