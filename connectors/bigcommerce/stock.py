"""The port StoreStockPort: stock where orders take it from.

BigCommerce's orders take from the default location, which is a store's first one. An adjustment is
answered at once and shows a moment later.
Inventory V3: https://docs.bigcommerce.com/docs/rest-management/inventory/adjustments
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from affluent.ports.bigcommerce import Shelf
from connectors.bigcommerce.api import StoreApi
from connectors.bigcommerce.fields import Record, child, records, text, whole
from connectors.bigcommerce.inventory import items_by_sku

_AS_A_WHOLE: Final = "product"


class StoreStock:
    """The store's stock. Thread-safe."""

    def __init__(self, api: StoreApi) -> None:
        self._api = api

    def available(self, skus: Sequence[str]) -> dict[str, int]:
        """How many units orders may take of each SKU that has an inventory item, in bulk."""
        wanted = {sku.casefold(): sku for sku in skus}
        found: dict[str, int] = {}
        for item in items_by_sku(self._api, skus):
            sku = wanted.get(text(child(item, "identity"), "sku").casefold())
            place = _first_place(item)
            if sku is not None and place is not None:
                found[sku] = whole(place, "available_to_sell") or 0
        return found

    def shelf(self, product_id: int, variant_id: int) -> Shelf | None:
        """What an order may take of a variant; None where the store has no inventory item."""
        query = {"variant_id:in": str(variant_id)}
        pages = self._api.v3_pages("get-inventory-items", "/v3/inventory/items", query)
        items = [item for page in pages for item in page if _is_of(item, variant_id)]
        first = _first_place(items[0]) if items else None
        if first is None:
            return None
        return Shelf(
            product_id=product_id,
            variant_id=None if self._is_counted_as_a_whole(product_id) else variant_id,
            location_id=_location_id(first),
            available=whole(first, "available_to_sell") or 0,
        )

    def raise_by(self, shelf: Shelf, units: int, reason: str) -> str:
        """Add units with one request that is never repeated; answers the transaction's id."""
        named = (
            {"product_id": shelf.product_id}
            if shelf.variant_id is None
            else {"variant_id": shelf.variant_id}
        )
        item = {"location_id": shelf.location_id, **named, "quantity": units}
        path = "/v3/inventory/adjustments/relative"
        body = {"reason": reason, "items": [item]}
        answer = self._api.post_once("post-relative-adjustment", path, body)
        return answer.read(lambda told: text(told, "transaction_id"))

    def _is_counted_as_a_whole(self, product_id: int) -> bool:
        """BigCommerce takes an adjustment by the id alone by which it counts."""
        query = {"id:in": str(product_id), "include_fields": "inventory_tracking"}
        pages = self._api.v3_pages("getProducts", "/v3/catalog/products", query)
        return any(
            text(product, "inventory_tracking") == _AS_A_WHOLE for page in pages for product in page
        )


def _is_of(item: Record, variant_id: int) -> bool:
    return whole(child(item, "identity"), "variant_id") == variant_id


def _first_place(item: Record) -> Record | None:
    places = records(item, "locations")
    enabled = [place for place in places if place.get("location_enabled") is not False]
    return min(enabled, key=_location_id, default=None)


def _location_id(place: Record) -> int:
    return whole(place, "location_id") or 0
