"""One V3 product with its variants -> one `Variant` per sellable variant, inheritance resolved.

At product level an unset number is 0, at variant level null, which means: as the product.
Pure; the calls stand in `catalog.py`.
Products V3 and Product Variants V3: https://docs.bigcommerce.com/docs/rest-catalog/products
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from affluent.domain.money import Money
from affluent.domain.product import Size, Variant
from connectors.bigcommerce.fields import Record, amount, moment, records, text, whole
from connectors.bigcommerce.settings import StoreSettings

StockOf = Callable[[Record, int], int | None]

_PRICES: Final = ("price", "sale_price", "cost_price", "map_price")
_MEASURES: Final = ("weight", "depth", "width", "height")


def map_product_to_variants(
    product: Record, settings: StoreSettings, brand: str, stock_of: StockOf
) -> list[Variant]:
    """Every sellable variant of one product; `stock_of` answers for a product and a variant id."""
    common = _common(product, settings, brand)
    inherited = _Inherited.of(product)
    return [
        _map_variant(product, variant, settings, common, inherited, stock_of(product, variant_id))
        for variant in records(product, "variants")
        if (variant_id := whole(variant, "id")) is not None
    ]


def is_assigned(product: Record, channel_id: int) -> bool:
    """Whether a product that came with its `channels` is assigned to this one."""
    channels = product.get("channels")
    return isinstance(channels, list) and channel_id in channels


@dataclass(frozen=True, slots=True)
class _Inherited:
    """What a product's variants take from it where they have none of their own: read once, since
    reading is what most of the time of a long catalog goes into."""

    name: str
    mpn: str
    amounts: Mapping[str, Decimal]
    measures: Mapping[str, str | None]
    image_urls: Sequence[str]

    @classmethod
    def of(cls, product: Record) -> _Inherited:
        amounts = {name: amount(product, name) or Decimal(0) for name in (*_PRICES, *_MEASURES)}
        return cls(
            name=text(product, "name"),
            mpn=text(product, "mpn"),
            amounts=amounts,
            measures={name: _measure(amounts[name]) for name in _MEASURES},
            image_urls=_image_urls(product),
        )

    def amount(self, variant: Record, name: str) -> Decimal:
        own = amount(variant, name)
        return self.amounts[name] if own is None else own

    def entered(self, variant: Record, name: str, currency: str) -> Money | None:
        """An amount, or None: 0 is what nobody entered."""
        value = self.amount(variant, name)
        return Money(value, currency) if value > 0 else None

    def measure(self, variant: Record, name: str) -> str | None:
        own = amount(variant, name)
        return self.measures[name] if own is None else _measure(own)


def _common(product: Record, settings: StoreSettings, brand: str) -> dict[str, Any]:
    return {
        "product_id": whole(product, "id") or 0,
        "description": text(product, "description"),
        "brand": brand,
        "condition": text(product, "condition"),
        "category_ids": _category_ids(product),
        "modified_at": moment(product, "date_modified"),
        "weight_unit": settings.weight_unit,
        "custom_fields": {
            text(custom_field, "name"): text(custom_field, "value")
            for custom_field in records(product, "custom_fields")
        },
    }


def _map_variant(
    product: Record,
    variant: Record,
    settings: StoreSettings,
    common: Mapping[str, Any],
    inherited: _Inherited,
    quantity: int | None,
) -> Variant:
    options = _options(variant)
    is_base = not options
    own_image = text(variant, "image_url")
    return Variant(
        **common,
        variant_id=whole(variant, "id") or 0,
        sku=text(variant, "sku") or (text(product, "sku") if is_base else ""),
        name=_name(inherited.name, options),
        price=Money(_price(variant, inherited), settings.currency),
        regular_price=_regular_price(variant, inherited, settings.currency),
        cost=inherited.entered(variant, "cost_price", settings.currency),
        map_price=inherited.entered(variant, "map_price", settings.currency),
        quantity=quantity,
        barcode=_barcode(variant) or (_barcode(product) if is_base else ""),
        mpn=text(variant, "mpn") or inherited.mpn,
        is_visible=_is_visible(product, variant),
        weight=inherited.measure(variant, "weight"),
        size=_size(variant, inherited, settings.length_unit),
        image_urls=tuple(dict.fromkeys(url for url in (own_image, *inherited.image_urls) if url)),
        options=options,
    )


def _options(variant: Record) -> dict[str, str]:
    return {
        text(value, "option_display_name"): text(value, "label")
        for value in records(variant, "option_values")
    }


def _name(name: str, options: dict[str, str]) -> str:
    labels = " / ".join(options.values())
    return f"{name} - {labels}" if labels else name


def _price(variant: Record, inherited: _Inherited) -> Decimal:
    sale = inherited.amount(variant, "sale_price")
    return sale if sale > 0 else inherited.amount(variant, "price")


def _regular_price(variant: Record, inherited: _Inherited, currency: str) -> Money | None:
    """The price without the sale, while one runs."""
    if inherited.amount(variant, "sale_price") <= 0:
        return None
    return inherited.entered(variant, "price", currency)


def _barcode(record: Record) -> str:
    return text(record, "gtin") or text(record, "upc")


def _is_visible(product: Record, variant: Record) -> bool:
    return (
        product.get("is_visible", True) is not False
        and product.get("availability") != "disabled"
        and variant.get("purchasing_disabled") is not True
    )


def _category_ids(product: Record) -> tuple[int, ...]:
    categories = product.get("categories")
    return tuple(categories) if isinstance(categories, list) else ()


def _measure(value: Decimal) -> str | None:
    """A weight or a length as text, or None: 0 is what nobody entered."""
    return format(value.normalize(), "f") if value > 0 else None


def _size(variant: Record, inherited: _Inherited, unit: str) -> Size | None:
    length, width, height = (
        inherited.measure(variant, name) for name in ("depth", "width", "height")
    )
    if length is None and width is None and height is None:
        return None
    return Size(length, width, height, unit)


def _image_urls(product: Record) -> list[str]:
    """The thumbnail, then the rest as the merchant sorted them."""
    images = sorted(
        records(product, "images"),
        key=lambda image: (not image.get("is_thumbnail"), whole(image, "sort_order") or 0),
    )
    return [text(image, "url_zoom") or text(image, "url_standard") for image in images]
