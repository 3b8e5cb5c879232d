"""BigCommerce's quota: so many requests per window, shared by all apps of the store.

Every answer tells the window in its headers, but for some of those that throttle.
Rate limits: https://docs.bigcommerce.com/docs/start/best-practices/api-rate-limits
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from typing import Final

from affluent.domain.lane import Lane
from affluent.ports.windows import WindowStore
from connectors.http.line import Line, Pause
from connectors.http.retry import TEMPORARY, TOO_MANY_REQUESTS, asked_seconds
from connectors.http.shared_window import SharedWindow, Told

logger = logging.getLogger(__name__)

_QUOTA: Final = "x-rate-limit-requests-quota"
_LEFT: Final = "x-rate-limit-requests-left"
_LENGTH_MS: Final = "x-rate-limit-time-window-ms"
_RESET_MS: Final = "x-rate-limit-time-reset-ms"
_RETRY_AFTER: Final = ("retry-after", "x-retry-after")

#: A window's end is told in whole milliseconds, and comes that much later at most.
_ROUNDED_OFF_MS: Final = 1
_LONG_WAIT_SECONDS: Final = 5.0
#: BigCommerce throttles without any header when its platform is under load.
_PAUSE_WITHOUT_HEADERS_SECONDS: Final = 1.0
#: A store on the smallest plan, until its first answer tells.
_SMALLEST_QUOTA: Final = 150
_SMALLEST_LENGTH_SECONDS: Final = 30.0


class RequestWindow:
    """The Quota of one store: a window in the shared store, with a line before it. Thread-safe.

    `scope` names the store's window. `speed` is how many times as fast as ours its time runs.
    """

    def __init__(
        self,
        store: WindowStore,
        *,
        scope: str,
        speed: float = 1.0,
        now: Callable[[], float] = time.time,
        pause: Pause = threading.Event.wait,
    ) -> None:
        self._scope = scope
        self._store = store
        self._speed = speed
        self._now = now
        self._window = SharedWindow(scope, store, now=now)
        self._line = Line(self._window.reserve, pause)

    def wait(self, plan: str, count: int = 1, lane: Lane = Lane.BULK) -> None:
        """Block until the window has had room for so many requests."""
        came_at = self._now()
        self._line.stand(count, lane)
        waited = self._now() - came_at
        if waited > _LONG_WAIT_SECONDS:
            logger.info("%s of %s waited %.0f s for its quota", plan, self._scope, waited)

    def learn(self, plan: str, headers: Mapping[str, str], status: int) -> None:
        """Take over what one answer tells; where it throttles, let nobody through for a while."""
        now = self._now()
        closed_until = 0.0
        if _throttles(status, headers):
            pause = asked_seconds(headers) or _PAUSE_WITHOUT_HEADERS_SECONDS
            closed_until = now + pause / self._speed
            logger.debug("%s of %s is throttled for %.1f s", plan, self._scope, pause)
        self._window.learn(self._told(headers, now), closed_until)

    def seconds_for(self, calls: int) -> float:
        """The store's seconds for so many calls, at the quota that it told last."""
        known = self._store.look(self._scope)
        length = known.length * self._speed if known.quota else _SMALLEST_LENGTH_SECONDS
        return calls * length / (known.quota or _SMALLEST_QUOTA)

    def _told(self, headers: Mapping[str, str], now: float) -> Told | None:
        quota, left, length_ms, reset_ms = (
            _number(headers.get(name, "")) for name in (_QUOTA, _LEFT, _LENGTH_MS, _RESET_MS)
        )
        if not quota or left is None or not length_ms or reset_ms is None:
            return None
        milliseconds = 1000 * self._speed
        ends_at = now + (reset_ms + _ROUNDED_OFF_MS) / milliseconds
        return Told(quota, left, length_ms / milliseconds, ends_at)


def _throttles(status: int, headers: Mapping[str, str]) -> bool:
    """A 429; or a 500 or 503 that asks for a pause, or comes when nothing is left."""
    if status == TOO_MANY_REQUESTS:
        return True
    asks = any(name in headers for name in _RETRY_AFTER) or headers.get(_LEFT) == "0"
    return status in TEMPORARY and asks


def _number(text: str) -> int | None:
    try:
        return int(text)
    except ValueError:
        return None
