"""Which variants can be kept: what no database takes, or nobody can mean, is held.

Nothing is repaired. What is only doubtful (a bad barcode, a negative stock) is kept: the gate
judges it before it is sent anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final

import orjson

from affluent.domain.held_variant import HeldVariant, shown
from affluent.domain.money import Money
from affluent.domain.product import Variant

#: PostgreSQL keeps no NUL, and half of a surrogate pair has no form in UTF-8.
_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")
_WRITTEN_NUL: Final = rb"\u0000"
_LONGEST_SKU: Final = 255
_LONGEST_TEXT: Final = 1_000_000
_LARGEST_ID: Final = 2**63 - 1
_LARGEST_QUANTITY: Final = 2**31 - 1
_LARGEST_PRICE: Final = Decimal(10) ** 12


def sift(variants: Iterable[Variant]) -> tuple[list[Variant], list[HeldVariant]]:
    """What can be kept, and what is held for its first flaw."""
    kept: list[Variant] = []
    held: list[HeldVariant] = []
    for variant in variants:
        flaw = next(_flaws(variant), None)
        if flaw is None:
            kept.append(variant)
        else:
            held.append(flaw)
    return kept, held


def _flaws(variant: Variant) -> Iterator[HeldVariant]:
    for name in ("variant_id", "product_id"):
        if not 0 < getattr(variant, name) <= _LARGEST_ID:
            yield _held(variant, name, getattr(variant, name), "It is no id.", "Report it.")
    for name, text in () if _are_sound(variant) else _texts(variant):
        if _UNSTORABLE.search(text):
            why = "It holds a character that is no text (NUL, or half of a surrogate pair)."
            yield _held(variant, name, text, why, "Type the text anew in BigCommerce.")
        if len(text) > (_LONGEST_SKU if name == "sku" else _LONGEST_TEXT):
            why = f"It has {len(text):,} characters."
            yield _held(variant, name, text, why, "Shorten it in BigCommerce.")
    if variant.quantity is not None and abs(variant.quantity) > _LARGEST_QUANTITY:
        why = "No stock is so large."
        yield _held(variant, "quantity", variant.quantity, why, "Correct it in BigCommerce.")
    for name in ("price", "regular_price", "cost", "map_price"):
        price: Money | None = getattr(variant, name)
        if price is not None and not 0 <= price.amount < _LARGEST_PRICE:
            why = "No product costs that."
            yield _held(variant, name, price.amount, why, "Correct it in BigCommerce.")


def _are_sound(variant: Variant) -> bool:
    """Whether no text can have a flaw, which writing all of them at once shows: half of a
    surrogate pair cannot be written, and NUL is written as no other character is."""
    texts = [
        variant.sku,
        variant.name,
        variant.description,
        variant.brand,
        variant.barcode,
        variant.mpn,
        variant.condition,
        variant.image_urls,
        variant.custom_fields,
        variant.options,
        variant.metafields,
    ]
    try:
        written = orjson.dumps(texts)
    except orjson.JSONEncodeError:
        return False
    return (
        len(variant.sku) <= _LONGEST_SKU
        and len(written) <= _LONGEST_TEXT
        and _WRITTEN_NUL not in written
    )


def _texts(variant: Variant) -> Iterator[tuple[str, str]]:
    for name in ("sku", "name", "description", "brand", "barcode", "mpn", "condition"):
        yield name, getattr(variant, name)
    yield "image_urls", "\n".join(variant.image_urls)
    for name in ("custom_fields", "options", "metafields"):
        fields: Mapping[str, str] = getattr(variant, name)
        yield name, "\n".join(f"{key}: {value}" for key, value in fields.items())


def _held(variant: Variant, field: str, value: object, why: str, fix: str) -> HeldVariant:
    return HeldVariant(
        product_id=variant.product_id,
        variant_id=variant.variant_id,
        sku=shown(variant.sku),
        field=field,
        value=shown(value),
        why=why,
        fix=fix,
    )
