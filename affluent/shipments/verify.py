"""Reading confirmations back: Amazon answers 204 and drops some, so only its packages count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from affluent.domain.effect import Effect, EffectState, Resolution
from affluent.domain.errors import Refused
from affluent.domain.order import AmazonOrder, OrderState, OrderStatus
from affluent.shipments.plan import order_id_of
from affluent.submissions.context import Sender

_PATIENCE_SECONDS: Final = 120.0
_POLL_SECONDS: Final = 10.0


def verify_confirmations(taken: Sequence[Effect], sender: Sender) -> int:
    """Answers how many confirmed packages Amazon does not show yet."""
    waiting = list(taken)
    waited = 0.0
    while waiting:
        waiting = [effect for effect in waiting if not is_shown(effect, sender)]
        if not waiting or waited >= _PATIENCE_SECONDS:
            break
        sender.clock.sleep(_POLL_SECONDS)
        waited += _POLL_SECONDS
    return len(waiting)


def is_shown(effect: Effect, sender: Sender) -> bool:
    """Whether Amazon shows the package; if so, the effect is resolved and the order kept.

    An order that Amazon does not answer shows nothing, and stops no other.
    """
    try:
        order = sender.amazon.orders.order(order_id_of(effect.key))
    except Refused:
        return False
    reference, tracking = effect.payload["reference_id"], effect.after["tracking_number"]
    shown = any(
        package.reference_id == reference or (tracking and package.tracking_number == tracking)
        for package in order.packages
    )
    if shown:
        _keep(effect, order, sender)
    return shown


def _keep(effect: Effect, order: AmazonOrder, sender: Sender) -> None:
    words = (f"Amazon shows the package; the order is {order.status}.",)
    with sender.units() as work:
        work.ledger.resolve(
            [Resolution(effect.effect_id, EffectState.EFFECTIVE, messages=words)],
            sender.clock.now(),
        )
        recorded = work.orders.get(effect.account, order.order_id)
        if recorded is not None:
            state = OrderState.SHIPPED if order.status is OrderStatus.SHIPPED else recorded.state
            work.orders.save(
                [replace(recorded, status=order.status, state=state)], sender.clock.now()
            )
        work.commit()
