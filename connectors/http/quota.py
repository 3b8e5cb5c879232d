"""When a call may leave: what every quota answers, and what a token bucket is."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from affluent.domain.lane import Lane
from affluent.ports.buckets import BucketState
from affluent.ports.windows import WindowState


class Quota(Protocol):
    """A vendor's limits for one account. A plan is an operation, or a kind of call to it."""

    def wait(self, plan: str, count: int = 1, lane: Lane = Lane.BULK) -> None:
        """Block until so many calls of the plan may leave."""
        ...

    def learn(self, plan: str, headers: Mapping[str, str], status: int) -> None:
        """Correct what is believed of the limits by what came back."""
        ...


class Unmetered:
    """The quota of an address that has none."""

    def wait(self, plan: str, count: int = 1, lane: Lane = Lane.BULK) -> None:
        """Answer at once."""

    def learn(self, plan: str, headers: Mapping[str, str], status: int) -> None:
        """Learn nothing."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """One limit: so many calls per second of the vendor's time, so many saved up.

    `rate_is_told` says that the vendor's rate header, where there is one, speaks of this bucket.
    `is_shared` says that all accounts of our application draw from it.
    """

    name: str
    rate: float
    burst: int
    rate_is_told: bool = True
    is_shared: bool = False


class InMemoryBuckets:
    """The BucketStore of a single process."""

    def __init__(self) -> None:
        self._states: dict[str, BucketState] = {}
        self._lock = threading.Lock()

    def look(self, bucket: str) -> BucketState:
        """See BucketStore."""
        return self._states.get(bucket, BucketState())

    def draw(self, bucket: str, seconds: float, now: float, latest: float) -> float | None:
        """See BucketStore."""
        with self._lock:
            state = self.look(bucket)
            full_at = max(state.full_at, now) + seconds
            if full_at > latest:
                return None
            self._states[bucket] = BucketState(full_at, state.rate, state.rate_until)
            return full_at

    def drain(self, bucket: str, full_at: float) -> None:
        """See BucketStore."""
        with self._lock:
            state = self.look(bucket)
            self._states[bucket] = BucketState(
                max(state.full_at, full_at), state.rate, state.rate_until
            )

    def believe(
        self, bucket: str, rate: float, until: float, now: float, *, instead_of: float
    ) -> None:
        """See BucketStore."""
        with self._lock:
            state = self.look(bucket)
            before = state.rate if state.rate and state.rate_until > now else instead_of
            lacking = max(state.full_at - now, 0.0)
            self._states[bucket] = BucketState(now + lacking * before / rate, rate, until)


class InMemoryWindows:
    """The WindowStore of a single process."""

    def __init__(self) -> None:
        self._states: dict[str, WindowState] = {}
        self._lock = threading.Lock()

    def look(self, window: str) -> WindowState:
        """See WindowStore."""
        return self._states.get(window, WindowState())

    def swap(self, window: str, seen: WindowState, new: WindowState) -> bool:
        """See WindowStore."""
        with self._lock:
            if self.look(window).turn != seen.turn:
                return False
            self._states[window] = replace(new, turn=seen.turn + 1)
            return True
