"""One V3 product with its variants -> one `Variant` per sellable variant, inheritance resolved.

Pure; the calls stand in `catalog.py`. What variants take from their product is made once, since a
long catalog's time goes into just this.
Products V3 and Product Variants V3: https://docs.bigcommerce.com/docs/rest-catalog/products
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from operator import attrgetter
from typing import Final, NamedTuple, TypeAlias

from affluent.domain.money import Money
from affluent.domain.product import Size, Variant, variant_name
from connectors.bigcommerce.fields import parsed_moment
from connectors.bigcommerce.product_records import ProductRecord, Sellable, VariantRecord
from connectors.bigcommerce.settings import StoreSettings

StockOf = Callable[[ProductRecord, int], int | None]

_Own: TypeAlias = tuple[Decimal | None, ...]

_own_prices: Final = attrgetter("price", "sale_price", "cost_price", "map_price")
_own_measures: Final = attrgetter("weight", "depth", "width", "height")
_NONE: Final = (None, None, None, None)


def map_product_to_variants(
    product: ProductRecord, settings: StoreSettings, brand: str, stock_of: StockOf
) -> list[Variant]:
    """Every sellable variant of one product; `stock_of` answers for a product and a variant id."""
    common = _Common.of(product, settings, brand)
    return [
        _map_variant(product, variant, settings, common, stock_of(product, variant.id))
        for variant in product.variants or ()
    ]


def is_assigned(product: ProductRecord, channel_id: int) -> bool:
    """Whether a product that came with its `channels` is assigned to this one."""
    return channel_id in (product.channels or ())


class _Prices(NamedTuple):
    """What is asked now; while a sale runs, what is asked without it; and what nobody sees."""

    price: Money
    regular_price: Money | None
    cost: Money | None
    map_price: Money | None


class _Measures(NamedTuple):
    weight: str | None
    size: Size | None


@dataclass(frozen=True, slots=True)
class _Common:
    """What a product's variants share where they have nothing of their own."""

    brand: str
    category_ids: tuple[int, ...]
    modified_at: datetime
    custom_fields: Mapping[str, str]
    image_urls: tuple[str, ...]
    is_visible: bool
    prices: _Prices
    measures: _Measures

    @classmethod
    def of(cls, product: ProductRecord, settings: StoreSettings, brand: str) -> _Common:
        return cls(
            brand=brand,
            category_ids=tuple(product.categories or ()),
            modified_at=parsed_moment(product.date_modified or ""),
            custom_fields={one.name or "": one.value or "" for one in product.custom_fields or ()},
            image_urls=_image_urls(product),
            is_visible=product.is_visible is not False and product.availability != "disabled",
            prices=_prices(_own_prices(product), settings.currency),
            measures=_measures(_own_measures(product), settings.length_unit),
        )


def _map_variant(
    product: ProductRecord,
    variant: VariantRecord,
    settings: StoreSettings,
    common: _Common,
    quantity: int | None,
) -> Variant:
    options = {
        one.option_display_name or "": one.label or "" for one in variant.option_values or ()
    }
    is_base = not options
    own_prices, own_measures = _own_prices(variant), _own_measures(variant)
    prices, measures = common.prices, common.measures
    if own_prices != _NONE:
        prices = _prices(_resolved(own_prices, _own_prices(product)), settings.currency)
    if own_measures != _NONE:
        measures = _measures(_resolved(own_measures, _own_measures(product)), settings.length_unit)
    return Variant(
        variant_id=variant.id,
        product_id=product.id,
        sku=variant.sku or (product.sku if is_base else "") or "",
        name=variant_name(product.name or "", options),
        description=product.description or "",
        brand=common.brand,
        price=prices.price,
        quantity=quantity,
        barcode=_barcode(variant) or (_barcode(product) if is_base else ""),
        mpn=variant.mpn or product.mpn or "",
        condition=product.condition or "",
        is_visible=common.is_visible and variant.purchasing_disabled is not True,
        category_ids=common.category_ids,
        modified_at=common.modified_at,
        weight=measures.weight,
        weight_unit=settings.weight_unit,
        size=measures.size,
        image_urls=_with_own(variant.image_url, common.image_urls),
        custom_fields=common.custom_fields,
        options=options,
        regular_price=prices.regular_price,
        cost=prices.cost,
        map_price=prices.map_price,
    )


def _barcode(record: Sellable) -> str:
    return record.gtin or record.upc or ""


def _resolved(own: _Own, inherited: _Own) -> _Own:
    return tuple(
        theirs if mine is None else mine for mine, theirs in zip(own, inherited, strict=True)
    )


def _prices(amounts: _Own, currency: str) -> _Prices:
    """Of price, sale price, cost and MAP. 0 is what nobody entered."""
    price, sale, cost, map_price = (_entered(amount, currency) for amount in amounts)
    now = sale or price or Money(amounts[0] or Decimal(0), currency)
    return _Prices(now, price if sale else None, cost, map_price)


def _entered(amount: Decimal | None, currency: str) -> Money | None:
    return Money(amount, currency) if amount is not None and amount > 0 else None


def _measures(measures: _Own, length_unit: str) -> _Measures:
    """Of weight, depth, width and height."""
    weight, length, width, height = map(_measure, measures)
    if length is None and width is None and height is None:
        return _Measures(weight, None)
    return _Measures(weight, Size(length, width, height, length_unit))


def _measure(value: Decimal | None) -> str | None:
    """A weight or a length as text, or None: 0 is what nobody entered."""
    return format(value.normalize(), "f") if value is not None and value > 0 else None


def _image_urls(product: ProductRecord) -> tuple[str, ...]:
    """The thumbnail, then the rest as the merchant sorted them."""
    images = sorted(
        product.images or (), key=lambda image: (not image.is_thumbnail, image.sort_order or 0)
    )
    urls = (image.url_zoom or image.url_standard for image in images)
    return tuple(dict.fromkeys(url for url in urls if url))


def _with_own(own: str | None, image_urls: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((own, *image_urls))) if own else image_urls
