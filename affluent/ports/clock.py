"""Time, as a port: so that a plan asks no clock and a test need not wait."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """The present, and how to wait."""

    def now(self) -> datetime:
        """The present, aware and in UTC."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait so many seconds of the vendor's time."""
        ...
