"""/v3/pricelists and their records."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.bigcommerce.answers import no_content, v3_array, v3_item, v3_object, v3_page
from sandbox.bigcommerce.catalog.conditions import Filter, moment_reader, read_text
from sandbox.bigcommerce.catalog.views import names_in
from sandbox.bigcommerce.endpoints.pages import filtered
from sandbox.bigcommerce.paging import cursor_page
from sandbox.bigcommerce.price_lists import PRICES
from sandbox.bigcommerce.refusals import V3Refusal
from sandbox.bigcommerce.state import StoreState

Json = dict[str, Any]

BOUNDS = ("", "min", "max")


class PriceListEndpoints:
    """Price lists by cursor or page; records by variant."""

    def __init__(self, state: StoreState) -> None:
        self._state = state

    def routes(self) -> list[Route]:
        """Paths below /stores/{store_hash}."""
        one = "/v3/pricelists/{price_list_id:int}"
        records = f"{one}/records"
        return [
            Route("/v3/pricelists", self.list, methods=["GET"]),
            Route("/v3/pricelists", self.create, methods=["POST"]),
            Route(one, self.get, methods=["GET"]),
            Route(one, self.delete, methods=["DELETE"]),
            Route(records, self.list_records, methods=["GET"]),
            Route(records, self.put_records, methods=["PUT"]),
            Route(f"{records}/{{variant_id:int}}/{{currency}}", self.get_record, methods=["GET"]),
        ]

    async def list(self, request: Request) -> Response:
        """GET price lists."""
        query = request.query_params
        lists = list(self._state.price_lists.lists.values())
        found = filtered(lists, query, _list_filters(self._state.clock.now()))
        page, meta = cursor_page(found, query, lambda each: int(each["id"]))
        return v3_page(page, meta)

    async def create(self, request: Request) -> Response:
        """POST a price list."""
        return v3_item(self._state.price_lists.add(await v3_object(request)))

    async def get(self, request: Request) -> Response:
        """GET one price list."""
        return v3_item(self._state.price_lists.get(request.path_params["price_list_id"]))

    async def delete(self, request: Request) -> Response:
        """DELETE one price list."""
        self._state.price_lists.delete(request.path_params["price_list_id"])
        return no_content()

    async def list_records(self, request: Request) -> Response:
        """GET the records of a price list."""
        query = request.query_params
        records = self._state.price_lists.records(request.path_params["price_list_id"])
        rows = [{**each, "sku": self._state.price_lists.sku_of(each)} for each in records]
        found = filtered(rows, query, _record_filters(self._state.clock.now()))
        page, meta = cursor_page(found, query, lambda record: int(record["variant_id"]))
        return v3_page([_shown(record, query) for record in page], meta)

    async def put_records(self, request: Request) -> Response:
        """PUT up to a thousand records."""
        given = await v3_array(request)
        self._state.price_lists.put_records(request.path_params["price_list_id"], given)
        return v3_item({})

    async def get_record(self, request: Request) -> Response:
        """GET the record of one variant in one currency."""
        records = self._state.price_lists.records(request.path_params["price_list_id"])
        wanted = (request.path_params["variant_id"], request.path_params["currency"].lower())
        for record in records:
            if (record["variant_id"], record["currency"]) == wanted:
                return v3_item(record)
        raise V3Refusal(404, "The price record does not exist.")


def _shown(record: Json, query: QueryParams) -> Json:
    asked = names_in(query, "include")
    beside = {"sku", "bulk_pricing_tiers"} - asked
    return {name: value for name, value in record.items() if name not in beside}


def _list_filters(now: datetime) -> dict[str, Filter]:
    moment = moment_reader(now)
    return {
        "id": Filter(int, ("in",)),
        "name": Filter(read_text, ("", "like")),
        "date_created": Filter(moment, BOUNDS),
        "date_modified": Filter(moment, BOUNDS),
    }


def _record_filters(now: datetime) -> dict[str, Filter]:
    moment = moment_reader(now)
    return {
        "variant_id": Filter(int, ("in",)),
        "product_id": Filter(int, ("in",)),
        "sku": Filter(read_text, ("", "in")),
        "currency": Filter(read_text, ("", "in")),
        "date_created": Filter(moment, BOUNDS),
        "date_modified": Filter(moment, BOUNDS),
        **{name: Filter(float, BOUNDS) for name in (*PRICES, "calculated_price")},
    }
