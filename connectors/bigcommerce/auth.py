"""How a store knows us: the access token of its API account, on every request."""

from __future__ import annotations

from collections.abc import Callable, Generator

import httpx


class AccessToken(httpx.Auth):
    """Sends X-Auth-Token, asked for anew at every request, so that a replaced secret is used."""

    def __init__(self, token: Callable[[], str]) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Add the token."""
        request.headers["X-Auth-Token"] = self._token()
        yield request
