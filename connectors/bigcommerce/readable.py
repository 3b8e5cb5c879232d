"""What of a page of products can be read. The rest is held with its reason, and never guessed at.

Mapping reads leniently: what is absent is empty. So what is there and is of another kind than
BigCommerce's specification says must be noticed before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from affluent.domain.held_variant import HeldVariant, shown
from connectors.bigcommerce.fields import Record, text, whole

#: The fields that must be numbers where they are anything.
NUMBERS: Final = (
    "price",
    "sale_price",
    "cost_price",
    "map_price",
    "weight",
    "width",
    "height",
    "depth",
)
_TEXTS: Final = ("name", "description", "sku", "gtin", "upc", "mpn", "condition", "image_url")
_PARTS: Final = ("variants", "images", "custom_fields", "categories")
#: What examples of the specification hold where nothing was entered.
_NOTHING: Final[tuple[object, ...]] = (None, "", {})
#: Of ten, and in all: a longer number is a mistake, and would not fit a column.
_LARGEST_POWER: Final = 18
_MOST_DIGITS: Final = 40
_SMALL: Final = 10**_LARGEST_POWER


def sort_out(products: Iterable[object]) -> tuple[list[Record], list[HeldVariant]]:
    """The products with those of their variants that can be read, and what is held."""
    readable: list[Record] = []
    held: list[HeldVariant] = []
    for product in products:
        flaw = _product_flaw(product)
        if flaw is None and isinstance(product, Mapping):
            variants, flaws = _variants_of(product)
            readable.append({**product, "variants": variants})
            held += flaws
        elif flaw is not None:
            held.append(flaw)
    return readable, held


def _product_flaw(product: object) -> HeldVariant | None:
    if not isinstance(product, Mapping):
        return _held({}, None, "product", product, "It is no object.")
    if not _has_id(product):
        return _held(product, None, "id", product.get("id"), "It is no id.")
    return _flaw(product, product, None)


def _variants_of(product: Record) -> tuple[list[Record], list[HeldVariant]]:
    readable: list[Record] = []
    held: list[HeldVariant] = []
    for variant in product.get("variants") or ():
        if not isinstance(variant, Mapping):
            held.append(_held(product, None, "variants", variant, "It is no object."))
        elif not _has_id(variant):
            held.append(_held(product, variant, "id", variant.get("id"), "It is no id."))
        elif (flaw := _flaw(variant, product, variant)) is not None:
            held.append(flaw)
        else:
            readable.append(variant)
    return readable, held


def _flaw(record: Record, product: Record, variant: Record | None) -> HeldVariant | None:
    for name in NUMBERS:
        if record.get(name) not in _NOTHING and not is_number(record[name]):
            return _held(product, variant, name, record[name], "It is no number that can be meant.")
    for name in _TEXTS:
        value = record.get(name)
        if value not in _NOTHING and (isinstance(value, bool) or not _is_text(value)):
            return _held(product, variant, name, value, "It is no text.")
    for name in _PARTS:
        if record.get(name) not in _NOTHING and not isinstance(record[name], list):
            return _held(product, variant, name, record[name], "It is no list.")
    for category_id in record.get("categories") or ():
        if not isinstance(category_id, int):
            return _held(product, variant, "categories", category_id, "It is no category's id.")
    return None


def is_number(value: Any) -> bool:
    """Whether it is a number, or its text, that somebody can mean and a column can hold."""
    if _is_plain(value):
        return True
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        return False
    try:
        number = Decimal(value)
    except InvalidOperation:
        return False
    return (
        number.is_finite()
        and abs(number.adjusted()) <= _LARGEST_POWER
        and len(number.as_tuple().digits) <= _MOST_DIGITS
    )


def _is_plain(value: object) -> bool:
    """Whether it is what nearly all numbers are, which is soon seen: a few digits, no exponent."""
    if type(value) is int:
        return abs(value) < _SMALL
    if type(value) is not Decimal:
        return False
    digits = str(value)
    return len(digits) <= _LARGEST_POWER and digits.replace(".", "", 1).isdigit()


def _is_text(value: object) -> bool:
    return isinstance(value, str | int | Decimal)


def _has_id(record: Record) -> bool:
    return is_number(record.get("id")) and whole(record, "id") is not None


def _held(
    product: Record, variant: Record | None, field: str, value: object, why: str
) -> HeldVariant:
    own = product if variant is None else variant
    return HeldVariant(
        product_id=whole(product, "id") if _has_id(product) else None,
        variant_id=whole(own, "id") if variant is not None and _has_id(own) else None,
        sku=shown(text(own, "sku")),
        field=field,
        value=shown(value),
        why=why,
        fix="Correct it in BigCommerce; if it looks right there, report it to BigCommerce.",
    )
