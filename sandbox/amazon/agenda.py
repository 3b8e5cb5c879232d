"""What is due later: effects, feeds and reports wait here until the clock has passed them.

Nothing runs in the background. Whoever looks at the state first calls `catch_up`, which does
everything that has fallen due, in the order of its time.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

from sandbox.clock import SandboxClock

Action = Callable[[datetime], None]


class Agenda:
    """Actions by the moment they fall due; each is told that moment."""

    def __init__(self, clock: SandboxClock) -> None:
        self._clock = clock
        self._entries: list[tuple[datetime, int, Action]] = []
        self._sequence = count()

    def after(self, start: datetime, seconds: float, action: Action) -> None:
        """Do `action` so many sandbox seconds after `start`."""
        due = start + timedelta(seconds=seconds)
        heapq.heappush(self._entries, (due, next(self._sequence), action))

    def catch_up(self) -> None:
        """Do all that is due, also what those actions themselves put on the agenda."""
        now = self._clock.now()
        while self._entries and self._entries[0][0] <= now:
            due, _, action = heapq.heappop(self._entries)
            action(due)

    def clear(self) -> None:
        """Forget everything that waits."""
        self._entries.clear()
