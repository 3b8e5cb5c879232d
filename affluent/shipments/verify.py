"""Reading confirmations back: Amazon answers 204 and drops some, so only its packages count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from affluent.domain.effect import Effect, EffectState, Resolution
from affluent.domain.errors import Refused
from affluent.domain.order import AmazonOrder, OrderState, OrderStatus, Package
from affluent.shipments.plan import order_id_of
from affluent.submissions.context import Sender

_PATIENCE_SECONDS: Final = 120.0
_POLL_SECONDS: Final = 10.0
#: A report names so many; the others are counted.
_NAMED: Final = 10


def verify_confirmations(taken: Sequence[Effect], sender: Sender) -> list[Effect]:
    """Answers the confirmations whose package Amazon does not show yet, after some patience."""
    waiting = not_shown(taken, sender)
    waited = 0.0
    while waiting and waited < _PATIENCE_SECONDS:
        sender.clock.sleep(_POLL_SECONDS)
        waited += _POLL_SECONDS
        waiting = not_shown(waiting, sender)
    return waiting


def missing_notes(missing: Sequence[Effect], now: datetime) -> Iterator[str]:
    """What Amazon took and does not show, the oldest first, with its age."""
    oldest = sorted(missing, key=lambda effect: effect.created_at)
    for effect in oldest[:_NAMED]:
        minutes = int((now - effect.created_at).total_seconds() // 60)
        yield (
            f"Amazon has taken package {effect.payload['reference_id']} of order "
            f"{order_id_of(effect.key)} and does not show it: {effect.attempts} times confirmed in "
            f"{minutes} minutes. It is confirmed again after a while."
        )
    if len(oldest) > _NAMED:
        yield f"Amazon does not show {len(oldest) - _NAMED} more packages."


def not_shown(effects: Sequence[Effect], sender: Sender) -> list[Effect]:
    """The confirmations whose package Amazon does not show; each order is read once, and what it
    shows is resolved and kept.

    An order that Amazon does not answer shows nothing, and stops no other.
    """
    by_order: dict[str, list[Effect]] = {}
    for effect in effects:
        by_order.setdefault(order_id_of(effect.key), []).append(effect)
    missing: list[Effect] = []
    for order_id, confirmed in by_order.items():
        try:
            order = sender.amazon.orders.order(order_id)
        except Refused:
            missing += confirmed
            continue
        shown = [effect for effect in confirmed if _is_shown(effect, order)]
        missing += [effect for effect in confirmed if effect not in shown]
        if shown:
            _keep(shown, order, sender)
    return missing


def _is_shown(effect: Effect, order: AmazonOrder) -> bool:
    """By our reference, else by the tracking number, which is all that some packages keep."""
    tracking = effect.payload["tracking_number"]
    own = [one for one in order.packages if one.reference_id == effect.payload["reference_id"]]
    others = [one for one in order.packages if tracking and one.tracking_number == tracking]
    return any(_is_as_told(package, effect) for package in own or others)


def _is_as_told(package: Package, effect: Effect) -> bool:
    """Amazon words a carrier as it likes, so only the carrier that was replaced is not ours."""
    payload = effect.payload
    told = dict(payload["quantities"])
    replaced = payload.get("replaced_carrier", "")
    is_old_carrier = replaced != payload["carrier_name"] and package.carrier_code == replaced
    return (
        package.tracking_number == payload["tracking_number"]
        and dict(package.quantities) in (told, {})
        and not is_old_carrier
    )


def _keep(shown: Sequence[Effect], order: AmazonOrder, sender: Sender) -> None:
    words = (f"Amazon shows the package; the order is {order.status}.",)
    resolutions = [
        Resolution(effect.effect_id, EffectState.EFFECTIVE, messages=words) for effect in shown
    ]
    with sender.units() as work:
        work.ledger.resolve(resolutions, sender.clock.now())
        recorded = work.orders.get(shown[0].account, order.order_id)
        if recorded is not None:
            seen = replace(recorded, status=order.status, state=_state(recorded.state, order))
            work.orders.save([seen], sender.clock.now())
        work.commit()


def _state(known: OrderState, order: AmazonOrder) -> OrderState:
    """Amazon opens an order again where an edit leaves units of it to ship."""
    if order.status is OrderStatus.SHIPPED:
        return OrderState.SHIPPED
    return OrderState.IMPORTED if known is OrderState.SHIPPED else known
