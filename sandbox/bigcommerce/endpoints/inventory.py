"""/v3/inventory: items, locations, adjustments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.bigcommerce.answers import json_answer, v3_object, v3_page
from sandbox.bigcommerce.catalog.conditions import (
    Filter,
    read_flag,
    read_text,
    split,
    whole_numbers,
)
from sandbox.bigcommerce.endpoints.pages import filtered, page_of
from sandbox.bigcommerce.inventory.adjustments import MAXIMUM_ITEMS, refused, stock_key
from sandbox.bigcommerce.inventory.stock import StockKey
from sandbox.bigcommerce.paging import v3_page_request
from sandbox.bigcommerce.refusals import PROBLEM, V3Refusal
from sandbox.bigcommerce.state import StoreState

Json = dict[str, Any]

ITEM_LIMIT = 1000
SETTINGS = ("safety_stock", "is_in_stock", "warning_level", "bin_picking_number")
LOCATION_FILTERS = {
    "id": Filter(int, ("in",)),
    "code": Filter(read_text, ("in",)),
    "type_id": Filter(read_text, ("in",)),
    "is_default": Filter(read_flag),
    "enabled": Filter(read_flag),
    "managed_by_external_source": Filter(read_flag),
    "storefront_visibility": Filter(read_flag),
}
LOCATION_NAMES = {
    "location_id:in": "id:in",
    "location_code:in": "code:in",
    "is_active": "enabled",
}


class InventoryEndpoints:
    """Stock by item and location."""

    def __init__(self, state: StoreState) -> None:
        self._state = state

    def routes(self) -> list[Route]:
        """Paths below /stores/{store_hash}."""
        at_location = "/v3/inventory/locations/{location_id:int}/items"
        adjustments = "/v3/inventory/adjustments"
        return [
            Route("/v3/inventory/items", self.list_items, methods=["GET"]),
            Route("/v3/inventory/locations", self.list_locations, methods=["GET"]),
            Route(at_location, self.list_at_location, methods=["GET"]),
            Route(at_location, self.change_settings, methods=["PUT"]),
            Route(f"{adjustments}/absolute", self.adjust_absolute, methods=["PUT"]),
            Route(f"{adjustments}/relative", self.adjust_relative, methods=["POST"]),
        ]

    async def list_items(self, request: Request) -> Response:
        """GET: a page of items, each with its stock at the wanted locations."""
        query = request.query_params
        ids = self._variant_ids(query)
        page = v3_page_request(query, maximum=ITEM_LIMIT)
        locations = self._location_ids(query)
        rows = [self._item(variant_id, locations) for variant_id in page.cut(ids)]
        return v3_page(rows, page.meta(len(ids), len(rows)))

    async def list_at_location(self, request: Request) -> Response:
        """GET: a page of items with their stock at one location."""
        location_id = self._location(request)
        query = request.query_params
        ids = self._variant_ids(query)
        page = v3_page_request(query, maximum=ITEM_LIMIT)
        rows = [self._item_at(variant_id, location_id) for variant_id in page.cut(ids)]
        return v3_page(rows, page.meta(len(ids), len(rows)))

    async def list_locations(self, request: Request) -> Response:
        """GET the locations."""
        renamed = {LOCATION_NAMES.get(k, k): v for k, v in request.query_params.items()}
        locations = self._state.stock.locations.values()
        rows = [{**each.view(), "is_default": each.is_default} for each in locations]
        found = filtered(rows, QueryParams(renamed), LOCATION_FILTERS)
        return page_of(request, [{k: v for k, v in r.items() if k != "is_default"} for r in found])

    async def adjust_absolute(self, request: Request) -> Response:
        """PUT quantities."""
        items = await self._items(request)
        return json_answer({"transaction_id": self._state.adjustments.absolute(items)})

    async def adjust_relative(self, request: Request) -> Response:
        """POST differences."""
        items = await self._items(request)
        return json_answer({"transaction_id": self._state.adjustments.relative(items)})

    async def change_settings(self, request: Request) -> Response:
        """PUT safety stock and the like for items at one location."""
        location_id = self._location(request)
        given = (await v3_object(request)).get("settings") or []
        if len(given) > MAXIMUM_ITEMS:
            raise refused(f"The number of items must not exceed {MAXIMUM_ITEMS}")
        changes = [
            self._settings_change(place, each, location_id) for place, each in enumerate(given)
        ]
        for key, settings in changes:
            self._state.stock.change_settings(key, settings)
        return json_answer({"transaction_id": self._state.adjustments.transaction_id()})

    def _settings_change(self, place: int, given: Json, location_id: int) -> tuple[StockKey, Json]:
        settings = {name: given[name] for name in SETTINGS if name in given}
        if not settings:
            text = (
                "At least one setting must be specified: warning_level, is_in_stock or safety_stock"
            )
            raise refused("Payload contains invalid fields", {f"setting.{place}.settings": text})
        identity = given.get("identity") or {}
        key = stock_key(self._state.catalog, self._state.stock, identity, location_id)
        return key, settings

    async def _items(self, request: Request) -> list[Json]:
        items = (await v3_object(request)).get("items")
        if not isinstance(items, list) or not all(isinstance(each, dict) for each in items):
            raise refused("Payload contains invalid fields", {"items": "must be an array"})
        return items

    def _location(self, request: Request) -> int:
        location_id = int(request.path_params["location_id"])
        if location_id not in self._state.stock.locations:
            raise V3Refusal(404, "The location does not exist.", {}, media_type=PROBLEM)
        return location_id

    def _location_ids(self, query: QueryParams) -> list[int]:
        ids, codes = (
            split(query.get("location_id:in", "")),
            split(query.get("location_code:in", "")),
        )
        return [
            location.id
            for location in self._state.stock.locations.values()
            if (not ids or str(location.id) in ids) and (not codes or location.code in codes)
        ]

    def _variant_ids(self, query: QueryParams) -> Sequence[int]:
        index = self._state.catalog.index
        if "sku:in" in query:
            found = (index.id_by_variant_sku(sku) for sku in split(query["sku:in"]))
            return sorted({each for each in found if each is not None})
        if "variant_id:in" in query:
            wanted = set(whole_numbers(query, "variant_id:in"))
            return sorted(each for each in wanted if index.variant(each) is not None)
        if "product_id:in" in query:
            products = map(index.get, whole_numbers(query, "product_id:in"))
            return sorted(v["id"] for product in products if product for v in product.variants)
        return index.variant_ids()

    def _item(self, variant_id: int, location_ids: list[int]) -> Json:
        variant = self._state.catalog.variant(variant_id)
        return {
            "identity": {**_identity(variant), "sku_id": variant.get("sku_id")},
            "locations": [self._at(variant, location_id) for location_id in location_ids],
        }

    def _at(self, variant: Json, location_id: int) -> Json:
        location = self._state.stock.locations[location_id]
        return {
            "location_id": location_id,
            "location_code": location.code,
            "location_name": location.label,
            "location_enabled": location.enabled,
            **self._quantities(variant, location_id),
        }

    def _item_at(self, variant_id: int, location_id: int) -> Json:
        variant = self._state.catalog.variant(variant_id)
        return {"identity": _identity(variant), **self._quantities(variant, location_id)}

    def _quantities(self, variant: Json, location_id: int) -> Json:
        stock = self._state.stock
        key = stock.key(self._state.catalog.index.product_of(variant), variant, location_id)
        return {
            "available_to_sell": stock.available(key),
            "total_inventory_onhand": stock.on_hand(key),
            "settings": stock.settings(key),
        }


def _identity(variant: Json) -> Json:
    return {
        "sku": variant.get("sku", ""),
        "variant_id": variant["id"],
        "product_id": variant["product_id"],
    }
