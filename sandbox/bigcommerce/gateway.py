"""What every request passes before it reaches the store: token, store hash, quota."""

from __future__ import annotations

import secrets
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.bigcommerce.answers import json_answer
from sandbox.bigcommerce.rate_window import RateWindow
from sandbox.bigcommerce.refusals import V2Refusal, V3Refusal
from sandbox.bigcommerce.state import StoreState

UNAUTHORIZED = (
    "Unauthorized - the v3 Auth client ID or token in the request are not a valid "
    "combination for this store."
)


class Gateway:
    """ASGI middleware in front of the API's routes."""

    def __init__(self, app: ASGIApp, *, state: StoreState, window: RateWindow) -> None:
        self._app = app
        self._state = state
        self._window = window

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 401, 403 or 429, or let the request through and add the quota's headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        self._state.settle()

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._window.headers())
            await send(message)

        await self._app(scope, receive, send_with_headers)

    def _refusal(self, scope: Scope) -> Response | None:
        answer = self._denial(scope)
        if answer is not None:
            answer.headers.update(self._window.headers())
        elif not self._window.take():
            answer = error_answer(scope["path"], 429, "Too many requests")
            answer.headers.update(self._window.refusal_headers())
        return answer

    def _denial(self, scope: Scope) -> Response | None:
        path = scope["path"]
        token = Headers(scope=scope).get("x-auth-token", "")
        if not secrets.compare_digest(token.encode(), self._state.access_token.encode()):
            return _unauthorized(path, has_token=bool(token))
        if not path.startswith(f"/stores/{self._state.store_hash}/"):
            return error_answer(path, 403, "You don't have a required scope to access the endpoint")
        return None


def _unauthorized(path: str, *, has_token: bool) -> Response:
    if "/v3/catalog/" in path:
        return PlainTextResponse(UNAUTHORIZED, status_code=401)
    if "/v2/" in path and not has_token:
        return error_answer(path, 401, "No credentials were supplied in the request.")
    return error_answer(path, 401, UNAUTHORIZED)


def error_answer(path: str, status: int, text: str, **more: Any) -> Response:
    """An error in the form of the version that the path belongs to."""
    if "/v2/" in path:
        return json_answer(V2Refusal(status, text).body, status)
    return json_answer(V3Refusal(status, text, {}, **more).body, status)
