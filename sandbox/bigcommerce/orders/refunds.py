"""Refunds: what may be given back of an order, and what that does to it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sandbox.bigcommerce.moments import iso
from sandbox.bigcommerce.money import ZERO, parse_money
from sandbox.bigcommerce.numbering import Numbering
from sandbox.bigcommerce.orders.order import Order, OrderLine, Refund
from sandbox.bigcommerce.orders.order_desk import OrderDesk
from sandbox.bigcommerce.orders.statuses import PARTIALLY_REFUNDED, REFUNDED
from sandbox.bigcommerce.refusals import V3Refusal
from sandbox.clock import SandboxClock

Json = dict[str, Any]

BY_AMOUNT = {"SHIPPING", "HANDLING", "ORDER", "FEE"}
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class _Item:
    """One item of a request, and the line that it gives units of back, if any."""

    given: Json
    amount: Decimal
    line: OrderLine | None = None


class RefundDesk:
    """POST /v3/orders/{id}/payment_actions/refunds. The stock stays as it is."""

    def __init__(self, clock: SandboxClock, numbering: Numbering, orders: OrderDesk) -> None:
        self._clock = clock
        self._numbering = numbering
        self._orders = orders

    def refund(self, order: Order, body: Json) -> Refund:
        """Give back; the order becomes Refunded, or Partially Refunded while something is left.

        Raises:
            V3Refusal: 422 for what is not in the order, or more than was paid.
        """
        given, payments = body.get("items"), body.get("payments")
        if not isinstance(given, list) or not given or not isinstance(payments, list):
            raise _refused("items and payments are required.")
        items = [_item(order, each) for each in given]
        total = sum((item.amount for item in items), ZERO).quantize(_CENT)
        paid_back = sum((_amount(payment.get("amount")) for payment in payments), ZERO)
        if paid_back != total or total > order.total.inc_tax - order.refunded:
            raise _refused("The refund does not match its payments, or what was paid.")
        for item in items:
            if item.line is not None:
                item.line.quantity_refunded += item.given["quantity"]
        refund = Refund(
            self._numbering.next("refund"), self._clock.now(), total, body.get("reason", ""),
            [item.given for item in items], payments,
        )  # fmt: skip
        order.refunds.append(refund)
        is_whole = order.refunded >= order.total.inc_tax
        self._orders.refunded(order, REFUNDED if is_whole else PARTIALLY_REFUNDED)
        return refund


def refund_view(order: Order, refund: Refund) -> Json:
    """A refund as V3 shows it."""
    return {
        "id": refund.id,
        "order_id": order.id,
        "user_id": 1,
        "created": iso(refund.created_at),
        "reason": refund.reason,
        "total_amount": float(refund.total),
        "total_tax": 0,
        "uses_merchant_override_values": False,
        "items": [
            {"item_type": each["item_type"], "item_id": each["item_id"], "reason": ""}
            | ({"quantity": each["quantity"]} if "quantity" in each else {})
            for each in refund.items
        ],
        "payments": [
            {
                "id": number,
                "provider_id": str(payment.get("provider_id", "custom")),
                "amount": float(payment["amount"]),
                "offline": bool(payment.get("offline", False)),
                "is_declined": False,
                "declined_message": "",
            }
            for number, payment in enumerate(refund.payments, 1)
        ],
    }


def _item(order: Order, given: Json) -> _Item:
    kind = given.get("item_type")
    if kind in BY_AMOUNT:
        return _Item(given, _amount(given.get("amount")))
    line = order.line(given.get("item_id") or 0)
    quantity = given.get("quantity")
    if kind != "PRODUCT" or line is None or not isinstance(quantity, int):
        raise _refused("An item is not in the order, or has no quantity.")
    if not 1 <= quantity <= line.quantity - line.quantity_refunded:
        raise _refused("More units are to be refunded than were sold.")
    return _Item(given, line.price.inc_tax * quantity, line)


def _amount(value: Any) -> Decimal:
    try:
        return parse_money(value)
    except ValueError as error:
        raise _refused("An amount is no amount of money.") from error


def _refused(title: str) -> V3Refusal:
    return V3Refusal(422, title, {})
