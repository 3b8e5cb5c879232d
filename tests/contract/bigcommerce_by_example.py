"""A BigCommerce that answers each operation with an example."""

from __future__ import annotations

import json
from typing import Any

import httpx
from vendor_specifications import Judge

from connectors.bigcommerce.catalog import CatalogScope
from connectors.bigcommerce.store import BigCommerceStore
from connectors.http.quota import InMemoryWindows

Json = dict[str, Any]

NAMESPACES = ("Warehouse Locations", "amazon")
_LATER_PAGES = ("after", "id:greater")


class BigCommerceByExample:
    """Answers `answers[operation]`, a status and a body; what has none, with an empty page.

    A page that is asked for by a cursor, or by a number beyond 1, is empty.
    """

    def __init__(self, judge: Judge) -> None:
        self.answers: dict[str, tuple[int, Any]] = {}
        self._judge = judge

    def on(self, operation: str, body: Any, status: int = 200) -> BigCommerceByExample:
        """Answer the operation so."""
        self.answers[operation] = (status, body)
        return self

    def store(self) -> BigCommerceStore:
        """The store, whose time runs a million times as fast as ours."""
        return store_on(httpx.MockTransport(self._answer))

    def _answer(self, request: httpx.Request) -> httpx.Response:
        path = request.url.raw_path.decode().partition("?")[0]
        found = self._judge.operations.find("bigcommerce", request.method, path)
        assert found, f"no operation is declared at {request.method} {path}"
        status, body = self.answers.get(found[0].identifier, (200, {"data": [], "meta": {}}))
        if _is_later_page(request.url.params) and status < 300:
            body = {"data": [], "meta": {}} if isinstance(body, dict) else []
        content = b"" if body is None else json.dumps(body).encode()
        return httpx.Response(status, content=content)


def store_on(transport: httpx.BaseTransport) -> BigCommerceStore:
    """A connector of all that can be asked for, on this transport."""
    return BigCommerceStore(
        store_hash="abc123",
        access_token=lambda: "store-token",
        endpoint="http://sandbox",
        window_store=InMemoryWindows(),
        clock_speed=1e6,
        catalog=CatalogScope(metafield_namespaces=NAMESPACES, assigned_to=1),
        transport=transport,
    )


def _is_later_page(query: httpx.QueryParams) -> bool:
    return query.get("page", "1") != "1" or any(name in query for name in _LATER_PAGES)
