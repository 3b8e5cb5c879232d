"""Our own clock, and a vendor's, which may run faster where the vendor is a sandbox."""

from __future__ import annotations

import time
from datetime import UTC, datetime


class VendorClock:
    """The port Clock. `speed` is how many of the vendor's seconds go into one of ours."""

    def __init__(self, speed: float = 1.0) -> None:
        self._speed = speed

    def now(self) -> datetime:
        """The present, aware and in UTC."""
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        """Wait so many seconds of the vendor's time."""
        time.sleep(seconds / self._speed)
