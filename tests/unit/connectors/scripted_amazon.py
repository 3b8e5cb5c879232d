"""Amazon by script: answers what it was told for each call, and fails on any other."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import httpx

from affluent.domain.account import Account
from affluent.domain.marketplace import MARKETPLACES
from connectors.amazon.account import AmazonAccount
from connectors.amazon.auth import AmazonCredentials
from connectors.http.quota import InMemoryBuckets

US = "ATVPDKIKX0DER"
JP = "A1VC38T7YXB528"
ENDPOINT = "https://sellingpartnerapi-na.test"
LOGIN = "POST https://login.test/auth/o2/token"
DOCUMENT = "https://documents.test/d/1?X-Signature=a%2Fb"

Reply = httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]


def answer(body: object, status: int = 200, **headers: str) -> httpx.Response:
    """A JSON answer with a request id."""
    return httpx.Response(status, json=body, headers={"x-amzn-RequestId": "req-1", **headers})


def refusal(status: int, code: str, message: str, details: str = "") -> httpx.Response:
    """An error in the form of the Selling Partner API."""
    return answer({"errors": [{"code": code, "message": message, "details": details}]}, status)


class ScriptedAmazon:
    """Replies by `METHOD path` (or `METHOD whole address`), in turn; the last one is repeated."""

    def __init__(self, **secrets: str) -> None:
        self.secrets = {"client_id": "id", "client_secret": "s3cret", "refresh_token": "r3fresh"}
        self.secrets.update(secrets)
        self.replies: dict[str, list[Reply]] = {}
        self.requests: list[httpx.Request] = []
        self.on(LOGIN, answer({"access_token": "t0ken-1", "expires_in": 3600}))

    def on(self, call: str, *replies: Reply) -> ScriptedAmazon:
        """Reply so to this call."""
        self.replies[call] = list(replies)
        return self

    def account(self) -> AmazonAccount:
        """An account of this Amazon, whose time runs a million times as fast as ours."""
        return AmazonAccount(
            account=Account("us", "SELLER1", MARKETPLACES[:1]),
            credentials=AmazonCredentials(
                client_id=lambda: self.secrets["client_id"],
                client_secret=lambda: self.secrets["client_secret"],
                refresh_token=lambda: self.secrets["refresh_token"],
            ),
            endpoint=ENDPOINT,
            lwa_endpoint="https://login.test/auth/o2/token",
            bucket_store=InMemoryBuckets(),
            clock_speed=1e6,
            transport=httpx.MockTransport(self._reply),
        )

    def sent(self, call: str) -> list[httpx.Request]:
        """The requests of one call, in order."""
        return [request for request in self.requests if call in _names(request)]

    def query(self, call: str, number: int = 0) -> dict[str, str]:
        """The parameters of one request, each of which must stand there once."""
        parsed = parse_qs(self.sent(call)[number].url.query.decode(), strict_parsing=True)
        assert all(len(values) == 1 for values in parsed.values()), parsed
        return {name: values[0] for name, values in parsed.items()}

    def body(self, call: str, number: int = 0) -> Any:
        """The JSON body of one request."""
        return json.loads(self.sent(call)[number].content)

    def _reply(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.requests.append(_as_it_is_now(request))
        replies = next((self.replies[n] for n in _names(request) if n in self.replies), None)
        assert replies, f"unexpected {request.method} {request.url}"
        reply = replies.pop(0) if len(replies) > 1 else replies[0]
        if isinstance(reply, Exception):
            raise reply
        if callable(reply):
            return reply(request)
        return httpx.Response(reply.status_code, headers=reply.headers, content=reply.content)


def _as_it_is_now(request: httpx.Request) -> httpx.Request:
    return httpx.Request(
        request.method, request.url, headers=request.headers.copy(), content=request.content
    )


def _names(request: httpx.Request) -> tuple[str, str]:
    path = request.url.raw_path.decode().partition("?")[0]
    return f"{request.method} {request.url}", f"{request.method} {path}"
