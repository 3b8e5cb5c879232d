"""The two refusals of POST /v2/orders that name products: options (400) and quantities (409)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import Any

from sandbox.bigcommerce.behaviour import ConflictShape
from sandbox.bigcommerce.catalog.products import Product
from sandbox.bigcommerce.refusals import V2Refusal

Json = dict[str, Any]

OPTIONS_MESSAGE = "The options of one or more products are invalid."
QUANTITIES_MESSAGE = (
    "Quantities of one or more products are out of stock or did not meet quantity requirements."
)


class ProblemReporter:
    """Words the refusals for one store."""

    def __init__(self, store_hash: str) -> None:
        self._root = f"https://store-{store_hash}.mybigcommerce.com/api/v2"
        self._conflicts = count()

    def options(self, problems: list[Json]) -> V2Refusal:
        """The 400 for product options."""
        return V2Refusal(400, OPTIONS_MESSAGE, {"errors": problems})

    def mandatory_options(self, product: Product, missing: Iterable[Json]) -> Json:
        """Options or modifiers that the line should have answered."""
        required = [self._option(product, option) for option in missing]
        return {
            "type": "MandatoryProductOptions",
            "product": self._product(product, required_product_options=required),
        }

    def unknown_option(self, product: Product, option_id: Any) -> Json:
        """An answer to a question that the product does not ask."""
        return {"type": "InvalidProductOption", "product": self._product(product, value=option_id)}

    def invalid_option_value(self, product: Product, option: Json, value: Any) -> Json:
        """An answer that the option does not offer."""
        shown = {**self._option(product, option), "value": value}
        return {
            "type": "InvalidProductOptionValue",
            "product": self._product(product, product_option=shown),
        }

    def quantities(self, problems: list[Json]) -> V2Refusal:
        """The 409 for quantities."""
        return V2Refusal(409, QUANTITIES_MESSAGE, {"errors": problems})

    def next_shape_is_legacy(self, shape: ConflictShape) -> bool:
        """Whether the coming conflict has the legacy shape; `alternate` begins with it."""
        if shape == "alternate":
            return next(self._conflicts) % 2 == 0
        return shape == "legacy"

    def exceeds_maximum(self, product: Product) -> Json:
        """More than may be bought at once."""
        maximum = product.get("order_quantity_maximum")
        return {
            "type": "ExceedsMaxQuantity",
            "product": self._product(product, maximum_quantity=maximum),
        }

    def below_minimum(self, product: Product) -> Json:
        """Less than must be bought at once."""
        minimum = product.get("order_quantity_minimum")
        return {
            "type": "InsufficientQuantity",
            "product": self._product(product, minimum_quantity=minimum),
        }

    def out_of_stock_legacy(self, product: Product, variant: Json, available: int) -> Json:
        """Too little stock, in the shape that names the product and its SKU."""
        sku_id = variant.get("sku_id") or variant["id"]
        resource = f"/products/{product.id}/skus/{sku_id}"
        sku = {
            "id": sku_id,
            "sku": variant.get("sku", ""),
            "url": f"{self._root}{resource}.json",
            "resource": resource,
            "inventory_level": available,
        }
        return {"type": "OutOfStock", "product": self._product(product, sku=sku)}

    def out_of_stock(
        self, variant: Json, available: int, *, channel_id: int, location_id: int
    ) -> Json:
        """Too little stock, in the shape of the Inventory API."""
        return {
            "type": "OutOfStock",
            "message": (
                f"Insufficient stock of variant(id: {variant['id']}), "
                f"available stock: {available}, available quantity for backorder: 0. "
                f"order(id: ), channel(id: {channel_id}), location(id: {location_id})."
            ),
            "variant_id": variant["id"],
            "location_id": location_id,
            "available_quantity": available,
            "available_quantity_for_backorder": 0,
        }

    def _product(self, product: Product, **more: Any) -> Json:
        resource = f"/products/{product.id}"
        return {
            "id": product.id,
            "name": product.get("name"),
            "url": f"{self._root}{resource}.json",
            "resource": resource,
            **more,
        }

    def _option(self, product: Product, option: Json) -> Json:
        resource = f"/products/{product.id}/options/{option['id']}"
        return {
            "id": option["id"],
            "option_id": option["id"],
            "display_name": option["display_name"],
            "url": f"{self._root}{resource}.json",
            "resource": resource,
        }
