"""/v3/catalog/products and /v3/catalog/summary."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.bigcommerce.answers import (
    no_content,
    v3_array,
    v3_item,
    v3_object,
    v3_page,
)
from sandbox.bigcommerce.catalog.product_query import ProductQuery
from sandbox.bigcommerce.catalog.summary import catalog_summary
from sandbox.bigcommerce.catalog.views import ProductView
from sandbox.bigcommerce.paging import v3_page_request
from sandbox.bigcommerce.refusals import V3Refusal, unprocessable
from sandbox.bigcommerce.state import StoreState

Json = dict[str, Any]

MAXIMUM_BATCH = 10
HEAVY_PAGE_LIMIT = 10


class ProductEndpoints:
    """List, read, create, change and delete products."""

    def __init__(self, state: StoreState) -> None:
        self._state = state

    def routes(self) -> list[Route]:
        """Paths below /stores/{store_hash}."""
        products, product = "/v3/catalog/products", "/v3/catalog/products/{product_id:int}"
        return [
            Route(products, self.list, methods=["GET"]),
            Route(products, self.create, methods=["POST"]),
            Route(products, self.change_batch, methods=["PUT"]),
            Route(products, self.delete_selected, methods=["DELETE"]),
            Route(product, self.get, methods=["GET"]),
            Route(product, self.change, methods=["PUT"]),
            Route(product, self.delete, methods=["DELETE"]),
            Route("/v3/catalog/summary", self.summary, methods=["GET"]),
        ]

    async def list(self, request: Request) -> Response:
        """GET: a page of products; options and modifiers cut it to ten."""
        query = request.query_params
        view = ProductView(query)
        ids = self._query(request).select()
        page = v3_page_request(query)
        if view.is_heavy:
            page = v3_page_request(query, maximum=HEAVY_PAGE_LIMIT)
        products = self._state.catalog.index.get_many(page.cut(ids))
        shown = [view.prepared(product) for product in products]
        return v3_page(shown, page.meta(len(ids), len(shown)))

    async def get(self, request: Request) -> Response:
        """GET one product."""
        product = self._state.catalog.product(request.path_params["product_id"])
        return v3_item(ProductView(request.query_params).show(product))

    async def create(self, request: Request) -> Response:
        """POST one product."""
        product = self._state.catalog.create(await v3_object(request))
        return v3_item(ProductView(request.query_params).show(product))

    async def change(self, request: Request) -> Response:
        """PUT one product."""
        product = self._state.catalog.product(request.path_params["product_id"])
        self._state.catalog.update(product, await v3_object(request))
        return v3_item(ProductView(request.query_params).show(product))

    async def change_batch(self, request: Request) -> Response:
        """PUT up to ten products; all ids are looked up before anything is changed."""
        given = await v3_array(request)
        if len(given) > MAXIMUM_BATCH:
            raise V3Refusal(
                413,
                "The request payload is too large. "
                f"The maximum items allowed in the array is {MAXIMUM_BATCH}.",
                {},
            )
        if not all(isinstance(each.get("id"), int) for each in given):
            raise unprocessable({"id": "error.path.missing"})
        products = [self._state.catalog.product(each["id"]) for each in given]
        for product, changes in zip(products, given, strict=True):
            self._state.catalog.update(product, changes)
        view = ProductView(request.query_params)
        shown = [view.show(product) for product in products]
        return v3_page(shown, v3_page_request(request.query_params).meta(len(shown), len(shown)))

    async def delete(self, request: Request) -> Response:
        """DELETE one product; one that is not there is no error."""
        product = self._state.catalog.index.get(request.path_params["product_id"])
        if product is not None:
            self._state.catalog.delete(product)
        return no_content()

    async def delete_selected(self, request: Request) -> Response:
        """DELETE the products of a filter; without a filter nothing is deleted."""
        if not request.query_params:
            raise V3Refusal(422, "A filter is required to delete products.", {})
        ids = list(self._query(request).select())
        for product in self._state.catalog.index.get_many(ids):
            self._state.catalog.delete(product)
        return no_content()

    async def summary(self, request: Request) -> Response:
        """GET the catalog's summary."""
        return v3_item(catalog_summary(self._state.catalog.index, self._state.shelves))

    def _query(self, request: Request) -> ProductQuery:
        return ProductQuery(
            self._state.catalog.index, request.query_params, self._state.clock.now()
        )
