"""The Quota of a vendor that limits by token buckets, several of which may bind one call."""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from affluent.domain.lane import Lane
from affluent.ports.buckets import BucketStore
from connectors.http.line import Line, Pause
from connectors.http.quota import Bucket
from connectors.http.retry import TOO_MANY_REQUESTS
from connectors.http.shared_bucket import SharedBucket

logger = logging.getLogger(__name__)

_LONG_WAIT_SECONDS: Final = 5.0
#: A bucket this much larger than one token is drawn from in packs.
_PACKS_A_BURST: Final = 20


@dataclass(slots=True)
class _Metered:
    """A bucket, the line before it, and what this process has heard of it."""

    bucket: SharedBucket
    line: Line
    told_rate: float | None = None
    throttled_at: float = 0.0


class TokenBuckets:
    """One account's calls, within its own buckets and those of the whole application.

    `buckets_of` answers a plan's buckets, the account's own first; `rate_header` is where the
    vendor tells its rate. `account` and `application` name the buckets in the store. `speed` is how
    many times as fast as ours the vendor's time runs.
    """

    def __init__(
        self,
        buckets_of: Callable[[str], Sequence[Bucket]],
        store: BucketStore,
        *,
        account: str,
        application: str = "application",
        rate_header: str = "",
        speed: float = 1.0,
        now: Callable[[], float] = time.time,
        pause: Pause = threading.Event.wait,
    ) -> None:
        self._buckets_of = buckets_of
        self._store = store
        self._scopes = {False: account, True: application}
        self._rate_header = rate_header
        self._speed = speed
        self._now = now
        self._pause = pause
        self._metered: dict[Bucket, _Metered] = {}
        self._lock = threading.Lock()

    def wait(self, plan: str, count: int = 1, lane: Lane = Lane.BULK) -> None:
        """Block until every bucket of the plan has granted so many tokens."""
        came_at = self._now()
        for bucket in self._buckets_of(plan):
            self._of(bucket).line.stand(count, lane)
        waited = self._now() - came_at
        if waited > _LONG_WAIT_SECONDS:
            account = self._scopes[False]
            logger.info("%s of %s waited %.0f s for its quota", plan, account, waited)

    def learn(self, plan: str, headers: Mapping[str, str], status: int) -> None:
        """Take over the told rate; after a 429, take the plan's first bucket for empty.

        Where a vendor that tells no rate throttles again although the bucket was taken for empty,
        the rate itself is believed to be lower.
        """
        buckets = self._buckets_of(plan)
        if not buckets:
            return
        bucket, metered = buckets[0], self._of(buckets[0])
        told = _positive(headers.get(self._rate_header, "")) if bucket.rate_is_told else None
        if told is not None and told != metered.told_rate:
            metered.bucket.believe(told)
            metered.told_rate = told
        if status == TOO_MANY_REQUESTS:
            self._throttled(bucket, metered)

    def seconds_for(self, calls: Mapping[str, int], lane: Lane = Lane.BULK) -> float:
        """The vendor's seconds until the quota has let so many calls of each plan through.

        From the buckets as they stand, at the rates now believed; nothing is drawn.
        """
        drawn: Counter[Bucket] = Counter()
        for plan, count in calls.items():
            drawn.update(dict.fromkeys(self._buckets_of(plan), count))
        return max(
            (self._of(bucket).bucket.seconds_for(count, lane) for bucket, count in drawn.items()),
            default=0.0,
        )

    def _throttled(self, bucket: Bucket, metered: _Metered) -> None:
        now = self._now()
        since = (now - metered.throttled_at) * bucket.rate * self._speed
        metered.throttled_at = now
        logger.debug("%s of %s is empty", bucket.name, self._scopes[bucket.is_shared])
        if metered.told_rate is None and 2 <= since <= 2 * bucket.burst:
            metered.bucket.slow_down()
        metered.bucket.drain()

    def _of(self, bucket: Bucket) -> _Metered:
        with self._lock:
            known = self._metered.get(bucket)
            if known is None:
                shared = SharedBucket(
                    bucket,
                    f"{self._scopes[bucket.is_shared]}/{bucket.name}",
                    self._store,
                    speed=self._speed,
                    now=self._now,
                )
                pack = max(bucket.burst // _PACKS_A_BURST, 1)
                known = _Metered(shared, Line(shared.reserve, self._pause, pack=pack))
                self._metered[bucket] = known
            return known


def _positive(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if value > 0 else None
