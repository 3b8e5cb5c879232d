"""Orders API 2026-01-01 (searchOrders, getOrder), and confirmShipment of v0."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response

from sandbox.amazon import parameters
from sandbox.amazon.orders.order import AMAZON, FULFILLMENT_STATUSES, MERCHANT, Order
from sandbox.amazon.orders.shipments import confirm_shipment
from sandbox.amazon.orders.view import INCLUDED_DATA, order_json
from sandbox.amazon.state import AmazonState
from sandbox.amazon.wire import BadRequest, Json, json_response, timestamp
from sandbox.clock import SandboxClock

VISIBILITY_LAG = timedelta(minutes=2)
_CHANGEABLE_BETWEEN_PAGES = ("paginationToken", "maxResultsPerPage", "includedData")


@dataclass(frozen=True)
class _Window:
    """From when to when orders were created or updated; `name` is the bound's own parameter."""

    name: str
    after: datetime
    before: datetime
    time_of: Callable[[Order], datetime]

    def holds(self, order: Order) -> bool:
        return self.after <= self.time_of(order) <= self.before


class OrdersApi:
    """Finds orders and takes the confirmation of their shipment."""

    def __init__(self, state: AmazonState, clock: SandboxClock) -> None:
        self._state = state
        self._clock = clock

    async def search_orders(self, request: Request) -> Response:
        """GET /orders/2026-01-01/orders: changes of the last two minutes are not seen yet."""
        size = parameters.whole_number(request, "maxResultsPerPage", default=100, low=1, high=100)
        included = _included_data(request)
        window = self._window(request)
        is_wanted = _filter(request)
        page = self._state.pages.orders.page(
            request.query_params.get("paginationToken"),
            parameters.query_without(request, *_CHANGEABLE_BETWEEN_PAGES),
            size,
            lambda: self._found(window, is_wanted),
        )
        orders = [order_json(self._state.order_book.get(key), included) for key in page.keys]
        body: Json = {"orders": orders, window.name: timestamp(window.before)}
        if page.next_token:
            body["pagination"] = {"nextToken": page.next_token}
        return json_response(body)

    async def get_order(self, request: Request) -> Response:
        """GET /orders/2026-01-01/orders/{orderId}."""
        included = _included_data(request)
        order = self._state.order_book.get(request.path_params["order_id"])
        return json_response({"order": order_json(order, included)})

    async def confirm_shipment(self, request: Request) -> Response:
        """POST /orders/v0/orders/{orderId}/shipmentConfirmation."""
        order = self._state.order_book.get(request.path_params["order_id"])
        body = await parameters.json_body(request)
        confirm_shipment(order, body, self._clock.now())
        return Response(status_code=204)

    def _found(self, window: _Window, is_wanted: Callable[[Order], bool]) -> list[str]:
        now = self._clock.now()
        found = [
            order
            for order in self._state.order_book
            if window.holds(order) and order.is_searchable(now) and is_wanted(order)
        ]
        return [order.order_id for order in sorted(found, key=window.time_of)]

    def _window(self, request: Request) -> _Window:
        created_after = parameters.moment(request, "createdAfter")
        updated_after = parameters.moment(request, "lastUpdatedAfter")
        created_before = parameters.moment(request, "createdBefore")
        updated_before = parameters.moment(request, "lastUpdatedBefore")
        if created_after is not None and updated_after is None and updated_before is None:
            before = self._upper_bound(created_after, created_before, "createdBefore")
            return _Window("createdBefore", created_after, before, lambda order: order.created_at)
        if updated_after is not None and created_after is None and created_before is None:
            before = self._upper_bound(updated_after, updated_before, "lastUpdatedBefore")
            return _Window(
                "lastUpdatedBefore", updated_after, before, lambda order: order.updated_at
            )
        raise BadRequest("Provide exactly one of createdAfter and lastUpdatedAfter.")

    def _upper_bound(self, after: datetime, before: datetime | None, name: str) -> datetime:
        latest = self._clock.now() - VISIBILITY_LAG
        if before is None:
            return latest
        if before < after:
            raise BadRequest(f"{name} must not lie before the time after which is searched.")
        if before > latest:
            raise BadRequest(f"{name} must be at least two minutes before the request.")
        return before


def _included_data(request: Request) -> list[str]:
    return parameters.csv_values(request, "includedData", allowed=INCLUDED_DATA)


def _filter(request: Request) -> Callable[[Order], bool]:
    statuses = parameters.csv_values(request, "fulfillmentStatuses", allowed=FULFILLMENT_STATUSES)
    fulfilled_by = parameters.csv_values(request, "fulfilledBy", allowed=(MERCHANT, AMAZON))
    marketplace_ids = parameters.csv_values(request, "marketplaceIds", at_most=50)
    return lambda order: (
        (not statuses or order.status in statuses)
        and (not fulfilled_by or order.fulfilled_by in fulfilled_by)
        and (not marketplace_ids or order.marketplace_id in marketplace_ids)
    )
