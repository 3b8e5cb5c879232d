"""/v2/orders/{order_id}/shipments."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.bigcommerce.answers import json_answer, no_content, v2_list, v2_object
from sandbox.bigcommerce.orders.order import Order, Shipment
from sandbox.bigcommerce.paging import v2_page_request
from sandbox.bigcommerce.state import StoreState


class ShipmentEndpoints:
    """The shipments of an order."""

    def __init__(self, state: StoreState) -> None:
        self._state = state

    def routes(self) -> list[Route]:
        """Paths below /stores/{store_hash}."""
        shipments = "/v2/orders/{order_id:int}/shipments"
        one = f"{shipments}/{{shipment_id:int}}"
        return [
            Route(shipments, self.list, methods=["GET"]),
            Route(shipments, self.create, methods=["POST"]),
            Route(f"{shipments}/count", self.count, methods=["GET"]),
            Route(one, self.get, methods=["GET"]),
            Route(one, self.change, methods=["PUT"]),
            Route(one, self.delete, methods=["DELETE"]),
        ]

    async def list(self, request: Request) -> Response:
        """GET a page of shipments."""
        order = self._order(request)
        page = v2_page_request(request.query_params).cut(list(order.shipments.values()))
        return v2_list([self._state.order_views.shipment(order, each) for each in page])

    async def count(self, request: Request) -> Response:
        """GET how many shipments there are."""
        return json_answer({"count": len(self._order(request).shipments)})

    async def create(self, request: Request) -> Response:
        """POST a shipment."""
        order = self._order(request)
        shipment = self._state.shipping_desk.ship(order, await v2_object(request))
        return json_answer(self._state.order_views.shipment(order, shipment), 201)

    async def get(self, request: Request) -> Response:
        """GET one shipment."""
        order = self._order(request)
        return json_answer(self._state.order_views.shipment(order, self._shipment(request, order)))

    async def change(self, request: Request) -> Response:
        """PUT one shipment."""
        order = self._order(request)
        shipment = self._shipment(request, order)
        self._state.shipping_desk.change(order, shipment, await v2_object(request))
        return json_answer(self._state.order_views.shipment(order, shipment))

    async def delete(self, request: Request) -> Response:
        """DELETE one shipment."""
        order = self._order(request)
        self._state.shipping_desk.delete(order, self._shipment(request, order))
        return no_content()

    def _order(self, request: Request) -> Order:
        return self._state.order(request.path_params["order_id"])

    def _shipment(self, request: Request, order: Order) -> Shipment:
        return self._state.shipping_desk.get(order, request.path_params["shipment_id"])
