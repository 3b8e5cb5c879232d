"""Several HTTP servers in one event loop, until a signal comes or nobody asks any more."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import time
from collections.abc import Callable, Generator
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from sandbox.certificates import Certificates
from sandbox.endpoints import Endpoint
from sandbox.exchanges import Exchange
from sandbox.fault_injection import DroppableProtocol

SECONDS_TO_FINISH = 2
SECONDS_KEPT_ALIVE = 75
SECONDS_BETWEEN_LOOKS = 0.01


class Server(uvicorn.Server):
    """One app on one endpoint; it leaves the signals to the sandbox, which has three of them."""

    def __init__(
        self, endpoint: Endpoint, app: ASGIApp, certificates: Certificates | None = None
    ) -> None:
        self._endpoint = endpoint
        config = uvicorn.Config(
            app,
            http=DroppableProtocol,
            ws="none",
            log_config=None,
            log_level="warning",
            access_log=False,
            timeout_keep_alive=SECONDS_KEPT_ALIVE,
            timeout_graceful_shutdown=SECONDS_TO_FINISH,
            ssl_certfile=certificates.server_file if certificates else None,
        )
        super().__init__(config)

    async def run_to_end(self) -> None:
        """Serve until `should_exit` is set."""
        await self.serve(sockets=[self._endpoint.socket])

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Capture none."""
        yield


class IdleWatch:
    """Knows how long no request has come."""

    def __init__(self) -> None:
        self._last_request = time.monotonic()

    def listen(self, _exchange: Exchange) -> None:
        """Note that a request has come."""
        self._last_request = time.monotonic()

    async def wait(self, seconds: float) -> None:
        """Return once so many real seconds have passed without a request."""
        while (left := self._last_request + seconds - time.monotonic()) > 0:
            await asyncio.sleep(left)


async def serve_to_end(
    servers: list[Server],
    announce: Callable[[], None],
    idle: IdleWatch,
    idle_exit: float | None,
) -> None:
    """Announce when all servers accept; end them all on SIGTERM, SIGINT or idleness."""
    stopped = _stop_signal()
    serving = [asyncio.create_task(server.run_to_end()) for server in servers]
    while not all(server.started for server in servers):
        await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
    announce()
    await _first_end(stopped, idle, idle_exit)
    for server in servers:
        server.should_exit = True
    await asyncio.gather(*serving)


def _stop_signal() -> asyncio.Event:
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    return stopped


async def _first_end(stopped: asyncio.Event, idle: IdleWatch, idle_exit: float | None) -> None:
    ends: list[asyncio.Task[Any]] = [asyncio.create_task(stopped.wait())]
    if idle_exit is not None:
        ends.append(asyncio.create_task(idle.wait(idle_exit)))
    _, pending = await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
