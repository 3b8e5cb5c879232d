"""The store's profile, settings and time."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.bigcommerce.answers import json_answer, v3_item, v3_object
from sandbox.bigcommerce.refusals import unprocessable
from sandbox.bigcommerce.state import StoreState

STOCK_BEHAVIOURS = ("order_placed", "order_completed_or_shipped")
STOCK_FLAGS = ("edit_order_stock_adjustment", "refund_order_stock_adjustment")


class SettingsEndpoints:
    """/v2/store, /v2/time, /v3/settings."""

    def __init__(self, state: StoreState) -> None:
        self._state = state

    def routes(self) -> list[Route]:
        """Paths below /stores/{store_hash}."""
        units = "/v3/settings/store/units-of-measurement"
        return [
            Route("/v2/store", self.store, methods=["GET"]),
            Route("/v2/time", self.time, methods=["GET"]),
            Route(units, self.units_of_measurement, methods=["GET"]),
            Route("/v3/settings/inventory", self.inventory, methods=["GET"]),
            Route("/v3/settings/inventory", self.change_inventory, methods=["PUT"]),
        ]

    async def store(self, request: Request) -> Response:
        """GET the store's profile."""
        return json_answer(self._state.settings.store())

    async def time(self, request: Request) -> Response:
        """GET the time, in seconds since 1970."""
        return json_answer({"time": int(self._state.clock.now().timestamp())})

    async def units_of_measurement(self, request: Request) -> Response:
        """GET the units of weights and sizes."""
        return v3_item(self._state.settings.units_of_measurement())

    async def inventory(self, request: Request) -> Response:
        """GET when stock falls and when it comes back."""
        return v3_item(self._state.settings.inventory())

    async def change_inventory(self, request: Request) -> Response:
        """PUT when stock falls and when it comes back; the other settings stay."""
        given = await v3_object(request)
        settings = self._state.settings
        behaviour = given.get("update_stock_behavior", settings.update_stock_behavior)
        if behaviour not in STOCK_BEHAVIOURS:
            raise unprocessable({"update_stock_behavior": "error.expected.validenumvalue"})
        settings.update_stock_behavior = behaviour
        for name in STOCK_FLAGS:
            setattr(settings, name, bool(given.get(name, getattr(settings, name))))
        return v3_item(settings.inventory())
