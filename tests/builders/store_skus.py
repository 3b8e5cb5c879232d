"""What linking sees of a variant."""

from __future__ import annotations

from affluent.domain.inventory import StoreSku
from affluent.domain.product import Variant


def store_sku(variant: Variant) -> StoreSku:
    return StoreSku(
        variant_id=variant.variant_id,
        product_id=variant.product_id,
        sku=variant.sku,
        brand=variant.brand,
        barcode=variant.barcode,
        price=variant.price,
        quantity=variant.quantity,
        category_ids=variant.category_ids,
        custom_fields=variant.custom_fields,
        is_visible=variant.is_visible,
    )
