"""One token bucket, drawn from by all processes that share its store (the arithmetic is GCRA's).

Nobody runs into debt: tokens are granted when they are there, so whoever comes later with a more
urgent call finds nothing queued before it. The last tokens of a burst are kept for the upper lanes,
which also takes up what the network shifts between our bucket and the vendor's: while a call is on
its way, the vendor's bucket may be full and earn nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from affluent.domain.lane import Lane
from affluent.ports.buckets import BucketState, BucketStore
from connectors.http.quota import Bucket

#: Our interval is longer than the vendor's by this, so that lost time is made good again.
_CAUTION: Final = 1.01
#: The lowest lane leaves so many tokens, at most this share of what a burst holds beyond one.
_KEPT_TOKENS: Final = 1.5
_KEPT_SHARE: Final = 0.5
#: The first call after a rest is on its way for so many tokens' time at most.
_FIRST_WAY_TOKENS: Final = 1.0
#: Seconds of the wall clock are exact to a quarter of a microsecond only.
_ROUNDING_TOKENS: Final = 1e-3

#: A 429 without a told rate slows us down so far, for so many tokens' time.
_SLOWER: Final = 0.9
_SLOWER_FOR_TOKENS: Final = 200
_FOR_GOOD: Final = 1e12


@dataclass(frozen=True, slots=True)
class Grant:
    """So many tokens to use now; where there are none, the seconds until there may be one."""

    tokens: int
    seconds: float = 0.0


class SharedBucket:
    """A bucket under its name in the store. `speed` is how fast the vendor's time runs."""

    def __init__(
        self,
        bucket: Bucket,
        name: str,
        store: BucketStore,
        *,
        speed: float,
        now: Callable[[], float],
    ) -> None:
        self._bucket = bucket
        self._saved = saved_up(bucket.burst)
        self._name = name
        self._store = store
        self._speed = speed
        self._now = now

    def reserve(self, count: int, lane: Lane) -> Grant:
        """As many of `count` tokens as there are for the lane at this moment."""
        while True:
            now = self._now()
            state = self._store.look(self._name)
            interval = self._interval(state, now)
            room = (self._saved - kept_from(lane, self._bucket.burst)) * interval
            lacking = max(state.full_at - now, 0.0)
            tokens = min(count, int((room - lacking) / interval + _ROUNDING_TOKENS))
            if tokens < 1:
                return Grant(0, interval + lacking - room)
            latest = now + room + _ROUNDING_TOKENS * interval
            if self._store.draw(self._name, tokens * interval, now, latest) is not None:
                return Grant(tokens)

    def seconds_for(self, count: int, lane: Lane) -> float:
        """How many seconds of the vendor's time pass until so many tokens have been granted."""
        now = self._now()
        state = self._store.look(self._name)
        interval = self._interval(state, now)
        lacking = max(state.full_at - now, 0.0) / interval
        there = self._saved - kept_from(lane, self._bucket.burst) - lacking
        return max(count - there, 0.0) * interval * self._speed

    def drain(self) -> None:
        """Take the bucket for empty, as a throttled call shows it to be."""
        now = self._now()
        interval = self._interval(self._store.look(self._name), now)
        self._store.drain(self._name, now + self._saved * interval)

    def believe(self, rate: float) -> None:
        """Take over the rate that the vendor tells, until it tells another."""
        self._believe(rate, _FOR_GOOD)

    def slow_down(self) -> None:
        """Believe in less for a while, where the vendor throttles and tells no rate."""
        now = self._now()
        interval = self._interval(self._store.look(self._name), now)
        rate = _SLOWER * _CAUTION / interval / self._speed
        self._believe(rate, now + _SLOWER_FOR_TOKENS * interval)

    def _believe(self, rate: float, until: float) -> None:
        published = self._bucket.rate
        self._store.believe(self._name, rate, until, self._now(), instead_of=published)

    def _interval(self, state: BucketState, now: float) -> float:
        is_believed = state.rate is not None and state.rate_until > now
        rate = state.rate if is_believed and state.rate else self._bucket.rate
        return _CAUTION / (rate * self._speed)


def saved_up(burst: int) -> float:
    """How many tokens of a full bucket are counted on; all of them where there are few."""
    return burst - min(max(burst - 2, 0) / 3, _FIRST_WAY_TOKENS)


def kept_from(lane: Lane, burst: int) -> float:
    """How many tokens a lane leaves in the bucket for the lanes above it."""
    most = min(_KEPT_TOKENS, (burst - 1) * _KEPT_SHARE)
    return most * lane / max(Lane)
