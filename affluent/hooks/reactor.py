"""From events to flow runs: many events that come together ask for one run."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event, Thread
from typing import Final, Self

from affluent.hooks.event import HookEvent
from affluent.hooks.reaction import Course, courses_of

logger = logging.getLogger(__name__)

#: How long events are gathered before a course begins.
GATHERING_SECONDS: Final = 1.0
_ENDS_WITHIN_SECONDS: Final = 2.0


class Reactor:
    """Follows each course when an event asks for it, one at a time.

    `follow` begins a course and returns when it has ended: whatever asks for it meanwhile is
    answered by one more. Use it as a context manager.
    """

    def __init__(
        self, follow: Callable[[Course], None], gathering_seconds: float = GATHERING_SECONDS
    ) -> None:
        self._lines = [_Line(course, follow, gathering_seconds) for course in Course]

    def __enter__(self) -> Self:
        for line in self._lines:
            line.start()
        return self

    def __exit__(self, *_error: object) -> None:
        for line in self._lines:
            line.end()

    def react(self, event: HookEvent) -> None:
        """Ask for the event's courses; returns at once."""
        wanted = courses_of(event)
        for line in self._lines:
            if line.course in wanted:
                line.asked.set()


class _Line:
    """The thread of one course."""

    def __init__(
        self, course: Course, follow: Callable[[Course], None], gathering_seconds: float
    ) -> None:
        self.course = course
        self.asked = Event()
        self._ending = Event()
        self._follow = follow
        self._gathering_seconds = gathering_seconds
        # A course that is being waited for must not keep the process alive.
        self._thread = Thread(target=self._run, name=f"hooks-{course}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def end(self) -> None:
        self._ending.set()
        self.asked.set()
        self._thread.join(_ENDS_WITHIN_SECONDS)

    def _run(self) -> None:
        while self.asked.wait() and not self._ending.wait(self._gathering_seconds):
            self.asked.clear()
            try:
                self._follow(self.course)
            except Exception:
                logger.exception("The %s were not started at once; the schedule does.", self.course)
