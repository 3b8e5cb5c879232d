"""The fees of an order, beside its products."""

from __future__ import annotations

from typing import Any

from sandbox.bigcommerce.money import wire_money
from sandbox.bigcommerce.numbering import Numbering
from sandbox.bigcommerce.orders.fields import objects_in, pair_in
from sandbox.bigcommerce.orders.order import Price

Json = dict[str, Any]


def fees_in(body: Json, numbering: Numbering) -> list[Json] | None:
    """The fees that a request puts in place of all that were there; None leaves them."""
    if "fees" not in body:
        return None
    return [_fee(given, numbering) for given in objects_in(body, "fees")]


def _fee(given: Json, numbering: Numbering) -> Json:
    return {
        "id": given.get("id") or numbering.next("fee"),
        "display_name_customer": given.get("display_name_customer", ""),
        "display_name_merchant": given.get("display_name_merchant", ""),
        "source": given.get("source", ""),
        "tax_class_id": given.get("tax_class_id"),
        "cost": pair_in(given, "cost") or Price(),
    }


def fee_view(fee: Json) -> Json:
    """The fee as an order shows it."""
    cost: Price = fee["cost"]
    return {
        **{name: value for name, value in fee.items() if name != "cost"},
        "type": "custom_fee",
        "base_cost": wire_money(cost.ex_tax),
        "cost_ex_tax": wire_money(cost.ex_tax),
        "cost_inc_tax": wire_money(cost.inc_tax),
        "cost_tax": wire_money(cost.tax),
    }
