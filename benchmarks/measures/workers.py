"""Processes that patch at once, sharing one seller's buckets through one store."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier, Event
from pathlib import Path
from typing import Final

from affluent.storage.buckets import SqlBuckets
from affluent.storage.engine import open_engine
from affluent.storage.migrate import upgrade
from benchmarks.measures.counting import CountingTransport
from benchmarks.measures.sandbox import SPEED, Ready, open_account, patch_of

_THREADS: Final = 8
_SAFETY_THREADS: Final = 4
_SPAWN: Final = get_context("spawn")


@dataclass(frozen=True)
class Work:
    """What one process has to do: so many patches of a quantity, a pause before each."""

    name: str
    patches: int
    quantity: int = 7
    pause_seconds: float = 0.0


@dataclass(frozen=True)
class Done:
    """What one process did: its answers, the 429s among them, when it ended, and what waited.

    `waits` are the seconds from asking for a patch to its departure; `foretold_seconds` is what
    the forecast said of its patches before the start.
    """

    name: str
    calls: int
    throttled: int
    ended_at: float
    waits: tuple[float, ...]
    foretold_seconds: float


@dataclass(frozen=True)
class Together:
    """What they all did, and when they started."""

    started_at: float
    done: tuple[Done, ...]

    @property
    def calls(self) -> int:
        """Answers of any kind."""
        return sum(one.calls for one in self.done)

    @property
    def throttled(self) -> int:
        """Answers that said 429."""
        return sum(one.throttled for one in self.done)

    @property
    def foretold_seconds(self) -> float:
        """What the forecasts said, one process after the other."""
        return sum(one.foretold_seconds for one in self.done)

    @property
    def seconds(self) -> float:
        """From the start to the last answer."""
        return max(one.ended_at for one in self.done) - self.started_at


def work_together(ready: Ready, folder: Path, works: Sequence[Work], until: str = "") -> Together:
    """Let each work be done by a process of its own, all from the same moment on.

    `until` names the work after whose end the others stop where they are.
    """
    database = f"sqlite:///{folder / 'buckets.db'}"
    upgrade(database)
    results: Queue[Done] = _SPAWN.Queue()
    start, stop = _SPAWN.Barrier(len(works) + 1), _SPAWN.Event()
    processes = [
        _SPAWN.Process(target=_work, args=(ready, database, work, start, stop, results))
        for work in works
    ]
    for process in processes:
        process.start()
    start.wait(timeout=120)
    started_at = time.time()
    done = []
    for _ in works:
        done.append(results.get(timeout=300))
        if done[-1].name == until:
            stop.set()
    for process in processes:
        process.join()
    return Together(started_at, tuple(done))


def _work(
    ready: Ready, database: str, work: Work, start: Barrier, stop: Event, results: Queue[Done]
) -> None:
    transport = CountingTransport()
    account = open_account(ready, SqlBuckets(open_engine(database)), SPEED, transport)
    account.sellers.state()
    patches = [patch_of(work.name, work.quantity)] * work.patches
    foretold = account.forecast.of(patches).singly.calls[0].seconds / SPEED
    start.wait(timeout=120)

    def patch(number: int) -> float | None:
        if stop.is_set():
            return None
        time.sleep(work.pause_seconds)
        sku = f"{work.name}-{number}"
        asked_at = time.time()
        account.listings.patch(patch_of(sku, work.quantity))
        return transport.left_at[sku] - asked_at

    with ThreadPoolExecutor(_SAFETY_THREADS if work.pause_seconds else _THREADS) as threads:
        waits = [wait for wait in threads.map(patch, range(work.patches)) if wait is not None]
    ended_at = time.time()
    account.close()
    calls, throttled = transport.count("PATCH"), transport.count("PATCH", 429)
    results.put(Done(work.name, calls, throttled, ended_at, tuple(waits), foretold))
