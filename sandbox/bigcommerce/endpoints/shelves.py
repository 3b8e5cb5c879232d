"""Brands, category trees, and which products are on which channels."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.bigcommerce.answers import (
    json_answer,
    no_content,
    v3_array,
    v3_item,
    v3_object,
)
from sandbox.bigcommerce.catalog.conditions import Filter, read_flag, read_text, whole_numbers
from sandbox.bigcommerce.catalog.shelves import DEFAULT_TREE_ID
from sandbox.bigcommerce.channels import STOREFRONT_ID
from sandbox.bigcommerce.endpoints.pages import conditions_in, filtered, fits, page_of
from sandbox.bigcommerce.refusals import V3Refusal, unprocessable
from sandbox.bigcommerce.state import StoreState

DEFAULT_TREE = {
    "id": DEFAULT_TREE_ID,
    "name": "Default catalog tree",
    "channels": [STOREFRONT_ID],
}
LIST = ("in", "not_in")
BRAND_FILTERS = {
    "id": Filter(int, ("", *LIST, "min", "max", "greater", "less")),
    "name": Filter(read_text, ("", "like")),
    "page_title": Filter(read_text),
}
CATEGORY_FILTERS = {
    "category_id": Filter(int, LIST),
    "category_uuid": Filter(read_text, LIST),
    "tree_id": Filter(int, LIST),
    "parent_id": Filter(int, LIST),
    "name": Filter(read_text, ("", "like")),
    "page_title": Filter(read_text, ("", "like")),
    "is_visible": Filter(read_flag),
}
TREE_FILTERS = {"id": Filter(int, ("in",)), "channel_id": Filter(int, ("in",))}
ASSIGNMENT_FILTERS = {"product_id": Filter(int, ("in",)), "channel_id": Filter(int, ("in",))}


class ShelfEndpoints:
    """What products are filed under, and where they are shown."""

    def __init__(self, state: StoreState) -> None:
        self._state = state

    def routes(self) -> list[Route]:
        """Paths below /stores/{store_hash}."""
        assignments = "/v3/catalog/products/channel-assignments"
        categories = "/v3/catalog/trees/categories"
        return [
            Route("/v3/catalog/brands", self.list_brands, methods=["GET"]),
            Route("/v3/catalog/brands", self.add_brand, methods=["POST"]),
            Route("/v3/catalog/brands/{brand_id:int}", self.get_brand, methods=["GET"]),
            Route("/v3/catalog/trees", self.list_trees, methods=["GET"]),
            Route(categories, self.list_categories, methods=["GET"]),
            Route(categories, self.add_categories, methods=["POST"]),
            Route("/v3/catalog/trees/{tree_id:int}/categories", self.tree, methods=["GET"]),
            Route(assignments, self.list_assignments, methods=["GET"]),
            Route(assignments, self.assign, methods=["PUT"]),
            Route(assignments, self.unassign, methods=["DELETE"]),
        ]

    async def list_brands(self, request: Request) -> Response:
        """GET brands by id, or by name."""
        brands = list(self._state.shelves.brands.values())
        key = "name" if request.query_params.get("sort") == "name" else "id"
        descending = request.query_params.get("direction") == "desc"
        brands.sort(key=lambda brand: brand[key], reverse=descending)
        return page_of(request, filtered(brands, request.query_params, BRAND_FILTERS))

    async def add_brand(self, request: Request) -> Response:
        """POST a brand."""
        given = await v3_object(request)
        if not given.get("name"):
            raise unprocessable({"name": "error.path.missing"})
        if self._state.shelves.find_brand(given["name"]) is not None:
            raise V3Refusal(409, "The brand name is a duplicate.", {})
        return v3_item(self._state.shelves.add_brand(given))

    async def get_brand(self, request: Request) -> Response:
        """GET one brand."""
        brand = self._state.shelves.brands.get(request.path_params["brand_id"])
        if brand is None:
            raise V3Refusal(404, "The brand does not exist.")
        return v3_item(brand)

    async def list_trees(self, request: Request) -> Response:
        """GET the store's one category tree."""
        conditions = conditions_in(request.query_params, TREE_FILTERS)
        is_asked = fits({"id": DEFAULT_TREE_ID, "channel_id": STOREFRONT_ID}, conditions)
        return page_of(request, [DEFAULT_TREE] if is_asked else [])

    async def list_categories(self, request: Request) -> Response:
        """GET categories by id."""
        known = self._state.shelves.categories
        categories = [known[category_id] for category_id in sorted(known)]
        return page_of(request, filtered(categories, request.query_params, CATEGORY_FILTERS))

    async def add_categories(self, request: Request) -> Response:
        """POST categories."""
        given = await v3_array(request)
        if not all(each.get("name") for each in given):
            raise unprocessable({"name": "error.path.missing"})
        added = [self._state.shelves.add_category(each) for each in given]
        meta = {"total": len(added), "success": len(added), "failed": 0}
        return json_answer({"data": added, "meta": meta}, 201)

    async def tree(self, request: Request) -> Response:
        """GET the categories of a tree, nested."""
        if request.path_params["tree_id"] != DEFAULT_TREE_ID:
            raise V3Refusal(404, "The category tree does not exist.", {})
        depths = whole_numbers(request.query_params, "depth")
        return v3_item(self._state.shelves.tree(depths[0] if depths else None))

    async def list_assignments(self, request: Request) -> Response:
        """GET which products are assigned to which channels."""
        rows = [
            {"product_id": product.id, "channel_id": channel_id}
            for product in self._state.catalog.index
            for channel_id in product.channels
        ]
        return page_of(request, filtered(rows, request.query_params, ASSIGNMENT_FILTERS))

    async def assign(self, request: Request) -> Response:
        """PUT products on channels."""
        given = await v3_array(request)
        pairs = [(each.get("product_id", 0), each.get("channel_id", 0)) for each in given]
        for product_id, channel_id in pairs:
            known = self._state.catalog.index.get(product_id)
            if known is None or channel_id not in self._state.channels.channels:
                raise V3Refusal(422, "The product or the channel does not exist.", {})
        for product_id, channel_id in pairs:
            product = self._state.catalog.product(product_id)
            product.prepared = None
            if channel_id not in product.channels:
                product.channels.append(channel_id)
        return no_content()

    async def unassign(self, request: Request) -> Response:
        """DELETE assignments by product or channel."""
        conditions = conditions_in(request.query_params, ASSIGNMENT_FILTERS)
        if not conditions:
            raise V3Refusal(422, "A filter is required to delete assignments.", {})
        for product in self._state.catalog.index:
            product.prepared = None
            product.channels = [
                channel_id
                for channel_id in product.channels
                if not fits({"product_id": product.id, "channel_id": channel_id}, conditions)
            ]
        return no_content()
