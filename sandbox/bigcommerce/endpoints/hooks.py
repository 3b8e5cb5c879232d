"""/v3/hooks."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.bigcommerce.answers import v3_item, v3_object
from sandbox.bigcommerce.catalog.conditions import Filter, read_flag, read_text
from sandbox.bigcommerce.endpoints.pages import filtered, page_of
from sandbox.bigcommerce.state import StoreState

FILTERS = {
    "is_active": Filter(read_flag),
    "scope": Filter(read_text),
    "destination": Filter(read_text),
}


class HookEndpoints:
    """The webhooks of the API account."""

    def __init__(self, state: StoreState) -> None:
        self._state = state

    def routes(self) -> list[Route]:
        """Paths below /stores/{store_hash}."""
        one = "/v3/hooks/{hook_id:int}"
        return [
            Route("/v3/hooks", self.list, methods=["GET"]),
            Route("/v3/hooks", self.create, methods=["POST"]),
            Route(one, self.get, methods=["GET"]),
            Route(one, self.change, methods=["PUT"]),
            Route(one, self.delete, methods=["DELETE"]),
        ]

    async def list(self, request: Request) -> Response:
        """GET webhooks."""
        hooks = list(self._state.hooks.hooks.values())
        return page_of(request, filtered(hooks, request.query_params, FILTERS))

    async def create(self, request: Request) -> Response:
        """POST a webhook."""
        return v3_item(self._state.hooks.add(await v3_object(request)))

    async def get(self, request: Request) -> Response:
        """GET one webhook."""
        return v3_item(self._state.hooks.get(request.path_params["hook_id"]))

    async def change(self, request: Request) -> Response:
        """PUT one webhook."""
        hook = self._state.hooks.get(request.path_params["hook_id"])
        self._state.hooks.change(hook, await v3_object(request))
        return v3_item(hook)

    async def delete(self, request: Request) -> Response:
        """DELETE one webhook; the answer shows it a last time."""
        hook = self._state.hooks.get(request.path_params["hook_id"])
        self._state.hooks.delete(hook)
        return v3_item(hook)
