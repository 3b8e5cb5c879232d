"""Product Type Definitions API 2020-09-01, and the download of the schemas it links to."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from sandbox.amazon import parameters
from sandbox.amazon.marketplaces import MARKETPLACES
from sandbox.amazon.product_types.schema import (
    IDENTITY_ATTRIBUTES,
    LISTING,
    REQUIREMENTS,
    SALES_TERMS,
    ProductSchema,
    ProductType,
)
from sandbox.amazon.state import AmazonState
from sandbox.amazon.wire import BadRequest, Json, NotFound, json_response

ENFORCED = "ENFORCED"
RELEASE_CANDIDATE = "RELEASE_CANDIDATE"
_ENFORCEMENTS = (ENFORCED, "NOT_ENFORCED")
_PARENTAGE_LEVELS = ("NONE", "CHILD", "PARENT")
_SCHEMA_PATH = "/product-type-schemas/"


class DefinitionsApi:
    """Finds product types and hands out their schemas."""

    def __init__(self, state: AmazonState, base_url: Callable[[], str]) -> None:
        self._state = state
        self._base_url = base_url

    async def search_product_types(self, request: Request) -> Response:
        """GET /definitions/2020-09-01/productTypes."""
        marketplace_ids = parameters.marketplaces(request, self._state.seller)
        keywords = parameters.csv_values(request, "keywords")
        item_name = request.query_params.get("itemName")
        if keywords and item_name:
            raise BadRequest("Only one of 'keywords' and 'itemName' may be provided.")
        words = [word.lower() for word in keywords or (item_name or "").split()]
        found = [
            {
                "name": product_type.name,
                "displayName": product_type.display_name,
                "marketplaceIds": marketplace_ids,
            }
            for product_type in self._state.product_types.values()
            if not words or _matches(product_type, words)
        ]
        return json_response({"productTypes": found, "productTypeVersion": "LATEST"})

    async def get_product_type(self, request: Request) -> Response:
        """GET /definitions/2020-09-01/productTypes/{productType}."""
        marketplace_ids = parameters.marketplaces(request, self._state.seller, at_most=1)
        requirements = parameters.choice(request, "requirements", REQUIREMENTS, LISTING)
        enforcement = parameters.choice(request, "requirementsEnforced", _ENFORCEMENTS, ENFORCED)
        parameters.choice(request, "parentageLevel", _PARENTAGE_LEVELS)
        name = request.path_params["product_type"]
        announced = self._state.announced_types.get(name)
        if request.query_params.get("productTypeVersion") != RELEASE_CANDIDATE:
            announced = None
        product_type = announced or self._state.product_types.get(name)
        if product_type is None or requirements is None:
            raise NotFound
        schema = product_type.schema(requirements, is_enforced=enforcement == ENFORCED)
        locale = request.query_params.get("locale", "DEFAULT")
        return json_response(
            {
                "schema": self._link(schema),
                "requirements": requirements,
                "requirementsEnforced": enforcement,
                "propertyGroups": _property_groups(schema),
                "locale": MARKETPLACES[marketplace_ids[0]].language
                if locale == "DEFAULT"
                else locale,
                "marketplaceIds": marketplace_ids,
                "productType": product_type.name,
                "displayName": product_type.display_name,
                "productTypeVersion": {
                    "version": product_type.schema(LISTING).checksum,
                    "latest": announced is None,
                    "releaseCandidate": announced is not None,
                },
            }
        )

    async def download_schema(self, request: Request) -> Response:
        """GET /product-type-schemas/{digest}, without a token."""
        schema = self._schemas().get(request.path_params["digest"])
        if schema is None:
            raise NotFound
        return Response(schema.content, media_type="application/json")

    def _schemas(self) -> dict[str, ProductSchema]:
        return {
            schema.digest: schema
            for types in (self._state.product_types, self._state.announced_types)
            for product_type in types.values()
            for schema in product_type.schemas()
        }

    def _link(self, schema: ProductSchema) -> Json:
        resource = f"{self._base_url()}{_SCHEMA_PATH}{schema.digest}"
        return {"link": {"resource": resource, "verb": "GET"}, "checksum": schema.checksum}


def _matches(product_type: ProductType, words: list[str]) -> bool:
    names = f"{product_type.name} {product_type.display_name}".lower()
    return any(word in names for word in words)


def _property_groups(schema: ProductSchema) -> Json:
    names = list(schema.document.get("properties", {}))
    groups = {
        "product_identity": [name for name in names if name in IDENTITY_ATTRIBUTES],
        "offer": [name for name in names if name in SALES_TERMS],
    }
    grouped = {name for group in groups.values() for name in group}
    groups["product_details"] = [name for name in names if name not in grouped]
    return {
        group: {
            "title": group.replace("_", " ").title(),
            "description": "",
            "propertyNames": property_names,
        }
        for group, property_names in groups.items()
        if property_names
    }
