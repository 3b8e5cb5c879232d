"""The web application that the store calls: it examines a call, answers at once, and hands on.

Whatever the path: the proxy in front, which speaks TLS on port 443, may keep or strip its own.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from affluent.hooks.event import HookEvent
from affluent.hooks.reception import Reception
from affluent.hooks.refusal import CallRefused

logger = logging.getLogger(__name__)

LARGEST_BODY_BYTES: Final = 64 * 1024
_TOO_LARGE: Final = 413


def hooks_app(reception: Reception, hand_on: Callable[[HookEvent], None]) -> Starlette:
    """The application. `hand_on` is told every event that is genuine and new; it must not block."""

    async def receive(request: Request) -> Response:
        try:
            body = await _read(request)
            # Secrets and the memory may have to be waited for.
            event, is_new = await asyncio.to_thread(reception.examine, request.headers, body)
        except CallRefused as refused:
            logger.warning("A call was refused: %s", refused.reason)
            return PlainTextResponse(refused.reason, refused.status)
        logger.info(
            "Received: %s %s%s",
            event.kind,
            event.subject_id or "",
            "" if is_new else ", which has come before",
        )
        if is_new:
            hand_on(event)
        return Response()

    return Starlette(routes=[Route("/{path:path}", receive, methods=["POST"])])


async def _read(request: Request) -> bytes:
    """The body. Raises CallRefused as soon as it is longer than any event."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY_BYTES:
            raise CallRefused(_TOO_LARGE, "The body is longer than any event.")
    return bytes(body)
