"""Time that passes only when someone waits."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


class FakeClock:
    """Starts at noon and never really sleeps."""

    def __init__(self) -> None:
        self._now = NOON
        self._lock = threading.Lock()

    def now(self) -> datetime:
        return self._now

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self._now += timedelta(seconds=seconds)


class YieldingClock(FakeClock):
    """Lets other threads run for a hundredth of a second whenever someone waits."""

    def sleep(self, seconds: float) -> None:
        time.sleep(0.01)
        super().sleep(seconds)
