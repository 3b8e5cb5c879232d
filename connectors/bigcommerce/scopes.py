"""Which OAuth scope of the store's API account each operation needs.

Operations are named as BigCommerce's OpenAPI files name them.
OAuth scopes: https://docs.bigcommerce.com/docs/start/authentication/api-accounts
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Scope:
    """A scope by its name in the control panel and in a token."""

    title: str
    token: str

    def __str__(self) -> str:
        return f"{self.title} ({self.token})"


INFORMATION: Final = Scope("Information & Settings: read-only", "store_v2_information_read_only")
PRODUCTS: Final = Scope("Products: read-only", "store_v2_products_read_only")
INVENTORY: Final = Scope("Store Inventory: read-only", "store_inventory_read_only")
STOCK: Final = Scope("Store Inventory: modify", "store_inventory")
LOCATIONS: Final = Scope("Locations: read-only", "store_locations_read_only")
CHANNELS: Final = Scope("Channel Settings: read-only", "store_channel_settings_read_only")
ORDERS: Final = Scope("Orders: modify", "store_v2_orders")

SCOPE_OF: Final = {
    "getStoreInformation": INFORMATION,
    "getSettingsMeasurementUnits": INFORMATION,
    "getProducts": PRODUCTS,
    "getVariants": PRODUCTS,
    "getBrands": PRODUCTS,
    "getAllCategories": PRODUCTS,
    "getProductsMetafields": PRODUCTS,
    "getVariantsMetafields": PRODUCTS,
    "getProductModifiers": PRODUCTS,
    "getPriceLists": PRODUCTS,
    "getPriceListRecords": PRODUCTS,
    "getLocations": LOCATIONS,
    "getChannel": CHANNELS,
    "get-inventory-items": INVENTORY,
    "post-relative-adjustment": STOCK,
    "getOrders": ORDERS,
    "createOrder": ORDERS,
    "getOrder": ORDERS,
    "updateOrder": ORDERS,
    "getOrdersRefunds": ORDERS,
    "getOrderProducts": ORDERS,
    "getOrderShipments": ORDERS,
    # Webhooks need no scope of their own, but those of what they tell.
    "getWebhooks": INFORMATION,
    "createWebhooks": PRODUCTS,
    "updateWebhook": PRODUCTS,
    "deleteWebhook": PRODUCTS,
}
