"""Metafields of products, variants, brands and orders: of one resource, or all by cursor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.bigcommerce.answers import no_content, v3_item, v3_object, v3_page
from sandbox.bigcommerce.catalog.conditions import Filter, moment_reader, read_text
from sandbox.bigcommerce.catalog.views import FieldChoice
from sandbox.bigcommerce.endpoints.pages import filtered
from sandbox.bigcommerce.paging import cursor_page
from sandbox.bigcommerce.refusals import V2Refusal, V3Refusal
from sandbox.bigcommerce.state import StoreState

Json = dict[str, Any]

BOUNDS = ("", "min", "max")


@dataclass(frozen=True)
class MetafieldOwner:
    """A kind of resource that has metafields, and where they are found."""

    kind: str
    bulk_path: str
    resource_path: str
    look_up: Callable[[int], object]


class MetafieldEndpoints:
    """The same operations for one kind of owner."""

    def __init__(self, state: StoreState, owner: MetafieldOwner) -> None:
        self._state = state
        self._owner = owner

    def routes(self) -> list[Route]:
        """Paths below /stores/{store_hash}."""
        of_one = f"{self._owner.resource_path}/metafields"
        one = f"{of_one}/{{metafield_id:int}}"
        return [
            Route(f"{self._owner.bulk_path}/metafields", self.list_all, methods=["GET"]),
            Route(of_one, self.list_of_one, methods=["GET"]),
            Route(of_one, self.add, methods=["POST"]),
            Route(one, self.get, methods=["GET"]),
            Route(one, self.change, methods=["PUT"]),
            Route(one, self.delete, methods=["DELETE"]),
        ]

    async def list_all(self, request: Request) -> Response:
        """GET the metafields of all resources of the kind."""
        return self._page(request, self._state.metafields.of_kind(self._owner.kind))

    async def list_of_one(self, request: Request) -> Response:
        """GET the metafields of one resource."""
        found = self._state.metafields.of(self._owner.kind, self._resource_id(request))
        return self._page(request, found)

    async def add(self, request: Request) -> Response:
        """POST a metafield."""
        given = await v3_object(request)
        resource_id = self._resource_id(request)
        return v3_item(self._state.metafields.add(self._owner.kind, resource_id, given))

    async def get(self, request: Request) -> Response:
        """GET one metafield."""
        return v3_item(self._metafield(request))

    async def change(self, request: Request) -> Response:
        """PUT one metafield."""
        metafield = self._metafield(request)
        self._state.metafields.change(metafield, await v3_object(request))
        return v3_item(metafield)

    async def delete(self, request: Request) -> Response:
        """DELETE one metafield."""
        self._state.metafields.delete(self._metafield(request))
        return no_content()

    def _metafield(self, request: Request) -> Json:
        resource_id = self._resource_id(request)
        metafield_id = request.path_params["metafield_id"]
        return self._state.metafields.get(self._owner.kind, resource_id, metafield_id)

    def _resource_id(self, request: Request) -> int:
        resource_id = int(request.path_params["resource_id"])
        try:
            self._owner.look_up(resource_id)
        except V2Refusal as refusal:
            raise V3Refusal(refusal.status, str(refusal)) from refusal
        return resource_id

    def _page(self, request: Request, metafields: list[Json]) -> Response:
        query = request.query_params
        found = list(filtered(metafields, query, _filters(self._state.clock.now())))
        if query.get("direction") == "desc":
            found.reverse()
        page, meta = cursor_page(found, query, lambda metafield: int(metafield["id"]))
        choice = FieldChoice(query)
        return v3_page([choice.of(metafield) for metafield in page], meta)


def metafield_owners(state: StoreState) -> list[MetafieldOwner]:
    """The kinds of resources whose metafields the sandbox keeps."""
    products = "/v3/catalog/products"
    return [
        MetafieldOwner("product", products, f"{products}/{{resource_id:int}}", state.product),
        MetafieldOwner(
            "variant",
            "/v3/catalog/variants",
            f"{products}/{{product_id:int}}/variants/{{resource_id:int}}",
            state.variant,
        ),
        MetafieldOwner("order", "/v3/orders", "/v3/orders/{resource_id:int}", state.order),
    ]


def _filters(now: datetime) -> dict[str, Filter]:
    moment = moment_reader(now)
    return {
        "key": Filter(read_text, ("", "in")),
        "namespace": Filter(read_text, ("", "in")),
        "resource_id": Filter(int, ("", "in")),
        "date_created": Filter(moment, BOUNDS),
        "date_modified": Filter(moment, BOUNDS),
    }
