"""One process: bind the ports, build both vendors, announce, serve, and leave nothing behind."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from sandbox.admin import create_admin_app
from sandbox.assembly import Sandbox
from sandbox.certificates import Certificates, issue_certificates
from sandbox.endpoints import Endpoints
from sandbox.exchanges import ExchangeWatch, Listener
from sandbox.options import Options
from sandbox.recording import ExchangeRecorder
from sandbox.server import IdleWatch, Server, serve_to_end


def run_sandbox(options: Options, announce: Callable[[dict[str, Any]], None]) -> None:
    """Serve until a signal comes, or until nobody asks any more; announce when all accept.

    Raises:
        OSError: an address could not be bound or a file could not be opened.
        UnreadableCatalog: the catalog holds something else than products.
        InvalidFault: the faults' file was not understood.
    """
    with ExitStack() as stack:
        endpoints = Endpoints.bind(options)
        sandbox = Sandbox(options)
        certificates = _certificates(options, stack)
        idle = IdleWatch()
        listeners = [idle.listen, *_recorders(options, stack)]
        admin_app = ExchangeWatch(create_admin_app(sandbox), "admin", sandbox.clock, [idle.listen])
        servers = [
            Server(
                endpoints.amazon,
                sandbox.amazon_app(lambda: endpoints.amazon.url, listeners),
                certificates,
            ),
            Server(endpoints.bigcommerce, sandbox.bigcommerce_app(listeners), certificates),
            Server(endpoints.admin, admin_app),
        ]
        ready = endpoints.ready_row(certificates)
        asyncio.run(serve_to_end(servers, lambda: announce(ready), idle, options.idle_exit))


def _certificates(options: Options, stack: ExitStack) -> Certificates | None:
    if not options.tls:
        return None
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="sandbox-"))
    return issue_certificates(Path(folder), options.host)


def _recorders(options: Options, stack: ExitStack) -> list[Listener]:
    if options.record is None:
        return []
    recorder = stack.enter_context(contextlib.closing(ExchangeRecorder(options.record)))
    return [recorder.listen]
