"""Which fields an order request may carry, and how each is checked.

The texts of the refusals are BigCommerce's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from sandbox.bigcommerce.moments import parse_moment
from sandbox.bigcommerce.money import parse_money
from sandbox.bigcommerce.orders.order import COSTS, Price
from sandbox.bigcommerce.orders.statuses import ORDER_STATUSES
from sandbox.bigcommerce.refusals import (
    invalid_field,
    missing_field,
    read_only_field,
    unsupported_field,
)

Json = dict[str, Any]

PAIRS = ("subtotal", "total", *COSTS)
PAIR_FIELDS = {f"{name}_{side}_tax" for name in PAIRS for side in ("ex", "inc")}
TEXT_LIMITS = {
    "customer_message": 65535,
    "ebay_order_id": 255,
    "external_source": 255,
    "external_order_id": 255,
    "external_merchant_id": 255,
    "geoip_country": 255,
    "geoip_country_iso2": 2,
    "ip_address": 30,
    "ip_address_v6": 39,
    "payment_method": 255,
    "staff_notes": 65535,
    "tax_provider_id": 255,
    "customer_locale": 20,
}
NULLABLE_TEXTS = {"external_source", "external_merchant_id"}
MONEY_FIELDS = {"base_shipping_cost", "base_handling_cost", "base_wrapping_cost"}
OTHER_FIELDS = {
    "billing_address",
    "products",
    "shipping_addresses",
    "consignments",
    "fees",
    "status_id",
    "channel_id",
    "customer_id",
    "date_created",
    "default_currency_code",
    "discount_amount",
    "order_is_digital",
    "payment_provider_id",
    "refunded_amount",
    "items_total",
    "items_shipped",
}
WRITABLE = {*TEXT_LIMITS, *MONEY_FIELDS, *PAIR_FIELDS, *OTHER_FIELDS}
READ_ONLY = {
    "id",
    "cart_id",
    "coupon_discount",
    "currency_code",
    "currency_id",
    "custom_status",
    "date_modified",
    "date_shipped",
    "external_id",
    "gift_certificate_amount",
    "is_deleted",
    "order_source",
    "payment_status",
    "status",
    "store_credit_amount",
    "total_tax",
}
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def refuse_unwritable(body: Json) -> None:
    """Refuse fields that are only read, and those that no order has."""
    for name in body:
        if name in READ_ONLY:
            raise read_only_field(name)
        if name not in WRITABLE:
            raise unsupported_field(name)


def texts_in(body: Json) -> Json:
    """The plain text fields, each checked for its type and length."""
    return {name: _text(name, body[name]) for name in TEXT_LIMITS if name in body}


def _text(name: str, value: Any) -> str | None:
    if value is None and name in NULLABLE_TEXTS:
        return None
    if value is None and name == "external_order_id":
        return ""
    if not isinstance(value, str) or len(value) > TEXT_LIMITS[name]:
        raise invalid_field(name)
    return value


def money_in(body: Json, name: str, shown_as: str | None = None) -> Decimal:
    """An amount that is there and not negative."""
    try:
        return parse_money(body[name])
    except ValueError as error:
        raise invalid_field(shown_as or name) from error


def pair_in(body: Json, name: str) -> Price | None:
    """The `_ex_tax` and `_inc_tax` amounts of a name; both must be given or neither."""
    fields = (f"{name}_ex_tax", f"{name}_inc_tax")
    given = [field for field in fields if field in body]
    if not given:
        return None
    for field in fields:
        if field not in body:
            raise missing_field(field)
    return Price(money_in(body, fields[0]), money_in(body, fields[1]))


def status_in(body: Json) -> int | None:
    """The status that is asked for."""
    return _checked(body, "status_id", lambda value: value in ORDER_STATUSES)


def customer_in(body: Json) -> int | None:
    """The customer; the sandbox's store has only guests, who are 0."""
    return _checked(body, "customer_id", lambda value: value == 0)


def digital_in(body: Json) -> bool | None:
    """Whether the order is said to be digital."""
    value = body.get("order_is_digital")
    if value is not None and not isinstance(value, bool):
        raise invalid_field("order_is_digital")
    return value


def moment_in(body: Json, name: str) -> datetime | None:
    """A time, RFC-2822 or ISO-8601."""
    if name not in body:
        return None
    try:
        return parse_moment(body[name])
    except (TypeError, ValueError) as error:
        raise invalid_field(name) from error


def whole_number(value: Any) -> int | None:
    """A whole number sent as a number or as text, else None."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return int(value) if isinstance(value, str) and re.fullmatch(r"-?\d+", value) else None


def is_email(value: Any) -> bool:
    """Whether an e-mail address has the form of one."""
    return isinstance(value, str) and _EMAIL.fullmatch(value) is not None


def _checked(body: Json, name: str, accepts: Callable[[int], bool]) -> int | None:
    if name not in body:
        return None
    value = whole_number(body[name])
    if value is None or not accepts(value):
        raise invalid_field(name)
    return value


def objects_in(body: Json, name: str) -> list[Json]:
    """An array of objects that is there.

    Raises:
        V2Refusal: it is something else.
    """
    value = body[name]
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise invalid_field(name)
    return value
