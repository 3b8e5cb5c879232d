"""BigCommerce's quota: so many requests per window, shared by all apps of the store.

The headers of every answer are the only truth, since other apps draw from the same window. What
they say holds until the window's end; requests of our own that are still on the way are counted
in advance. A bucket in the shared store keeps several processes together below the quota.
Rate limits: https://docs.bigcommerce.com/docs/start/best-practices/api-rate-limits
"""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from affluent.domain.lane import Lane
from affluent.ports.buckets import BucketStore
from connectors.http.retry import TOO_MANY_REQUESTS, asked_seconds

logger = logging.getLogger(__name__)

_QUOTA: Final = "x-rate-limit-requests-quota"
_LEFT: Final = "x-rate-limit-requests-left"
_LENGTH_MS: Final = "x-rate-limit-time-window-ms"
_RESET_MS: Final = "x-rate-limit-time-reset-ms"

#: The share of the window that is left to the store's other apps.
_RESERVED_SHARE: Final = 0.02
#: BigCommerce throttles without any header when its platform is under load.
_PAUSE_WITHOUT_HEADERS_SECONDS: Final = 1.0


@dataclass(slots=True)
class _Window:
    quota: int
    length_seconds: float
    left: int
    ends_at: float

    @property
    def reserved(self) -> int:
        return int(self.quota * _RESERVED_SHARE)


class RequestWindow:
    """The Quota of one store. Thread-safe.

    `speed` is how many times as fast as ours the store's time runs.
    """

    def __init__(
        self,
        store: BucketStore,
        *,
        scope: str,
        speed: float = 1.0,
        now: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._store = store
        self._scope = scope
        self._speed = speed
        self._now = now
        self._sleep = sleep
        self._lock = threading.Lock()
        self._window: _Window | None = None
        self._closed_until = 0.0

    def wait(self, plan: str, count: int = 1, lane: Lane = Lane.BULK) -> None:
        """Block until the window has room for so many requests; all lanes share it alike."""
        while (seconds := self._take(count)) > 0:
            logger.debug("%s waits %.1f s for the quota of %s", plan, seconds, self._scope)
            self._sleep(seconds)
        if (seconds := self._reserve(count)) > 0:
            self._sleep(seconds)

    def learn(self, plan: str, headers: Mapping[str, str], status: int) -> None:
        """Take over what the answer's headers tell; after a 429, let nobody through for a while."""
        quota, left, length_ms, reset_ms = (
            _number(headers.get(name, "")) for name in (_QUOTA, _LEFT, _LENGTH_MS, _RESET_MS)
        )
        with self._lock:
            now = self._now()
            if status == TOO_MANY_REQUESTS:
                pause = asked_seconds(headers) or _PAUSE_WITHOUT_HEADERS_SECONDS
                self._closed_until = max(self._closed_until, now + pause / self._speed)
            if quota is None or left is None or length_ms is None or reset_ms is None:
                return
            known = self._window
            in_this_window = known is not None and now < known.ends_at
            self._window = _Window(
                quota=quota,
                length_seconds=length_ms / 1000 / self._speed,
                left=min(left, known.left) if known and in_this_window else left,
                ends_at=now + reset_ms / 1000 / self._speed,
            )

    def _take(self, count: int) -> float:
        """Count the requests as sent and answer 0, or how many seconds to wait before asking."""
        with self._lock:
            now = self._now()
            if now < self._closed_until:
                return self._closed_until - now
            window = self._window
            if window is None:
                return 0.0
            if now >= window.ends_at:
                window.left = window.quota
                window.ends_at = now + window.length_seconds
            elif window.left - count < window.reserved:
                return window.ends_at - now
            window.left -= count
            return 0.0

    def _reserve(self, count: int) -> float:
        with self._lock:
            window = self._window
        if window is None or window.quota <= 0:
            return 0.0
        interval = window.length_seconds / window.quota
        now = self._now()
        full_at = self._store.draw(f"{self._scope}/window", count * interval, now, math.inf)
        return 0.0 if full_at is None else max(full_at - window.length_seconds - now, 0.0)


def _number(text: str) -> int | None:
    try:
        return int(text)
    except ValueError:
        return None
