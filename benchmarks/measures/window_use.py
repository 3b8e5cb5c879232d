"""Processes that ask one store at once, and how much of its windows they use."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from typing import Any, Final

from affluent.storage.engine import open_engine
from affluent.storage.windows import SqlWindows
from benchmarks.measures.sandbox import SPEED, Ready, open_store
from connectors.sandbox_admin import SandboxAdmin

QUOTA: Final = 150
WINDOW_SECONDS: Final = 30.0
_THREADS: Final = 8
_SPAWN: Final = get_context("spawn")


@dataclass(frozen=True)
class WindowUse:
    """Of the windows' requests so much was used, by so many calls; so many were throttled."""

    used: float
    calls: int
    throttled: int


def use_windows(ready: Ready, database: str, processes: int, seconds: float) -> WindowUse:
    """Let the processes ask for single SKUs for so long, and judge it by the store's own log."""
    workers = [
        _SPAWN.Process(target=_ask, args=(ready, database, seconds)) for _ in range(processes)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    with SandboxAdmin(ready["admin"]) as admin:
        return _use_of([row for row in admin.requests() if row["vendor"] == "bigcommerce"])


def _ask(ready: Ready, database: str, seconds: float) -> None:
    store = open_store(ready, SqlWindows(open_engine(database)), SPEED)
    until = time.monotonic() + seconds

    def ask(_thread: int) -> None:
        while time.monotonic() < until:
            store.catalog.resolve(["KIT-MUG-BLUE"])

    with ThreadPoolExecutor(_THREADS) as threads:
        list(threads.map(ask, range(_THREADS)))
    store.close()


def _use_of(rows: Sequence[dict[str, Any]]) -> WindowUse:
    """From the first window's begin to the last one's, which itself is not counted."""
    moments = sorted(datetime.fromisoformat(row["started_at"]).timestamp() for row in rows)
    starts = [moments[0]]
    for moment in moments:
        if moment >= starts[-1] + WINDOW_SECONDS:
            starts.append(moment)
    throttled = sum(row["status"] == 429 for row in rows)
    counted = sum(moment < starts[-1] for moment in moments) - throttled
    room = QUOTA * (starts[-1] - starts[0]) / WINDOW_SECONDS
    return WindowUse(counted / room, len(rows), throttled)
