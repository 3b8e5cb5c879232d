"""A BigCommerce store that answers what a test laid ready, and nothing else."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable
from typing import Any

import httpx

from connectors.bigcommerce.store import BigCommerceStore
from connectors.http.quota import InMemoryWindows

TOKEN = "the-access-token"
Reply = httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]

STORE_INFORMATION = {
    "name": "Corner Shop",
    "currency": "USD",
    "country_code": "US",
    "weight_units": "LBS",
    "dimension_units": "Inches",
}
UNITS = {"data": {"weight_measurement": "KGS", "length_measurement": "Centimeters"}, "meta": {}}


class StoreServer:
    """Replies per method and path, each used once; any other request fails the test."""

    def __init__(self) -> None:
        self._replies: dict[tuple[str, str], deque[Reply]] = defaultdict(deque)
        self.requests: list[httpx.Request] = []

    def on(self, method: str, path: str, *replies: Reply) -> StoreServer:
        """Lay replies ready, in turn, for a path below the store."""
        self._replies[method, path].extend(replies)
        return self

    def with_settings(self) -> StoreServer:
        """Lay ready what tells currency and units."""
        self.on("GET", "/v2/store", httpx.Response(200, json=STORE_INFORMATION))
        return self.on(
            "GET", "/v3/settings/store/units-of-measurement", httpx.Response(200, json=UNITS)
        )

    def open(self, **settings: Any) -> BigCommerceStore:
        """The store's connector, whose time runs so fast that no pause is felt."""
        return BigCommerceStore(
            store_hash="abc123",
            access_token=lambda: TOKEN,
            window_store=InMemoryWindows(),
            clock_speed=1e6,
            transport=httpx.MockTransport(self._reply),
            **settings,
        )

    def asked(self, path: str) -> list[dict[str, str]]:
        """The queries that came for a path."""
        return [dict(r.url.params) for r in self.requests if r.url.path == _below_store(path)]

    def assert_all_used(self) -> None:
        """Nothing that was laid ready is left over."""
        assert not {place: left for place, left in self._replies.items() if left}

    def _reply(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        assert request.headers["X-Auth-Token"] == TOKEN
        assert request.headers["Accept"] == "application/json"
        path = request.url.path.removeprefix(_below_store(""))
        replies = self._replies[request.method, path]
        assert replies, f"unexpected {request.method} {request.url}"
        reply = replies.popleft()
        if isinstance(reply, Exception):
            raise reply
        return reply if isinstance(reply, httpx.Response) else reply(request)


def v3(data: list[dict[str, Any]], *, page: int = 1, pages: int = 1) -> httpx.Response:
    """A page of a V3 collection."""
    pagination = {"current_page": page, "total_pages": pages, "count": len(data)}
    return httpx.Response(200, json={"data": data, "meta": {"pagination": pagination}})


def v2(rows: list[dict[str, Any]]) -> httpx.Response:
    """A page of a V2 collection; an empty one is a 204."""
    return httpx.Response(200, json=rows) if rows else httpx.Response(204)


def _below_store(path: str) -> str:
    return f"/stores/abc123{path}"
