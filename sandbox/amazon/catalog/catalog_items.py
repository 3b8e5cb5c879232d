"""Catalog Items API 2022-04-01."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from sandbox.amazon import parameters
from sandbox.amazon.catalog.items import CatalogItem
from sandbox.amazon.identifiers import equivalent_forms
from sandbox.amazon.marketplaces import MARKETPLACES
from sandbox.amazon.state import AmazonState
from sandbox.amazon.wire import BadRequest, Json, NotFound, json_response

INCLUDED_DATA = (
    "attributes",
    "classifications",
    "dimensions",
    "identifiers",
    "images",
    "productTypes",
    "relationships",
    "salesRanks",
    "summaries",
    "vendorDetails",
)
IDENTIFIER_TYPES = ("ASIN", "EAN", "GTIN", "ISBN", "JAN", "MINSAN", "SKU", "UPC")


class CatalogItemsApi:
    """Searches and reads Amazon's catalog."""

    def __init__(self, state: AmazonState) -> None:
        self._state = state

    async def search_catalog_items(self, request: Request) -> Response:
        """GET /catalog/2022-04-01/items: by identifiers of one type, or by keywords."""
        marketplace_ids = parameters.marketplaces(request, self._state.seller, at_most=1)
        included = _included_data(request)
        page_size = parameters.whole_number(request, "pageSize", default=10, low=1, high=20)
        find = self._search(request, marketplace_ids[0])
        query = parameters.query_without(request, "pageToken")
        token = request.query_params.get("pageToken")
        page = self._state.pages.catalog.page(token, query, page_size, find)
        found = [item for asin in page.keys if (item := self._state.catalog.by_asin(asin))]
        items = [item_json(item, included, marketplace_ids) for item in found]
        body: Json = {"numberOfResults": page.total, "items": items}
        if page.next_token:
            body["pagination"] = {"nextToken": page.next_token}
        if request.query_params.get("keywords"):
            body["refinements"] = _refinements(found)
        return json_response(body)

    async def get_catalog_item(self, request: Request) -> Response:
        """GET /catalog/2022-04-01/items/{asin}."""
        marketplace_ids = parameters.marketplaces(request, self._state.seller)
        included = _included_data(request)
        item = self._state.catalog.by_asin(request.path_params["asin"])
        if item is None:
            raise NotFound
        return json_response(item_json(item, included, marketplace_ids))

    def _search(self, request: Request, marketplace_id: str) -> Callable[[], list[str]]:
        identifiers = parameters.csv_values(request, "identifiers", at_most=20)
        keywords = parameters.csv_values(request, "keywords", at_most=20)
        if bool(identifiers) == bool(keywords):
            raise BadRequest("Exactly one of 'identifiers' and 'keywords' must be provided.")
        if keywords:
            brands = parameters.csv_values(request, "brandNames")
            return lambda: self._state.catalog.by_keywords(keywords, brands)
        kind = parameters.choice(request, "identifiersType", IDENTIFIER_TYPES)
        if kind is None:
            raise parameters.invalid("identifiersType")
        if kind == "SKU" and request.query_params.get("sellerId") != self._state.seller.seller_id:
            raise parameters.invalid("sellerId")
        return lambda: self._by_identifiers(kind, identifiers, marketplace_id)

    def _by_identifiers(self, kind: str, identifiers: list[str], marketplace_id: str) -> list[str]:
        found: dict[str, None] = {}
        for identifier in identifiers:
            item = (
                self._by_sku(identifier, marketplace_id)
                if kind == "SKU"
                else self._state.catalog.by_identifier(kind, identifier)
            )
            if item is not None:
                found[item.asin] = None
        return list(found)

    def _by_sku(self, sku: str, marketplace_id: str) -> CatalogItem | None:
        listing = self._state.listing_book.get(sku, marketplace_id)
        return self._state.catalog.by_asin(listing.asin) if listing and listing.asin else None


def _included_data(request: Request) -> list[str]:
    return parameters.csv_values(
        request, "includedData", allowed=INCLUDED_DATA, default=("summaries",)
    )


def item_json(item: CatalogItem, included: list[str], marketplace_ids: list[str]) -> Json:
    """The item with the data sets that were asked for."""
    body: Json = {"asin": item.asin}
    for name in included:
        if name == "attributes":
            body[name] = _attributes(item, marketplace_ids[0])
        else:
            body[name] = [
                {"marketplaceId": marketplace_id, **_DATA_SETS[name](item)}
                for marketplace_id in marketplace_ids
            ]
    return body


def _attributes(item: CatalogItem, marketplace_id: str) -> Json:
    language = MARKETPLACES[marketplace_id].language
    texts = {"item_name": item.item_name, "brand": item.brand}
    return {
        name: [{"value": value, "language_tag": language, "marketplace_id": marketplace_id}]
        for name, value in texts.items()
    }


def _identifiers(item: CatalogItem) -> Json:
    return {
        "identifiers": [
            {"identifierType": kind, "identifier": value}
            for kind, value in sorted(equivalent_forms(item.identifiers).items())
        ]
    }


def _summary(item: CatalogItem) -> Json:
    return {
        "brand": item.brand,
        "itemName": item.item_name,
        "itemClassification": "BASE_PRODUCT",
        "packageQuantity": 1,
    }


_DATA_SETS: dict[str, Callable[[CatalogItem], Json]] = {
    "classifications": lambda _: {"classifications": []},
    "dimensions": lambda _: {},
    "identifiers": _identifiers,
    "images": lambda _: {"images": []},
    "productTypes": lambda item: {"productType": item.product_type},
    "relationships": lambda _: {"relationships": []},
    "salesRanks": lambda _: {"displayGroupRanks": []},
    "summaries": _summary,
    "vendorDetails": lambda _: {},
}


def _refinements(items: list[CatalogItem]) -> Json:
    brands: dict[str, int] = {}
    for item in items:
        brands[item.brand] = brands.get(item.brand, 0) + 1
    return {
        "brands": [
            {"brandName": brand, "numberOfResults": number} for brand, number in brands.items()
        ],
        "classifications": [],
    }
