"""Doing to a request what the faults in force ask for, before or after the vendor's own answer.

A broken connection needs the transport beneath the request, which ASGI hides: DroppableProtocol
hands it on in the scope's state.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from sandbox.client_process import kill_client
from sandbox.faults import Action, Fault, FaultPlan

TRANSPORT = "sandbox.transport"
MARK = "sandbox.fault"


class DroppableProtocol(H11Protocol):
    """HTTP/1.1 whose requests know their transport, so that it can be broken."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Hand the transport on to every request of this connection."""
        super().connection_made(transport)
        self.app_state = {**self.app_state, TRANSPORT: transport}


class FaultInjection:
    """ASGI middleware that lets the faults in force strike a vendor's requests."""

    def __init__(self, app: ASGIApp, vendor: str, faults: FaultPlan) -> None:
        self._app = app
        self._vendor = vendor
        self._faults = faults
        self._answers: dict[str, list[Message]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the faults that are due strike one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        final = None
        for fault in self._faults.due(self._vendor, scope["method"], _path(scope)):
            if fault.action is Action.DELAY:
                await asyncio.sleep(fault.seconds or 0)
            elif fault.action is Action.KILL:
                kill_client(scope["client"][1], scope["server"][1])
            elif fault.action is Action.MARK:
                scope[MARK] = fault.mark
            else:
                final = fault
        await self._finish(final, scope, receive, send)

    async def _finish(
        self, fault: Fault | None, scope: Scope, receive: Receive, send: Send
    ) -> None:
        if fault is None:
            await self._app(scope, receive, self._kept(scope, send))
            return
        if fault.action in (Action.STATUS_AFTER, Action.DROP_AFTER):
            await self._app(scope, receive, _discard)
        if fault.action in (Action.DROP, Action.DROP_AFTER):
            await _break_connection(scope, receive)
        elif fault.action is Action.REPEAT:
            await self._repeat(scope, receive, send)
        else:
            await _answer(fault, scope, receive, send)

    def _kept(self, scope: Scope, send: Send) -> Send:
        """Keep the answer as the last one of its path, where a fault may repeat it."""
        if not self._faults.repeats(self._vendor, scope["method"], _path(scope)):
            return send
        kept = self._answers[_path(scope)] = []

        async def send_and_keep(message: Message) -> None:
            kept.append(message)
            await send(message)

        return send_and_keep

    async def _repeat(self, scope: Scope, receive: Receive, send: Send) -> None:
        kept = self._answers.get(_path(scope))
        if not kept:
            await self._app(scope, receive, send)
            return
        for message in kept:
            await send(message)


async def _answer(fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
    status = fault.status or 500
    body = fault.body if fault.body is not None else _usual_body(fault.vendor, status, scope)
    content = body if isinstance(body, str) else json.dumps(body)
    headers = {"content-type": "application/json", **fault.headers}
    await Response(content, status_code=status, headers=headers)(scope, receive, send)


def _usual_body(vendor: str, status: int, scope: Scope) -> Any:
    """An error in the vendor's own form."""
    message = "The request failed."
    if vendor == "amazon":
        code = {429: "QuotaExceeded", 503: "ServiceUnavailable"}.get(status, "InternalFailure")
        return {"errors": [{"code": code, "message": message, "details": ""}]}
    if "/v2/" in scope["path"]:
        return [{"status": status, "message": message}]
    return {"status": status, "title": message, "type": "about:blank", "errors": {}}


async def _break_connection(scope: Scope, receive: Receive) -> None:
    scope["state"][TRANSPORT].abort()
    while (await receive())["type"] != "http.disconnect":
        continue


async def _discard(message: Message) -> None:
    """Take an answer that nobody is to see."""


def _path(scope: Scope) -> str:
    path: str = scope["raw_path"].decode("ascii")
    return path
