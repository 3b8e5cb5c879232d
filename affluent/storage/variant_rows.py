"""A variant as the columns of its row, and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from affluent.domain.money import Money
from affluent.domain.product import Size, Variant
from affluent.storage.bulk import Values
from affluent.storage.catalog_tables import VariantContent, VariantRow, VariantVersionRow
from affluent.storage.columns import content_hash

_NOTHING: Final[Mapping[str, Any]] = {}


def variant_values(variant: Variant, seen_at: datetime) -> Values:
    """The row of a variant that was read at `seen_at`, with the hash of its content."""
    row: Values = {
        "variant_id": variant.variant_id,
        "product_id": variant.product_id,
        "sku": variant.sku,
        "name": variant.name,
        "description": variant.description,
        "brand": variant.brand,
        "price_amount": variant.price.amount,
        "price_currency": variant.price.currency,
        "regular_amount": _amount(variant.regular_price),
        "cost_amount": _amount(variant.cost),
        "map_amount": _amount(variant.map_price),
        "quantity": variant.quantity,
        "barcode": variant.barcode,
        "mpn": variant.mpn,
        "condition": variant.condition,
        "is_visible": variant.is_visible,
        "category_ids": variant.category_ids,
        "modified_at": variant.modified_at,
        "weight": variant.weight,
        "weight_unit": variant.weight_unit,
        "size": _document(variant.size),
        "image_urls": variant.image_urls,
        "custom_fields": variant.custom_fields,
        "options": variant.options,
        "metafields": variant.metafields or _NOTHING,
    }
    row["content_hash"] = content_hash(row)
    row |= {"changed_at": seen_at, "seen_at": seen_at, "gone_at": None}
    return row


@lru_cache
def _document(size: Size | None) -> Mapping[str, str | None]:
    """The same one for the same measures, so that it is written once for all who share it."""
    if size is None:
        return _NOTHING
    return {
        "length": size.length,
        "width": size.width,
        "height": size.height,
        "unit": size.unit,
    }


def variant_from(row: VariantRow | VariantVersionRow) -> Variant:
    """The variant that a row, present or past, tells of."""
    return Variant(
        variant_id=row.variant_id,
        product_id=row.product_id,
        sku=row.sku,
        name=row.name,
        description=row.description,
        brand=row.brand,
        price=Money(row.price_amount, row.price_currency),
        regular_price=_money(row.regular_amount, row),
        cost=_money(row.cost_amount, row),
        map_price=_money(row.map_amount, row),
        quantity=row.quantity,
        barcode=row.barcode,
        mpn=row.mpn,
        condition=row.condition,
        is_visible=row.is_visible,
        category_ids=tuple(row.category_ids),
        modified_at=row.modified_at,
        weight=row.weight,
        weight_unit=row.weight_unit,
        size=Size(**row.size) if row.size else None,
        image_urls=tuple(row.image_urls),
        custom_fields=row.custom_fields,
        options=row.options,
        metafields=row.metafields,
    )


def _amount(money: Money | None) -> Decimal | None:
    return None if money is None else money.amount


def _money(amount: Decimal | None, row: VariantContent) -> Money | None:
    """The store has one currency: that of the price."""
    return None if amount is None else Money(amount, row.price_currency)
