"""/v3/catalog/variants: the variants of all products."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.bigcommerce.answers import v3_array, v3_page
from sandbox.bigcommerce.catalog.conditions import Filter, read_text, whole_numbers
from sandbox.bigcommerce.catalog.views import FieldChoice, variant_view
from sandbox.bigcommerce.endpoints.pages import conditions_in, fits
from sandbox.bigcommerce.paging import v3_page_request
from sandbox.bigcommerce.refusals import V3Refusal, unprocessable
from sandbox.bigcommerce.state import StoreState

Json = dict[str, Any]

MAXIMUM_BATCH = 50
FILTERS = {
    "id": Filter(int),
    "sku": Filter(read_text),
    "upc": Filter(read_text),
    "product_id": Filter(int, ("in",)),
}


class VariantEndpoints:
    """List variants by id, and change up to fifty at once."""

    def __init__(self, state: StoreState) -> None:
        self._state = state

    def routes(self) -> list[Route]:
        """Paths below /stores/{store_hash}."""
        return [
            Route("/v3/catalog/variants", self.list, methods=["GET"]),
            Route("/v3/catalog/variants", self.change_batch, methods=["PUT"]),
        ]

    async def list(self, request: Request) -> Response:
        """GET: a page of variants."""
        query = request.query_params
        index = self._state.catalog.index
        ids = self._select(query)
        page, choice = v3_page_request(query), FieldChoice(query)
        variants = (index.variant(variant_id) for variant_id in page.cut(ids))
        shown = [choice.of(variant_view(each)) for each in variants if each is not None]
        return v3_page(shown, page.meta(len(ids), len(shown)))

    async def change_batch(self, request: Request) -> Response:
        """PUT: all ids are looked up before anything is changed."""
        given = await v3_array(request)
        if len(given) > MAXIMUM_BATCH:
            raise V3Refusal(
                413,
                "The request payload is too large. "
                f"The maximum items allowed in the array is {MAXIMUM_BATCH}",
                {},
            )
        if not all(isinstance(each.get("id"), int) for each in given):
            raise unprocessable({"id": "error.path.missing"})
        variants = [self._state.catalog.variant(each["id"]) for each in given]
        for variant, changes in zip(variants, given, strict=True):
            self._state.catalog.update_variant(variant, changes)
        shown = [variant_view(variant) for variant in variants]
        return v3_page(shown, v3_page_request(request.query_params).meta(len(shown), len(shown)))

    def _select(self, query: QueryParams) -> Sequence[int]:
        conditions = conditions_in(query, FILTERS)
        index = self._state.catalog.index
        ids = self._candidates(query)
        if not conditions:
            return ids
        return [each for each in ids if fits(variant_view(index.variant(each) or {}), conditions)]

    def _candidates(self, asked: QueryParams) -> Sequence[int]:
        index = self._state.catalog.index
        if "sku" in asked:
            variant_id = index.id_by_variant_sku(asked["sku"])
            return [] if variant_id is None else [variant_id]
        if "product_id:in" in asked:
            products = map(index.get, whole_numbers(asked, "product_id:in"))
            return sorted(v["id"] for product in products if product for v in product.variants)
        return index.variant_ids()
