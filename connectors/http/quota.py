"""When a call may leave: token buckets, shared by whoever shares the bucket store.

A bucket is kept as GCRA keeps it: one number, the time at which it would be full again. Reserving
moves that time on; what was reserved by a process that died is simply earned again.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from connectors.http.retry import TOO_MANY_REQUESTS

logger = logging.getLogger(__name__)

_LONG_WAIT_SECONDS: Final = 5.0


class Quota(Protocol):
    """A vendor's limits for one account."""

    def wait(self, operation: str, count: int = 1) -> None:
        """Block until so many calls of the operation may leave."""
        ...

    def learn(self, operation: str, headers: Mapping[str, str], status: int) -> None:
        """Correct what is believed of the limits by what came back."""
        ...


class Unmetered:
    """The quota of an address that has none."""

    def wait(self, operation: str, count: int = 1) -> None:
        """Answer at once."""

    def learn(self, operation: str, headers: Mapping[str, str], status: int) -> None:
        """Learn nothing."""


class BucketStore(Protocol):
    """Where the buckets are kept. One call is one atomic step among all who share the store."""

    def reserve(
        self, bucket: str, interval_seconds: float, burst: int, count: int, now: float
    ) -> float:
        """Take `count` tokens and answer how many seconds to wait before using them.

        A token is earned every `interval_seconds`; at most `burst` are saved up. `now` is the
        wall clock in seconds. An unknown bucket is full. Never negative.
        """
        ...


class InMemoryBuckets:
    """The buckets of a single process."""

    def __init__(self) -> None:
        self._full_at: dict[str, float] = {}
        self._lock = threading.Lock()

    def reserve(
        self, bucket: str, interval_seconds: float, burst: int, count: int, now: float
    ) -> float:
        """Take tokens; see BucketStore."""
        with self._lock:
            full_at = max(self._full_at.get(bucket, now), now) + count * interval_seconds
            self._full_at[bucket] = full_at
        return max(full_at - burst * interval_seconds - now, 0.0)


@dataclass(frozen=True, slots=True)
class Bucket:
    """One limit: so many calls per second of the vendor's time, so many saved up.

    `rate_is_told` says that the vendor's rate header, where there is one, speaks of this bucket.
    """

    name: str
    rate: float
    burst: int
    rate_is_told: bool = True


class Buckets:
    """A Quota of token buckets; an operation may draw from several, and waits for the slowest.

    `buckets_of` answers an operation's buckets, the seller's own first; `rate_header` is where the
    vendor tells its rate. `speed` is how many times as fast as ours the vendor's time runs. A rate
    that was told, and a bucket that a 429 showed to be empty, are remembered by this process; the
    token that a 429 costs is taken from the shared bucket.
    """

    def __init__(
        self,
        buckets_of: Callable[[str], Sequence[Bucket]],
        store: BucketStore,
        *,
        scope: str,
        rate_header: str = "",
        speed: float = 1.0,
        now: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._buckets_of = buckets_of
        self._store = store
        self._scope = scope
        self._rate_header = rate_header
        self._speed = speed
        self._now = now
        self._sleep = sleep
        self._told_rates: dict[str, float] = {}
        self._empty_until: dict[str, float] = {}

    def wait(self, operation: str, count: int = 1) -> None:
        """Block until so many calls of the operation may leave."""
        seconds = max((self._reserve(b, count) for b in self._buckets_of(operation)), default=0.0)
        if seconds > _LONG_WAIT_SECONDS:
            logger.info("%s of %s waits %.0f s for its quota", operation, self._scope, seconds)
        if seconds > 0:
            self._sleep(seconds)

    def learn(self, operation: str, headers: Mapping[str, str], status: int) -> None:
        """Take over the told rate; after a 429, treat the operation's first bucket as empty."""
        buckets = self._buckets_of(operation)
        if not buckets:
            return
        bucket = buckets[0]
        told = _positive(headers.get(self._rate_header, ""))
        if bucket.rate_is_told and told is not None:
            self._told_rates[bucket.name] = told
        if status == TOO_MANY_REQUESTS:
            self._reserve(bucket, 1)
            self._empty_until[bucket.name] = self._now() + self._interval(bucket)

    def _reserve(self, bucket: Bucket, count: int) -> float:
        now = self._now()
        name = f"{self._scope}/{bucket.name}"
        wait = self._store.reserve(name, self._interval(bucket), bucket.burst, count, now)
        return max(wait, self._empty_until.get(bucket.name, now) - now)

    def _interval(self, bucket: Bucket) -> float:
        return 1.0 / (self._told_rates.get(bucket.name, bucket.rate) * self._speed)


def _positive(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if value > 0 else None
