"""The sentences that stand in an order's timeline and in the store's staff notes. No buyer's data:
what a buyer wrote as his reason is never read."""

from __future__ import annotations

from typing import Final

from affluent.domain.cancellation import InStore
from affluent.domain.money import Money
from affluent.domain.order import RecordedOrder
from affluent.domain.store_status import CANCELLED, DECLINED, REFUNDED

LOST_NOTE: Final = "Cancelled on Amazon. The store has no such order: nothing is to be done."
REQUEST_NOTE: Final = (
    "The buyer asks on Amazon to cancel the order, which is not cancelled yet. Cancel it before it "
    "is shipped, or decline in Seller Central."
)
_NAMES: Final = {CANCELLED: "Cancelled", DECLINED: "Declined", REFUNDED: "Refunded"}


def cancelled_note(way: InStore) -> str:
    """Amazon shows the order as cancelled."""
    if way is InStore.CANCEL:
        return "Cancelled on Amazon."
    return "Cancelled on Amazon: do not ship it. Cancel it here, too, to have its stock back."


def status_note(status_id: int) -> str:
    """The same of an order that the store does not ship any more either."""
    return f"Cancelled on Amazon; it was {_NAMES[status_id]} in the store already."


def cancelled_lines_note(record: RecordedOrder) -> str:
    """Amazon cancelled some units of the order."""
    lines = [f"{line.cancelled} of {line.sku}" for line in record.lines if line.cancelled]
    return f"Amazon cancelled a part of the order: {', '.join(lines)}. Do not ship that."


def refund_note(amount: Money | None, is_off: bool) -> str:
    """A refund in the store; without an amount, its status was set by hand. `is_off` is whether
    Amazon shows the order as cancelled."""
    what = "Set to refunded in BigCommerce."
    if amount is not None:
        what = f"Refunded in BigCommerce: {amount.rounded()}."
    if is_off:
        return f"{what} Amazon shows the order as cancelled: nothing is left to give back there."
    return f"{what} Amazon is not told of it: give the refund in Seller Central, too."
