"""Billing and shipping addresses of an order."""

from __future__ import annotations

from typing import Any

from sandbox.bigcommerce.orders.countries import COUNTRIES
from sandbox.bigcommerce.orders.fields import is_email
from sandbox.bigcommerce.refusals import (
    V2Refusal,
    invalid_field,
    missing_field,
    unsupported_field,
)

Json = dict[str, Any]

ADDRESS_FIELDS = (
    "first_name",
    "last_name",
    "company",
    "street_1",
    "street_2",
    "city",
    "state",
    "zip",
    "country",
    "country_iso2",
    "phone",
    "email",
)
_BESIDE = ("form_fields", "shipping_method", "id")
_SHORTEST_ZIP = 2
_CODES_BY_NAME = {name.lower(): code for code, name in COUNTRIES.items()}


def billing_address(given: Any) -> Json:
    """The billing address, checked and with all its fields.

    Raises:
        V2Refusal: a field is missing or invalid.
    """
    if not isinstance(given, dict):
        raise invalid_field("billing_address")
    if "zip" not in given:
        raise missing_field("billing_address.zip")
    address = _address(given)
    if len(address["zip"]) < _SHORTEST_ZIP:
        raise invalid_field("billing_address.zip")
    if not address["country"]:
        raise invalid_field("billing_address.country", "Billing address country not supplied.")
    return address


def shipping_address(given: Json) -> Json:
    """A shipping address, checked and with all its fields."""
    return _address(given)


def changed_address(known: Json, given: Json) -> Json:
    """An address with some fields changed."""
    return _address({**known, **given} if "country_iso2" in given else _without_code(known, given))


def _without_code(known: Json, given: Json) -> Json:
    merged = {**known, **given}
    if "country" in given:
        merged.pop("country_iso2", None)
    return merged


def _address(given: Json) -> Json:
    for name, value in given.items():
        if name not in ADDRESS_FIELDS and name not in _BESIDE:
            raise unsupported_field(name)
        if name in ADDRESS_FIELDS and value is None:
            raise V2Refusal(400, f"The field '{name}' does not allow null values.")
        if name in ADDRESS_FIELDS and not isinstance(value, str):
            raise invalid_field(name)
    address = {name: given.get(name, "") for name in ADDRESS_FIELDS}
    if address["email"] and not is_email(address["email"]):
        raise invalid_field("email")
    return {**address, **_country(address["country"], address["country_iso2"])}


def _country(name: str, code: str) -> Json:
    """The country's name and code; the code wins over the name."""
    if code:
        if code not in COUNTRIES:
            raise invalid_field("country_iso2")
        return {"country": COUNTRIES[code], "country_iso2": code}
    if name and name.lower() not in _CODES_BY_NAME:
        raise invalid_field("country")
    code = _CODES_BY_NAME.get(name.lower(), "")
    return {"country": COUNTRIES.get(code, ""), "country_iso2": code}
