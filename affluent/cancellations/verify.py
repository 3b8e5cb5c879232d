"""Reading back: the store's order has the status, and Amazon shows the order as cancelled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from affluent.cancellations.apply import followed
from affluent.cancellations.plan import UNSETTLED, order_id_of
from affluent.domain.cancellation import WHOLE
from affluent.domain.effect import Effect, EffectState, Resolution
from affluent.domain.errors import NotFound, Refused
from affluent.domain.feed import FeedStatus
from affluent.domain.order import OrderStatus
from affluent.domain.plan import Operation
from affluent.ports.bigcommerce import StoreOrdersPort
from affluent.submissions.context import Sender

_PATIENCE_SECONDS: Final = 120.0
_POLL_SECONDS: Final = 10.0
#: A feed that is done shows its effect within this time, or never.
_SHOWS_WITHIN: Final = timedelta(hours=1)
_BY_HAND: Final = "Cancel it in Seller Central, or ship it."


def verify_cancellations(store: StoreOrdersPort, sender: Sender) -> tuple[str, ...]:
    """Bring what was taken to its end; answers what Amazon was told and does not show yet."""
    with sender.units() as work:
        changed = work.ledger.in_states(
            Operation.UPDATE_ORDER, sender.account, [EffectState.ACCEPTED]
        )
        told = work.ledger.in_states(
            Operation.ACKNOWLEDGE_ORDER, sender.account, [EffectState.ACCEPTED, *UNSETTLED]
        )
    for effect in changed:
        _settle(_as_shown(effect, store), effect, sender)
    waiting = _not_shown(told, sender)
    waited = 0.0
    while any(one.state is EffectState.ACCEPTED for one in waiting) and waited < _PATIENCE_SECONDS:
        sender.clock.sleep(_POLL_SECONDS)
        waited += _POLL_SECONDS
        waiting = _not_shown(waiting, sender)
    return tuple(
        f"Amazon was told to cancel the order {order_id_of(one.key)}, and does not show it yet."
        for one in waiting
    )


def _as_shown(effect: Effect, store: StoreOrdersPort) -> Resolution:
    wanted = effect.payload["status_id"]
    try:
        status_id = store.order(effect.payload["store_order_id"]).status_id
    except NotFound:
        return _ended(effect, EffectState.IGNORED, "The store has the order no more.")
    if wanted in (None, status_id):
        return _ended(effect, EffectState.EFFECTIVE, *effect.messages)
    shown = f"The store took the change, and shows the status {status_id} since."
    return _ended(effect, EffectState.IGNORED, shown)


def _not_shown(effects: Sequence[Effect], sender: Sender) -> list[Effect]:
    """Those of which neither Amazon's order nor its feed tells the end; each feed is read once."""
    reports = {one.reference: _report(one.reference, sender) for one in effects if one.reference}
    waiting = []
    for effect in effects:
        resolution = _end(effect, reports.get(effect.reference), sender)
        if resolution is None:
            waiting.append(effect)
        else:
            _settle(resolution, effect, sender)
    return waiting


def _report(feed_id: str, sender: Sender) -> Mapping[int, str] | None:
    """What Amazon refused of a feed; under 0, that it worked off none of it. None until it is
    worked off."""
    feed = sender.amazon.acknowledgements.status(feed_id)
    if not feed.status.is_final:
        return None
    if feed.status is not FeedStatus.DONE:
        return {0: f"Amazon ended the feed {feed_id} as {feed.status}."}
    try:
        return sender.amazon.acknowledgements.report(feed).refused
    except NotFound:
        return {}


def _end(effect: Effect, refused: Mapping[int, str] | None, sender: Sender) -> Resolution | None:
    try:
        status = sender.amazon.orders.order(effect.payload["order_id"]).status
    except Refused:
        return None
    if status is OrderStatus.CANCELLED:
        return _ended(effect, EffectState.EFFECTIVE, "Amazon shows the order as cancelled.")
    if refused is None or effect.state in UNSETTLED:
        return None
    if (answer := refused.get(effect.effect_id) or refused.get(0)) is not None:
        return _ended(effect, EffectState.REFUSED, answer, _BY_HAND)
    if sender.clock.now() - effect.updated_at < _SHOWS_WITHIN:
        return None
    shown = f"Amazon took the cancellation, and shows the order as {status}."
    return _ended(effect, EffectState.IGNORED, shown, _BY_HAND)


def _ended(effect: Effect, state: EffectState, *words: str) -> Resolution:
    return Resolution(effect.effect_id, state, messages=words)


def _settle(resolution: Resolution, effect: Effect, sender: Sender) -> None:
    """Keep the end, and where the order stands with it."""
    now = sender.clock.now()
    with sender.units() as work:
        if work.ledger.effect(effect.effect_id).state is EffectState.EFFECTIVE:
            return
        work.ledger.resolve([resolution], now)
        record = work.orders.get(effect.account, order_id_of(effect.key))
        if record is not None and _is_the_end(effect, resolution):
            work.orders.save([followed(replace(record, status=OrderStatus.CANCELLED))], now)
        work.commit()


def _is_the_end(effect: Effect, resolution: Resolution) -> bool:
    if effect.operation is Operation.ACKNOWLEDGE_ORDER:
        return resolution.state is EffectState.EFFECTIVE
    return effect.key.endswith(f"/{WHOLE}")
