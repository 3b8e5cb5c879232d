"""/v2/orders with their products and addresses, and /v2/order_statuses."""

from __future__ import annotations

from collections import Counter
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.bigcommerce.answers import json_answer, no_content, v2_list, v2_object
from sandbox.bigcommerce.orders.order import Order
from sandbox.bigcommerce.orders.statuses import ORDER_STATUSES
from sandbox.bigcommerce.orders.views import line_view
from sandbox.bigcommerce.paging import v2_page_request
from sandbox.bigcommerce.refusals import resource_not_found
from sandbox.bigcommerce.state import StoreState

Json = dict[str, Any]

LATE_INDEX_FAULT = "late_index"


class OrderEndpoints:
    """Orders in V2's form."""

    def __init__(self, state: StoreState) -> None:
        self._state = state

    def routes(self) -> list[Route]:
        """Paths below /stores/{store_hash}."""
        one = "/v2/orders/{order_id:int}"
        address = f"{one}/shipping_addresses/{{address_id:int}}"
        return [
            Route("/v2/orders", self.list, methods=["GET"]),
            Route("/v2/orders", self.create, methods=["POST"]),
            Route("/v2/orders/count", self.count, methods=["GET"]),
            Route(one, self.get, methods=["GET"]),
            Route(one, self.change, methods=["PUT"]),
            Route(one, self.archive, methods=["DELETE"]),
            Route(f"{one}/products", self.list_products, methods=["GET"]),
            Route(f"{one}/products/{{line_id:int}}", self.get_product, methods=["GET"]),
            Route(f"{one}/shipping_addresses", self.list_addresses, methods=["GET"]),
            Route(address, self.get_address, methods=["GET"]),
            Route("/v2/order_statuses", self.list_statuses, methods=["GET"]),
            Route("/v2/order_statuses/{status_id:int}", self.get_status, methods=["GET"]),
        ]

    async def list(self, request: Request) -> Response:
        """GET a page of orders."""
        orders = self._state.order_book.select(request.query_params)
        page = v2_page_request(request.query_params).cut(orders)
        return v2_list([self._state.order_views.order(order) for order in page])

    async def count(self, request: Request) -> Response:
        """GET how many orders there are, by status."""
        orders = self._state.order_book.select(request.query_params)
        by_status = Counter(order.status_id for order in orders)
        statuses = []
        for status in sorted(ORDER_STATUSES.values(), key=lambda each: each.place):
            shown = {name: value for name, value in status.view().items() if name != "order"}
            counted = {"count": by_status[status.id], "sort_order": status.place}
            statuses.append(shown | counted)
        return json_answer({"statuses": statuses, "count": len(orders)})

    async def get(self, request: Request) -> Response:
        """GET one order."""
        return self._shown(self._order(request))

    async def create(self, request: Request) -> Response:
        """POST an order."""
        order = self._state.order_desk.create(await v2_object(request))
        if request.scope.get("sandbox.fault") == LATE_INDEX_FAULT:
            self._state.order_book.index_later(order, is_late=True)
        return self._shown(order)

    async def change(self, request: Request) -> Response:
        """PUT an order."""
        order = self._order(request)
        self._state.order_desk.update(order, await v2_object(request))
        return self._shown(order)

    async def archive(self, request: Request) -> Response:
        """DELETE an order, which archives it."""
        self._state.order_desk.archive(self._order(request))
        return no_content()

    async def list_products(self, request: Request) -> Response:
        """GET a page of an order's products."""
        order = self._order(request)
        page = v2_page_request(request.query_params).cut(order.lines)
        return v2_list([line_view(order, line) for line in page])

    async def get_product(self, request: Request) -> Response:
        """GET one product of an order."""
        order = self._order(request)
        line = order.line(request.path_params["line_id"])
        if line is None:
            raise resource_not_found()
        return json_answer(line_view(order, line))

    async def list_addresses(self, request: Request) -> Response:
        """GET a page of an order's shipping addresses."""
        order = self._order(request)
        page = v2_page_request(request.query_params).cut(order.addresses)
        return v2_list([self._state.order_views.address(order, address) for address in page])

    async def get_address(self, request: Request) -> Response:
        """GET one shipping address."""
        order = self._order(request)
        address = order.address(request.path_params["address_id"])
        if address is None:
            raise resource_not_found()
        return json_answer(self._state.order_views.address(order, address))

    async def list_statuses(self, request: Request) -> Response:
        """GET all order statuses."""
        return json_answer([status.view() for status in ORDER_STATUSES.values()])

    async def get_status(self, request: Request) -> Response:
        """GET one order status."""
        status = ORDER_STATUSES.get(request.path_params["status_id"])
        if status is None:
            raise resource_not_found()
        return json_answer(status.view())

    def _order(self, request: Request) -> Order:
        return self._state.order(request.path_params["order_id"])

    def _shown(self, order: Order) -> Response:
        return json_answer(self._state.order_views.order(order))
