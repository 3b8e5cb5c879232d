"""What the catalog takes for the fields of products and variants: types, lengths, choices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sandbox.bigcommerce.refusals import unprocessable

Json = dict[str, Any]

LARGEST_STOCK = 2_147_483_647
LONGEST = {"name": 250, "sku": 255, "upc": 14, "gtin": 14, "mpn": 255}
CHOICES = {
    "type": {"physical", "digital"},
    "inventory_tracking": {"none", "product", "variant"},
    "availability": {"available", "disabled", "preorder"},
    "condition": {"New", "Used", "Refurbished"},
}
AMOUNTS = (
    "price",
    "sale_price",
    "retail_price",
    "cost_price",
    "map_price",
    "weight",
    "width",
    "height",
    "depth",
    "fixed_cost_shipping_price",
)
COUNTS = (
    "inventory_level",
    "inventory_warning_level",
    "order_quantity_minimum",
    "order_quantity_maximum",
)
FLAGS = ("is_visible", "is_featured", "is_free_shipping", "purchasing_disabled")
LISTS = ("categories", "variants", "options", "modifiers", "images", "custom_fields")


def refuse_unfit_product(given: Json) -> None:
    """Refuse wrong values of a product and of the variants that come with it.

    Raises:
        V3Refusal: 422, each field with its reason.
    """
    errors = _errors(given)
    for name in LISTS:
        if name in given and not isinstance(given[name], list):
            errors[name] = "error.expected.jsarray"
    if not given.get("name", "-"):
        errors["name"] = "error.minLength"
    _raise(errors)
    for variant in given.get("variants") or []:
        refuse_unfit_variant(variant)


def refuse_unfit_variant(given: Json) -> None:
    """Refuse wrong values of a variant, where an amount may be null.

    Raises:
        V3Refusal: 422, each field with its reason.
    """
    _raise(_errors({name: value for name, value in given.items() if value is not None}))


def _errors(given: Json) -> dict[str, str]:
    errors: dict[str, str] = {}
    for name, value in given.items():
        for names, is_fit, reason in _RULES:
            if name in names and not is_fit(name, value):
                errors[name] = reason
    return errors


def _raise(errors: dict[str, str]) -> None:
    if errors:
        raise unprocessable(errors)


def _is_amount(_: str, value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0


def _is_count(_: str, value: Any) -> bool:
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    return is_whole and 0 <= value <= LARGEST_STOCK


_RULES: tuple[tuple[Any, Callable[[str, Any], bool], str], ...] = (
    (AMOUNTS, _is_amount, "error.expected.jsnumber"),
    (COUNTS, _is_count, "error.expected.int"),
    (FLAGS, lambda _, value: isinstance(value, bool), "error.expected.jsboolean"),
    (
        LONGEST,
        lambda name, value: isinstance(value, str) and len(value) <= LONGEST[name],
        "error.maxLength",
    ),
    (CHOICES, lambda name, value: value in CHOICES[name], "error.expected.validenumvalue"),
)
