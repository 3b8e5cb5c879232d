"""BigCommerce's quota: so many requests in a window of 30 seconds, for all apps of a store."""

from __future__ import annotations

import math
from itertools import count

from sandbox.bigcommerce.behaviour import StoreBehaviour
from sandbox.clock import SandboxClock

UNLIMITED_REQUESTS = 1_000_000
SILENT_REFUSAL = 3


class RateWindow:
    """Counts the requests of the present window; every third refusal comes without headers."""

    def __init__(self, clock: SandboxClock, behaviour: StoreBehaviour, *, quotas: bool) -> None:
        self._clock = clock
        self._behaviour = behaviour
        self._quotas = quotas
        self._started = clock.seconds()
        self._used = 0
        self._refusals = count(1)

    @property
    def quota(self) -> int:
        """How many requests a window holds."""
        return self._behaviour.window_requests if self._quotas else UNLIMITED_REQUESTS

    def take(self) -> bool:
        """Use one request of the window, if one is left."""
        if self._clock.seconds() - self._started >= self._behaviour.window_seconds:
            self._started = self._clock.seconds()
            self._used = 0
        if self._used >= self.quota:
            return False
        self._used += 1
        return True

    def headers(self) -> dict[str, str]:
        """The headers that every answer carries."""
        window = self._behaviour.window_seconds
        left_of_window = max(0.0, window - (self._clock.seconds() - self._started))
        return {
            "X-Rate-Limit-Time-Window-Ms": str(int(window * 1000)),
            "X-Rate-Limit-Time-Reset-Ms": str(math.ceil(left_of_window * 1000)),
            "X-Rate-Limit-Requests-Quota": str(self.quota),
            "X-Rate-Limit-Requests-Left": str(max(0, self.quota - self._used)),
        }

    def refusal_headers(self) -> dict[str, str]:
        """The headers of a 429: with the time to wait, or every third time none at all."""
        if next(self._refusals) % SILENT_REFUSAL == 0:
            return {}
        headers = self.headers()
        wait_seconds = math.ceil(int(headers["X-Rate-Limit-Time-Reset-Ms"]) / 1000)
        return headers | {"X-Retry-After": str(wait_seconds)}
