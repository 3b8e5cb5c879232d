"""An Amazon that answers each operation with an example, and keeps what it was asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
from vendor_specifications import Exchange, Judge

from affluent.domain.account import Account
from affluent.domain.marketplace import MARKETPLACES
from connectors.amazon.account import AmazonAccount
from connectors.amazon.auth import AmazonCredentials
from connectors.http.quota import InMemoryBuckets

Json = dict[str, Any]

DOCUMENTS = "https://documents.test/documents/1"
LOGIN = "https://login.test/auth/o2/token"
_TOKENS = ("nextToken", "pageToken", "paginationToken")


class AmazonByExample:
    """Answers `answers[operation]`, a status and a body, and `content` for every document.

    A page that is asked for by its token is the last one.
    """

    def __init__(self, judge: Judge) -> None:
        self.answers: dict[str, tuple[int, Any]] = {}
        self.content = b""
        self.exchanges: list[Exchange] = []
        self._judge = judge

    def on(self, operation: str, body: Any, status: int = 200) -> AmazonByExample:
        """Answer the operation so."""
        self.answers[operation] = (status, body)
        return self

    def account(self) -> AmazonAccount:
        """An account of this Amazon, whose time runs a million times as fast as ours."""
        return AmazonAccount(
            account=Account("us", "SELLER1", MARKETPLACES[:1]),
            credentials=AmazonCredentials(lambda: "id", lambda: "secret", lambda: "refresh"),
            endpoint="https://sellingpartnerapi-na.test",
            lwa_endpoint=LOGIN,
            bucket_store=InMemoryBuckets(),
            clock_speed=1e6,
            transport=httpx.MockTransport(self._answer),
        )

    def operations(self) -> set[str]:
        """The names of the operations that were asked for."""
        return {
            found[0].identifier
            for one in self.exchanges
            if (found := self._judge.operations.find("amazon", one.method, one.path))
        }

    def _answer(self, request: httpx.Request) -> httpx.Response:
        request.read()
        path = request.url.raw_path.decode().partition("?")[0]
        if str(request.url) == LOGIN:
            return httpx.Response(200, json={"access_token": "t", "expires_in": 3_600_000_000})
        found = self._judge.operations.find("amazon", request.method, path)
        if found is None:
            self._keep(request, path, 200, _parsed(self.content))
            return httpx.Response(200, content=b"" if request.method == "PUT" else self.content)
        status, body = self.answers[found[0].identifier]
        if any(token in request.url.params for token in _TOKENS):
            body = {name: value for name, value in body.items() if name not in _PAGING}
        self._keep(request, path, status, body)
        return httpx.Response(status, content=b"" if body is None else json.dumps(body).encode())

    def _keep(self, request: httpx.Request, path: str, status: int, body: Any) -> None:
        query = request.url.query.decode()
        headers = dict(request.headers)
        sent = _parsed(request.content)
        self.exchanges.append(
            Exchange("amazon", request.method, path, query, headers, sent, status, {}, body)
        )


_PAGING = ("nextToken", "pagination")


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(content) if content else None
    except ValueError:
        return content.decode(errors="replace")


def dictionaries(value: Any) -> Iterator[Json]:
    """Every object in a JSON document, from the outside in."""
    if isinstance(value, dict):
        yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inner:
        yield from dictionaries(each)


def marketplace_in(body: Any, default: str = "ATVPDKIKX0DER") -> str:
    """The first marketplace that a document names."""
    return next((one["marketplaceId"] for one in dictionaries(body) if "marketplaceId" in one),
                default)  # fmt: skip
