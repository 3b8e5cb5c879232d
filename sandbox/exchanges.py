"""Watching what passes between a client and a vendor: one Exchange for each request.

Listeners receive every exchange as it ends. What they do with it stands beside them: the request
log and the recorder (recording.py), the idle watch (server.py).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sandbox.clock import SandboxClock

Header = tuple[bytes, bytes]


@dataclass
class Exchange:
    """A request and what was answered; status is None when the connection broke first."""

    vendor: str
    method: str
    path: str
    query: str
    request_headers: list[Header]
    started_at: datetime
    request_body: bytearray = field(default_factory=bytearray)
    status: int | None = None
    response_headers: list[Header] = field(default_factory=list)
    response_body: bytearray = field(default_factory=bytearray)
    is_whole: bool = False
    ended_at: datetime | None = None


Listener = Callable[[Exchange], None]


class ExchangeWatch:
    """ASGI middleware that tells its listeners of every exchange."""

    def __init__(
        self, app: ASGIApp, vendor: str, clock: SandboxClock, listeners: Sequence[Listener]
    ) -> None:
        self._app = app
        self._vendor = vendor
        self._clock = clock
        self._listeners = listeners

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request through, and tell of it when it has ended."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = self._begin(scope)
        unread = await _read_whole(exchange, receive)

        async def receive_watched() -> Message:
            return unread.popleft() if unread else await receive()

        async def send_watched(message: Message) -> None:
            _note_answer(exchange, message)
            await send(message)

        try:
            if unread[-1]["type"] != "http.disconnect":
                await self._app(scope, receive_watched, send_watched)
        finally:
            exchange.ended_at = self._clock.now()
            for listener in self._listeners:
                listener(exchange)

    def _begin(self, scope: Scope) -> Exchange:
        return Exchange(
            vendor=self._vendor,
            method=scope["method"],
            path=scope["raw_path"].decode("ascii"),
            query=scope["query_string"].decode("ascii"),
            request_headers=list(scope["headers"]),
            started_at=self._clock.now(),
        )


async def _read_whole(exchange: Exchange, receive: Receive) -> deque[Message]:
    """The request's messages, read before it is handled: a refusal may not look at the body."""
    messages: deque[Message] = deque()
    while not messages or messages[-1].get("more_body", False):
        messages.append(await receive())
        exchange.request_body += messages[-1].get("body", b"")
    return messages


def _note_answer(exchange: Exchange, message: Message) -> None:
    if message["type"] == "http.response.start":
        exchange.status = message["status"]
        exchange.response_headers = list(message.get("headers", ()))
    elif message["type"] == "http.response.body":
        exchange.response_body += message.get("body", b"")
        exchange.is_whole = not message.get("more_body", False)
