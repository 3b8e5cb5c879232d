"""BigCommerce's REST API, V2 and V3, as an ASGI application over one store."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from sandbox.bigcommerce.answers import json_answer
from sandbox.bigcommerce.endpoints.channels import ChannelEndpoints
from sandbox.bigcommerce.endpoints.hooks import HookEndpoints
from sandbox.bigcommerce.endpoints.inventory import InventoryEndpoints
from sandbox.bigcommerce.endpoints.metafields import MetafieldEndpoints, metafield_owners
from sandbox.bigcommerce.endpoints.orders import OrderEndpoints
from sandbox.bigcommerce.endpoints.price_lists import PriceListEndpoints
from sandbox.bigcommerce.endpoints.product_parts import ProductPartEndpoints
from sandbox.bigcommerce.endpoints.products import ProductEndpoints
from sandbox.bigcommerce.endpoints.refunds import RefundEndpoints
from sandbox.bigcommerce.endpoints.settings import SettingsEndpoints
from sandbox.bigcommerce.endpoints.shelves import ShelfEndpoints
from sandbox.bigcommerce.endpoints.shipments import ShipmentEndpoints
from sandbox.bigcommerce.endpoints.variants import VariantEndpoints
from sandbox.bigcommerce.gateway import Gateway, error_answer
from sandbox.bigcommerce.rate_window import RateWindow
from sandbox.bigcommerce.refusals import Refusal
from sandbox.bigcommerce.state import StoreState
from sandbox.clock import SandboxClock

RESOURCES = (
    ProductEndpoints,
    VariantEndpoints,
    ShelfEndpoints,
    InventoryEndpoints,
    PriceListEndpoints,
    ChannelEndpoints,
    HookEndpoints,
    SettingsEndpoints,
    OrderEndpoints,
    ShipmentEndpoints,
    RefundEndpoints,
)


def create_app(state: StoreState, clock: SandboxClock, *, quotas: bool) -> Starlette:
    """The API of one store; without quotas the headers tell of a number never reached."""
    window = RateWindow(clock, state, quotas=quotas)
    routes: list[Route] = []
    for resource in RESOURCES:
        routes.extend(resource(state).routes())
    for owner in metafield_owners(state):
        routes.extend(MetafieldEndpoints(state, owner).routes())
    routes.extend(ProductPartEndpoints(state).routes())
    return Starlette(
        routes=[Mount("/stores/{store_hash}", routes=routes)],
        middleware=[Middleware(Gateway, state=state, window=window)],
        exception_handlers={Refusal: _refusal_answer, HTTPException: _http_answer},
    )


async def _refusal_answer(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    return json_answer(error.body, error.status, error.media_type)


async def _http_answer(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    texts = {
        404: "The requested resource was not found.",
        405: "The requested method is not allowed on this resource.",
    }
    text = texts.get(error.status_code, error.detail)
    return error_answer(request.url.path, error.status_code, text, detail=text)
