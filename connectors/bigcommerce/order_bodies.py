"""`OrderDraft` -> the body of POST /v2/orders.

Prices go out in pairs, without and with tax: BigCommerce computes no tax on orders made through
its API, so the difference is the tax that Amazon took. Nothing here may reach a log: the body
holds the buyer's address.
Orders V2: https://docs.bigcommerce.com/docs/rest-management/orders
"""

from __future__ import annotations

from typing import Any, Final

from affluent.domain.money import Money, json_number
from affluent.domain.order import DraftLine, OrderDraft, Recipient
from connectors.bigcommerce.fields import as_rfc_2822
from connectors.bigcommerce.settings import StoreSettings

EXTERNAL_SOURCE: Final = "Affluent"
GUEST: Final = 0

# BigCommerce refuses an order whose billing address has no country or no ZIP code of two
# characters, and Amazon withholds addresses from accounts without the role for them. Such an
# order goes in under the store's own country and zeros, which are no place anywhere.
UNKNOWN_ZIP: Final = "00000"
_SHORTEST_ZIP: Final = 2
_LONGEST_NAME: Final = 250


def order_body(draft: OrderDraft, channel_id: int, settings: StoreSettings) -> dict[str, Any]:
    """The request's body. The currency is named only where it is not the store's own: a store
    without multi-currency then refuses the order, and never takes euros for dollars."""
    address = _address(draft.recipient, draft.email)
    body: dict[str, Any] = {
        "customer_id": GUEST,
        "status_id": draft.status_id,
        "date_created": as_rfc_2822(draft.created_at),
        "external_source": EXTERNAL_SOURCE,
        "external_order_id": draft.external_order_id,
        "channel_id": channel_id,
        "payment_method": draft.payment_method,
        "staff_notes": draft.staff_notes,
        "shipping_cost_ex_tax": _text(draft.shipping_ex_tax),
        "shipping_cost_inc_tax": _text(draft.shipping_inc_tax),
        "wrapping_cost_ex_tax": _text(draft.wrapping),
        "wrapping_cost_inc_tax": _text(draft.wrapping),
        "handling_cost_ex_tax": _text(draft.fees),
        "handling_cost_inc_tax": _text(draft.fees),
        "discount_amount": _text(draft.discount),
        "total_ex_tax": _text(draft.total_ex_tax),
        "total_inc_tax": _text(draft.total_inc_tax),
        "billing_address": _with_required_fields(address, settings),
        "products": [_line(line) for line in draft.lines],
    }
    if draft.recipient != Recipient():
        body["shipping_addresses"] = [address]
    currency = draft.shipping_ex_tax.currency
    if currency != settings.currency:
        body["default_currency_code"] = currency
    return body


def _line(line: DraftLine) -> dict[str, Any]:
    body: dict[str, Any] = {
        "quantity": line.quantity,
        "price_ex_tax": json_number(line.price_ex_tax.amount),
        "price_inc_tax": json_number(line.price_inc_tax.amount),
    }
    if line.product_id is None:
        return body | {"name": (line.name or line.sku)[:_LONGEST_NAME], "sku": line.sku}
    body["product_id"] = line.product_id
    if line.variant_id is not None:
        body["variant_id"] = line.variant_id
    if line.answers:
        body["product_options"] = [
            {"id": answer.modifier_id, "value": answer.value} for answer in line.answers
        ]
    return body


def _address(recipient: Recipient, email: str) -> dict[str, str]:
    """What Amazon told, and nothing else: BigCommerce rejects a null and a malformed e-mail."""
    first_name, _, last_name = recipient.name.partition(" ")
    told = {
        "first_name": first_name,
        "last_name": last_name,
        "company": recipient.company,
        "street_1": recipient.street_1,
        "street_2": recipient.street_2,
        "city": recipient.city,
        "state": recipient.state,
        "zip": recipient.postal_code,
        "country_iso2": recipient.country,
        "phone": recipient.phone,
        "email": email,
    }
    return {name: value for name, value in told.items() if value}


def _with_required_fields(address: dict[str, str], settings: StoreSettings) -> dict[str, str]:
    required = {"country_iso2": settings.country_code} | address
    if len(required.get("zip", "")) < _SHORTEST_ZIP:
        required["zip"] = UNKNOWN_ZIP
    return required


def _text(money: Money) -> str:
    return format(money.amount, "f")
