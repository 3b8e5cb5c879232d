"""What a batch of changes costs before it is sent: calls, and seconds of the vendor's time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

#: Amazon publishes no time for a feed; so long takes one that waits for no other, by its pages on
#: best practices, and so much more for each of its messages.
_FIRST_SECONDS: Final = 300.0
_SECONDS_A_MESSAGE: Final = 0.06


def feed_seconds(messages: int) -> float:
    """How long Amazon takes for a feed of so many messages, from its submission to its report."""
    return _FIRST_SECONDS + messages * _SECONDS_A_MESSAGE


@dataclass(frozen=True, slots=True)
class ForetoldCalls:
    """So many calls of one operation, and how long the quota takes to let them through."""

    operation: str
    count: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """One way to send a batch: its calls, one operation after the other.

    `processing_seconds` is what the vendor itself takes between them.
    """

    calls: tuple[ForetoldCalls, ...]
    processing_seconds: float = 0.0

    @property
    def seconds(self) -> float:
        """From the first call to the last."""
        return sum(one.seconds for one in self.calls) + self.processing_seconds


@dataclass(frozen=True, slots=True)
class Foretold:
    """Both ways to send a batch to Amazon."""

    singly: Forecast
    as_feed: Forecast
