"""GET /v3/catalog/summary."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

from sandbox.bigcommerce.catalog.products import ProductIndex
from sandbox.bigcommerce.catalog.shelves import Shelves
from sandbox.bigcommerce.money import ZERO

Json = dict[str, Any]


def catalog_summary(index: ProductIndex, shelves: Shelves) -> Json:
    """Counts, stock value and price range over all variants."""
    prices: list[Decimal] = []
    value, stock = ZERO, 0
    filed: Counter[int] = Counter()
    dates = [product.get("date_created") for product in index]
    for product in index:
        filed.update(product.get("categories"))
        for variant in product.variants:
            price = Decimal(str(variant["calculated_price"]))
            level = variant.get("inventory_level") or 0
            prices.append(price)
            value, stock = value + price * level, stock + level
    primary_id = filed.most_common(1)[0][0] if filed else 0
    average = sum(prices, ZERO) / len(prices) if prices else ZERO
    return {
        "inventory_count": stock,
        "inventory_value": float(value),
        "primary_category_id": primary_id,
        "primary_category_name": shelves.categories.get(primary_id, {}).get("name", ""),
        "variant_count": len(prices),
        "highest_variant_price": float(max(prices, default=ZERO)),
        "average_variant_price": float(round(average, 4)),
        "lowest_variant_price": str(min(prices, default=ZERO)),
        "oldest_variant_date": min(dates, default=""),
        "newest_variant_date": max(dates, default=""),
    }
