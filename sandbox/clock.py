"""The sandbox's own time: real time, or a clock that runs X times as fast."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta


class SandboxClock:
    """A clock that starts at the present and runs `speed` times as fast.

    Everything that the vendors date, delay, expire or count by the second reads this clock, so
    that quotas, lags and expiries all run fast together.
    """

    def __init__(self, speed: float = 1.0) -> None:
        self.speed = speed
        self._started_monotonic = time.monotonic()
        self._started_at = datetime.now(UTC)
        self._leapt = 0.0

    def seconds(self) -> float:
        """Sandbox seconds since the start; never goes back."""
        return (time.monotonic() - self._started_monotonic) * self.speed + self._leapt

    def pass_by(self, seconds: float) -> None:
        """Let so many sandbox seconds pass at once."""
        self._leapt += seconds

    def now(self) -> datetime:
        """The sandbox's present, aware and in UTC."""
        return self._started_at + timedelta(seconds=self.seconds())

    def real_seconds(self, sandbox_seconds: float) -> float:
        """How long to wait in real seconds for so many sandbox seconds to pass."""
        return sandbox_seconds / self.speed
