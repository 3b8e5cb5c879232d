"""One V3 product with its variants -> one `Variant` per sellable variant, inheritance resolved.

At product level an unset number is 0, at variant level null, which means: as the product.
Pure; the calls stand in `catalog.py`.
Products V3 and Product Variants V3: https://docs.bigcommerce.com/docs/rest-catalog/products
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from affluent.domain.money import Money
from affluent.domain.product import Size, Variant
from connectors.bigcommerce.fields import Record, amount, moment, records, text, whole
from connectors.bigcommerce.settings import StoreSettings

StockOf = Callable[[Record, int], int | None]


def map_product_to_variants(
    product: Record, settings: StoreSettings, brand: str, stock_of: StockOf
) -> list[Variant]:
    """Every sellable variant of one product; `stock_of` answers for a product and a variant id."""
    return [
        _map_variant(product, variant, settings, brand, stock_of(product, variant_id))
        for variant in records(product, "variants")
        if (variant_id := whole(variant, "id")) is not None
    ]


def is_assigned(product: Record, channel_id: int) -> bool:
    """Whether a product that came with its `channels` is assigned to this one."""
    channels = product.get("channels")
    return isinstance(channels, list) and channel_id in channels


def _map_variant(
    product: Record, variant: Record, settings: StoreSettings, brand: str, quantity: int | None
) -> Variant:
    options = _options(variant)
    is_base = not options
    return Variant(
        variant_id=whole(variant, "id") or 0,
        product_id=whole(product, "id") or 0,
        sku=text(variant, "sku") or (text(product, "sku") if is_base else ""),
        name=_name(product, options),
        description=text(product, "description"),
        brand=brand,
        price=Money(_price(product, variant), settings.currency),
        regular_price=_regular_price(product, variant, settings.currency),
        cost=_entered(product, variant, "cost_price", settings.currency),
        map_price=_entered(product, variant, "map_price", settings.currency),
        quantity=quantity,
        barcode=_barcode(variant) or (_barcode(product) if is_base else ""),
        mpn=text(variant, "mpn") or text(product, "mpn"),
        condition=text(product, "condition"),
        is_visible=_is_visible(product, variant),
        category_ids=_category_ids(product),
        modified_at=moment(product, "date_modified"),
        weight=_measure(product, variant, "weight"),
        weight_unit=settings.weight_unit,
        size=_size(product, variant, settings.length_unit),
        image_urls=_image_urls(product, variant),
        custom_fields={
            text(custom_field, "name"): text(custom_field, "value")
            for custom_field in records(product, "custom_fields")
        },
        options=options,
    )


def _options(variant: Record) -> dict[str, str]:
    return {
        text(value, "option_display_name"): text(value, "label")
        for value in records(variant, "option_values")
    }


def _name(product: Record, options: dict[str, str]) -> str:
    labels = " / ".join(options.values())
    name = text(product, "name")
    return f"{name} - {labels}" if labels else name


def _price(product: Record, variant: Record) -> Decimal:
    sale = _inherited(product, variant, "sale_price")
    return sale if sale > 0 else _inherited(product, variant, "price")


def _regular_price(product: Record, variant: Record, currency: str) -> Money | None:
    """The price without the sale, while one runs."""
    if _inherited(product, variant, "sale_price") <= 0:
        return None
    return _entered(product, variant, "price", currency)


def _entered(product: Record, variant: Record, name: str, currency: str) -> Money | None:
    """An amount, or None: 0 is what nobody entered."""
    value = _inherited(product, variant, name)
    return Money(value, currency) if value > 0 else None


def _inherited(product: Record, variant: Record, name: str) -> Decimal:
    own = amount(variant, name)
    return own if own is not None else amount(product, name) or Decimal(0)


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


def _measure(product: Record, variant: Record, name: str) -> str | None:
    """A weight or a length as text, or None: 0 is what nobody entered."""
    value = _inherited(product, variant, name)
    return format(value.normalize(), "f") if value > 0 else None


def _size(product: Record, variant: Record, unit: str) -> Size | None:
    length, width, height = (
        _measure(product, variant, name) for name in ("depth", "width", "height")
    )
    if length is None and width is None and height is None:
        return None
    return Size(length, width, height, unit)


def _image_urls(product: Record, variant: Record) -> tuple[str, ...]:
    """The variant's own picture, the thumbnail, then the rest as the merchant sorted them."""
    images = sorted(
        records(product, "images"),
        key=lambda image: (not image.get("is_thumbnail"), whole(image, "sort_order") or 0),
    )
    urls = [text(variant, "image_url")]
    urls += [text(image, "url_zoom") or text(image, "url_standard") for image in images]
    return tuple(dict.fromkeys(url for url in urls if url))
