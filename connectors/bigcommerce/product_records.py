"""A page of products as BigCommerce's specification has it, read at once and with its types.

Hardly any page is otherwise. Where one is, it is read again record by record, leniently: what of it
cannot be read is held, and nothing else is lost.
Products V3: https://docs.bigcommerce.com/docs/rest-catalog/products
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from typing import Any, Final

import msgspec

from affluent.domain.held_variant import HeldVariant
from connectors.bigcommerce.fields import Record, amount, records, text, whole
from connectors.bigcommerce.readable import NUMBERS, is_number, sort_out


class OptionValue(msgspec.Struct, gc=False):
    """What a variant is: `option_display_name` "Color", `label` "Blue"."""

    option_display_name: str | None = None
    label: str | None = None


class Image(msgspec.Struct, gc=False):
    """One image of a product."""

    is_thumbnail: bool | None = None
    sort_order: int | None = None
    url_zoom: str | None = None
    url_standard: str | None = None


class CustomField(msgspec.Struct, gc=False):
    """One custom field of a product."""

    name: str | None = None
    value: str | None = None


class Sellable(msgspec.Struct, gc=False):
    """What a product and its variants both have. At product level an unset number is 0, at variant
    level null, which means: as the product."""

    id: int
    sku: str | None = None
    gtin: str | None = None
    upc: str | None = None
    mpn: str | None = None
    price: Decimal | None = None
    sale_price: Decimal | None = None
    cost_price: Decimal | None = None
    map_price: Decimal | None = None
    weight: Decimal | None = None
    depth: Decimal | None = None
    width: Decimal | None = None
    height: Decimal | None = None


class VariantRecord(Sellable, gc=False):
    """One variant, as it comes with its product."""

    image_url: str | None = None
    purchasing_disabled: bool | None = None
    option_values: list[OptionValue] | None = None


class ProductRecord(Sellable, gc=False):
    """One product with all that `include` brings along."""

    name: str | None = None
    description: str | None = None
    condition: str | None = None
    brand_id: int | None = None
    categories: list[int] | None = None
    channels: list[int] | None = None
    date_modified: str | None = None
    is_visible: bool | None = None
    availability: str | None = None
    inventory_tracking: str | None = None
    custom_fields: list[CustomField] | None = None
    images: list[Image] | None = None
    variants: list[VariantRecord] | None = None


@dataclass(frozen=True, slots=True)
class ProductPage:
    """The products of a page that can be read, and what is held; `last_id` is None on the page
    after the last."""

    products: list[ProductRecord]
    held: list[HeldVariant]
    last_id: int | None


class _Body(msgspec.Struct):
    data: list[ProductRecord]


_numbers_of: Final = attrgetter(*NUMBERS)
_NO_NUMBERS: Final = (None,) * len(NUMBERS)
_DECODER: Final = msgspec.json.Decoder(_Body)


def read_products(body: bytes) -> ProductPage:
    """The page of an answer's body. Raises ValueError, TypeError or LookupError where it is none.

    One without any id is no page, since the pages behind it could not be asked for.
    """
    try:
        products = _DECODER.decode(body).data
    except msgspec.MsgspecError:
        return _read_leniently(body)
    if not all(map(_is_sound, products)):
        return _read_leniently(body)
    return ProductPage(products, [], max((one.id for one in products), default=None))


def _is_sound(product: ProductRecord) -> bool:
    own = (_numbers_of(one) for one in (product, *(product.variants or ())))
    return all(map(_can_be_meant, (numbers for numbers in own if numbers != _NO_NUMBERS)))


def _can_be_meant(numbers: Iterable[Decimal | None]) -> bool:
    return all(number is None or is_number(number) for number in numbers)


def _read_leniently(body: bytes) -> ProductPage:
    page = json.loads(body, parse_float=Decimal)["data"]
    if not isinstance(page, list):
        raise TypeError("a list")
    readable, held = sort_out(page)
    return ProductPage(list(map(product_of, readable)), held, _last_id(page))


def _last_id(page: Iterable[object]) -> int | None:
    rows = list(page)
    ids = [whole(row, "id") for row in rows if isinstance(row, Mapping)]
    known = [one for one in ids if one is not None]
    if rows and not known:
        raise TypeError("a record with an id")
    return max(known, default=None)


def product_of(record: Record) -> ProductRecord:
    """A product whatever the types of its fields: what has another than it should counts as
    absent, unless `sort_out` has held it."""
    return ProductRecord(
        **_sellable(record),
        name=text(record, "name"),
        description=text(record, "description"),
        condition=text(record, "condition"),
        brand_id=whole(record, "brand_id"),
        categories=_numbers(record.get("categories")),
        channels=_numbers(record.get("channels")),
        date_modified=text(record, "date_modified"),
        is_visible=record.get("is_visible") is not False,
        availability=text(record, "availability"),
        inventory_tracking=text(record, "inventory_tracking"),
        custom_fields=[
            CustomField(text(one, "name"), text(one, "value"))
            for one in records(record, "custom_fields")
        ],
        images=[
            Image(
                bool(one.get("is_thumbnail")),
                whole(one, "sort_order"),
                text(one, "url_zoom"),
                text(one, "url_standard"),
            )
            for one in records(record, "images")
        ],
        variants=list(map(_variant_of, records(record, "variants"))),
    )


def _variant_of(record: Record) -> VariantRecord:
    return VariantRecord(
        **_sellable(record),
        image_url=text(record, "image_url"),
        purchasing_disabled=record.get("purchasing_disabled") is True,
        option_values=[
            OptionValue(text(one, "option_display_name"), text(one, "label"))
            for one in records(record, "option_values")
        ],
    )


def _sellable(record: Record) -> dict[str, Any]:
    texts = {name: text(record, name) for name in ("sku", "gtin", "upc", "mpn")}
    return {"id": whole(record, "id") or 0} | texts | {n: amount(record, n) for n in NUMBERS}


def _numbers(value: object) -> list[int]:
    return [one for one in value if type(one) is int] if isinstance(value, list) else []
