"""The sandbox's own port: what both vendors hold, and what a person or a test does to them.

JSON in and out; docs/sandbox.md shows each call. Nothing here is part of a vendor's API.
"""

from __future__ import annotations

import json
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.admin_requests import (
    OrderChange,
    OrderRequest,
    RestrictionRequest,
    SchemaChange,
    ShipmentRequest,
    TimeRequest,
    UnacceptableBody,
    VariantChanges,
    read_body,
    read_json,
)
from sandbox.amazon.wire import ApiError
from sandbox.assembly import Sandbox
from sandbox.bigcommerce.refusals import Refusal
from sandbox.faults import InvalidFault


class AdminApi:
    """The admin port's calls on one sandbox."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def routes(self) -> list[Route]:
        """Every call with its path and method."""
        return [
            Route("/summary", self.summary),
            Route("/amazon/listings", self.amazon_listings),
            Route("/amazon/orders", self.amazon_orders),
            Route("/amazon/orders", self.place_amazon_order, methods=["POST"]),
            Route("/amazon/notifications", self.amazon_notifications),
            Route("/amazon/orders/{order_id}", self.patch_amazon_order, methods=["PATCH"]),
            Route("/amazon/product-types/{name}", self.change_product_type, methods=["PATCH"]),
            Route("/amazon/restrictions", self.restrict, methods=["POST"]),
            Route("/amazon/restrictions", self.approve, methods=["DELETE"]),
            Route("/bigcommerce/products", self.bigcommerce_products),
            Route("/bigcommerce/orders", self.bigcommerce_orders),
            Route("/bigcommerce/variants/{variant_id:int}", self.patch_variant, methods=["PATCH"]),
            Route("/bigcommerce/orders/{order_id:int}/shipments", self.ship, methods=["POST"]),
            Route("/requests", self.requests),
            Route("/faults", self.faults),
            Route("/faults", self.add_faults, methods=["POST"]),
            Route("/faults", self.clear_faults, methods=["DELETE"]),
            Route("/time", self.pass_time, methods=["POST"]),
            Route("/reset", self.reset, methods=["POST"]),
        ]

    async def summary(self, _request: Request) -> Response:
        """GET /summary: how much there is of everything."""
        sandbox = self._sandbox
        products = sandbox.store.products()
        return _json(
            {
                "amazon": {
                    "listings": len(sandbox.amazon.listings()),
                    "orders": len(sandbox.amazon.orders()),
                },
                "bigcommerce": {
                    "products": len(products),
                    "variants": sum(len(product["variants"]) for product in products),
                    "orders": len(sandbox.store.orders()),
                },
                "requests": len(sandbox.requests.rows()),
                "faults": len(sandbox.faults.rows()),
                "time": sandbox.clock.now().isoformat(),
                "speed": sandbox.clock.speed,
            }
        )

    async def amazon_listings(self, _request: Request) -> Response:
        """GET /amazon/listings: the seller's listings as they are in effect."""
        return _json(self._sandbox.amazon.listings())

    async def amazon_orders(self, _request: Request) -> Response:
        """GET /amazon/orders: every order, whatever its status."""
        return _json(self._sandbox.amazon.orders())

    async def place_amazon_order(self, request: Request) -> Response:
        """POST /amazon/orders: a buyer orders."""
        order = await read_body(request, OrderRequest)
        try:
            placed = self._sandbox.amazon.place_order(order)
        except ValueError as error:
            raise UnacceptableBody(str(error)) from error
        return _json(placed, 201)

    async def amazon_notifications(self, request: Request) -> Response:
        """GET /amazon/notifications?after=N: what the subscribed queues were sent, oldest first."""
        after = request.query_params.get("after", "0")
        if not after.isdecimal():
            raise UnacceptableBody("after: a number of notifications is needed")
        return _json(self._sandbox.amazon.notifications_sent()[int(after) :])

    async def patch_amazon_order(self, request: Request) -> Response:
        """PATCH /amazon/orders/{id}: the payment goes through, or something is cancelled."""
        change = await read_body(request, OrderChange)
        order_id = request.path_params["order_id"]
        return _json(self._sandbox.amazon.change_order(order_id, change))

    async def change_product_type(self, request: Request) -> Response:
        """PATCH /amazon/product-types/{name}: Amazon changes a schema, or announces a change."""
        change = await read_body(request, SchemaChange)
        self._sandbox.amazon.change_product_type(
            request.path_params["name"],
            change["requirements"],
            change["changes"],
            announced=change["announced"],
        )
        return Response(status_code=204)

    async def restrict(self, request: Request) -> Response:
        """POST /amazon/restrictions: brands and product types come to need an approval."""
        named = await read_body(request, RestrictionRequest)
        for brand in named.get("brands", ()):
            self._sandbox.amazon.restrict_brand(brand)
        for name in named.get("productTypes", ()):
            self._sandbox.amazon.restrict_product_type(name)
        return Response(status_code=204)

    async def approve(self, request: Request) -> Response:
        """DELETE /amazon/restrictions: the seller is approved for brands and product types."""
        named = await read_body(request, RestrictionRequest)
        self._sandbox.amazon.restrictions.approve(
            named.get("brands", ()), named.get("productTypes", ())
        )
        return Response(status_code=204)

    async def bigcommerce_products(self, _request: Request) -> Response:
        """GET /bigcommerce/products: the catalog with its variants."""
        return _json(self._sandbox.store.products())

    async def bigcommerce_orders(self, _request: Request) -> Response:
        """GET /bigcommerce/orders: the store's orders with their lines."""
        return _json(self._sandbox.store.orders())

    async def patch_variant(self, request: Request) -> Response:
        """PATCH /bigcommerce/variants/{id}: the merchant changes stock or price."""
        changes = await read_body(request, VariantChanges)
        return _json(self._sandbox.store.patch_variant(request.path_params["variant_id"], changes))

    async def ship(self, request: Request) -> Response:
        """POST /bigcommerce/orders/{id}/shipments: the merchant ships."""
        shipment = await read_body(request, ShipmentRequest)
        order_id = request.path_params["order_id"]
        return _json(self._sandbox.store.add_shipment(order_id, shipment), 201)

    async def requests(self, _request: Request) -> Response:
        """GET /requests: the last 10,000 requests to both vendors."""
        return _json(self._sandbox.requests.rows())

    async def faults(self, _request: Request) -> Response:
        """GET /faults: the faults in force."""
        return _json(self._sandbox.faults.rows())

    async def add_faults(self, request: Request) -> Response:
        """POST /faults: one fault or a list of them."""
        self._sandbox.faults.add(await read_json(request))
        return _json(self._sandbox.faults.rows(), 201)

    async def clear_faults(self, _request: Request) -> Response:
        """DELETE /faults: nothing goes wrong any more."""
        self._sandbox.faults.clear()
        return Response(status_code=204)

    async def pass_time(self, request: Request) -> Response:
        """POST /time: so many of the sandbox's seconds pass at once."""
        named = await read_body(request, TimeRequest)
        self._sandbox.clock.pass_by(named["seconds"])
        return Response(status_code=204)

    async def reset(self, _request: Request) -> Response:
        """POST /reset: back to the seeded start."""
        self._sandbox.reset()
        return Response(status_code=204)


def create_admin_app(sandbox: Sandbox) -> Starlette:
    """The admin port's app."""
    return Starlette(
        routes=AdminApi(sandbox).routes(),
        exception_handlers={
            HTTPException: _say_http_error,
            UnacceptableBody: _say_bad_request,
            InvalidFault: _say_bad_request,
            ApiError: _say_refusal,
            Refusal: _say_refusal,
        },
    )


def _json(content: Any, status: int = 200) -> Response:
    return Response(json.dumps(content), status_code=status, media_type="application/json")


async def _say_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    message = f"{request.method} {request.url.path}: {error.detail}"
    return _json({"error": message}, error.status_code)


async def _say_bad_request(_request: Request, error: Exception) -> Response:
    return _json({"error": str(error)}, 400)


async def _say_refusal(_request: Request, error: Exception) -> Response:
    """What a vendor's own rules refuse, such as an unknown order or too little stock."""
    assert isinstance(error, ApiError | Refusal)
    return _json({"error": str(error)}, error.status)
