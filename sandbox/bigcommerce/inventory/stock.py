"""How much of each item lies where.

The default location's quantity is the catalog's own `inventory_level`, so that it stands in one
place only; the other locations and the safety stocks are kept here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sandbox.bigcommerce.catalog.catalog import STOCK_FIELD, Catalog, set_level
from sandbox.bigcommerce.catalog.products import Product
from sandbox.bigcommerce.inventory.locations import DEFAULT_LOCATION_ID, Location

Json = dict[str, Any]


@dataclass(frozen=True)
class StockKey:
    """What is counted, the product or one variant by its tracking, and where."""

    product_id: int
    variant_id: int | None
    location_id: int


class Stock:
    """On hand, safety stock and available to sell, per item and location."""

    def __init__(self, catalog: Catalog, opened_at: str) -> None:
        self._catalog = catalog
        self._elsewhere: dict[StockKey, int] = {}
        self._settings: dict[StockKey, Json] = {}
        self.locations = {
            DEFAULT_LOCATION_ID: Location(
                DEFAULT_LOCATION_ID, "BC-LOCATION-1", "Default location", opened_at
            )
        }

    def add_location(self, code: str, label: str, opened_at: str, enabled: bool = True) -> int:
        """A further location; its items need an absolute adjustment first."""
        location_id = max(self.locations) + 1
        self.locations[location_id] = Location(location_id, code, label, opened_at, enabled)
        return location_id

    def key(self, product: Product, variant: Json, location_id: int) -> StockKey:
        """Under which key the variant's stock is counted."""
        by_variant = product.tracking == "variant"
        return StockKey(product.id, variant["id"] if by_variant else None, location_id)

    def is_initialised(self, key: StockKey) -> bool:
        """Whether a quantity was ever set there."""
        return key.location_id == DEFAULT_LOCATION_ID or key in self._elsewhere

    def on_hand(self, key: StockKey) -> int:
        """The quantity that lies there."""
        if key.location_id != DEFAULT_LOCATION_ID:
            return self._elsewhere.get(key, 0)
        if key.variant_id is not None:
            return int(self._catalog.variant(key.variant_id).get(STOCK_FIELD) or 0)
        return int(self._catalog.product(key.product_id).get(STOCK_FIELD))

    def available(self, key: StockKey) -> int:
        """Available to sell: on hand less the safety stock."""
        return self.on_hand(key) - self.safety_stock(key)

    def safety_stock(self, key: StockKey) -> int:
        """What is held back from sale."""
        return int(self._settings.get(key, {}).get("safety_stock", 0))

    def set_on_hand(self, key: StockKey, quantity: int) -> None:
        """Set the quantity there; the product counts as changed."""
        product = self._catalog.product(key.product_id)
        if key.location_id == DEFAULT_LOCATION_ID:
            variant = self._catalog.variant(key.variant_id or product.variants[0]["id"])
            set_level(product, variant, quantity)
        else:
            self._elsewhere[key] = quantity
        self._catalog.touch(product)

    def change_settings(self, key: StockKey, settings: Json) -> None:
        """Set safety stock, warning level, bin number or the in-stock flag."""
        self._settings.setdefault(key, {}).update(settings)

    def settings(self, key: StockKey) -> Json:
        """The location's settings for the item, with the API's defaults."""
        return {
            "safety_stock": 0,
            "is_in_stock": True,
            "warning_level": 0,
            "bin_picking_number": "",
            **self._settings.get(key, {}),
        }
