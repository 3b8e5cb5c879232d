"""Every point at which a worker may die: around each request and each commit."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from affluent.ports.storage import UnitOfWork, UnitsOfWork


class WorkerDied(Exception):
    """The process ended here, as far as the product can tell."""


class Wire:
    """What requests and commits pass through; `die_at` is the number or the name of the
    deadly point.

    `witness` is called with the name of a request before it leaves; `died_at` is the number of the
    point at which the worker died last.
    """

    def __init__(self, die_at: int | str | None = None) -> None:
        self.points: list[str] = []
        self.die_at = die_at
        self.died_at: int | None = None
        self.witness: Callable[[str], None] = lambda _request: None
        self._lock = threading.Lock()

    def reach(self, point: str) -> None:
        with self._lock:
            self.points.append(point)
            number = len(self.points) - 1
        if self.die_at in (number, point):
            self.died_at = number
            raise WorkerDied(point)

    @contextmanager
    def request(self, name: str) -> Iterator[None]:
        self.reach(f"before {name}")
        self.witness(name)
        yield
        self.reach(f"after {name}")


class MortalUnits:
    """Units of work on a real database, whose worker may die around each commit."""

    def __init__(self, units: UnitsOfWork, wire: Wire) -> None:
        self._units = units
        self._wire = wire

    def __call__(self) -> UnitOfWork:
        work = self._units()
        commit = work.commit

        def mortal_commit() -> None:
            self._wire.reach("before commit")
            commit()
            self._wire.reach("after commit")

        setattr(work, "commit", mortal_commit)  # noqa: B010  (a method of this one unit)
        return work
