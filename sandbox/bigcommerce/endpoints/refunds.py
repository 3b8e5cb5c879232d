"""/v3/orders/payment_actions/refunds, and those of one order."""

from __future__ import annotations

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.bigcommerce.answers import v3_item, v3_object, v3_page
from sandbox.bigcommerce.moments import parse_moment
from sandbox.bigcommerce.orders.order import Order, Refund
from sandbox.bigcommerce.orders.refunds import refund_view
from sandbox.bigcommerce.paging import v3_page_request
from sandbox.bigcommerce.refusals import V3Refusal
from sandbox.bigcommerce.state import StoreState


class RefundEndpoints:
    """Refunds in V3's form."""

    def __init__(self, state: StoreState) -> None:
        self._state = state

    def routes(self) -> list[Route]:
        """Paths below /stores/{store_hash}."""
        of_order = "/v3/orders/{order_id:int}/payment_actions/refunds"
        return [
            Route("/v3/orders/payment_actions/refunds", self.list, methods=["GET"]),
            Route(of_order, self.list_of_order, methods=["GET"]),
            Route(of_order, self.create, methods=["POST"]),
        ]

    async def list(self, request: Request) -> Response:
        """GET a page of the refunds of all orders, by their ids."""
        is_wanted = _Filter(request.query_params)
        found = [
            (order, refund)
            for order in self._state.order_book
            for refund in order.refunds
            if is_wanted(order, refund)
        ]
        asked = v3_page_request(request.query_params)
        page = asked.cut(sorted(found, key=lambda pair: pair[1].id))
        return v3_page([refund_view(*pair) for pair in page], asked.meta(len(found), len(page)))

    async def list_of_order(self, request: Request) -> Response:
        """GET the refunds of one order."""
        order = self._state.order(request.path_params["order_id"])
        return v3_page([refund_view(order, refund) for refund in order.refunds], {})

    async def create(self, request: Request) -> Response:
        """POST a refund."""
        order = self._state.order(request.path_params["order_id"])
        refund = self._state.refund_desk.refund(order, await v3_object(request))
        return v3_item(refund_view(order, refund), 201)


class _Filter:
    """Whether a refund is asked for. Raises V3Refusal for what is no number or no time."""

    def __init__(self, query: QueryParams) -> None:
        try:
            ids = query.get("order_id:in")
            self._orders = {int(one) for one in ids.split(",")} if ids else None
            since, until = query.get("created:min"), query.get("created:max")
            self._since = parse_moment(since) if since else None
            self._until = parse_moment(until) if until else None
        except (TypeError, ValueError) as error:
            raise V3Refusal(422, "A filter cannot be read.", {}) from error

    def __call__(self, order: Order, refund: Refund) -> bool:
        return (
            (self._orders is None or order.id in self._orders)
            and (self._since is None or refund.created_at >= self._since)
            and (self._until is None or refund.created_at <= self._until)
        )
