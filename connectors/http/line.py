"""Those of one process who wait for tokens of one bucket: by lane, then in the order they came.

Only the head of the line asks the store, for as many tokens as its lane has waiting.
"""

from __future__ import annotations

import threading
from bisect import insort
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count as numbers_from
from typing import Final

from affluent.domain.lane import Lane
from connectors.http.shared_bucket import Grant

#: Waits until it is called, for so many seconds at most.
Pause = Callable[[threading.Event, float], object]

_UNTIL_CALLED: Final = threading.TIMEOUT_MAX


@dataclass(order=True, slots=True)
class _Place:
    lane: Lane
    number: int
    missing: int = field(compare=False)
    call: threading.Event = field(compare=False, default_factory=threading.Event)


class Line:
    """The line before one bucket. Thread-safe.

    Tokens are fetched `pack` at a time, and what is left of a pack is kept in hand: that spares the
    store where a bucket is so large that a pack more or less makes no difference.
    """

    def __init__(
        self,
        reserve: Callable[[int, Lane], Grant],
        pause: Pause = threading.Event.wait,
        *,
        pack: int = 1,
    ) -> None:
        self._reserve = reserve
        self._pack = pack
        self._in_hand = 0
        self._pause = pause
        self._places: list[_Place] = []
        self._numbers = numbers_from()
        self._lock = threading.Lock()

    def stand(self, count: int, lane: Lane) -> None:
        """Block until so many tokens have been granted."""
        place = self._enter(count, lane)
        try:
            while seconds := self._seconds_to_pause(place):
                self._pause(place.call, seconds)
                place.call.clear()
        except BaseException:
            self._leave(place)
            raise

    def _enter(self, count: int, lane: Lane) -> _Place:
        with self._lock:
            place = _Place(lane, next(self._numbers), count)
            insort(self._places, place)
            return place

    def _leave(self, place: _Place) -> None:
        with self._lock:
            if place in self._places:
                self._places.remove(place)
            self._call_the_head()

    def _seconds_to_pause(self, place: _Place) -> float:
        """Let the head ask the store; 0 where the place has all its tokens."""
        with self._lock:
            seconds = _UNTIL_CALLED
            while place.missing and place is self._places[0]:
                self._hand_out()
                if place.missing:
                    grant = self._fetch(place.lane)
                    if not grant.tokens:
                        seconds = grant.seconds
                        break
            if not place.missing:
                self._call_the_head()
            return seconds if place.missing else 0.0

    def _fetch(self, lane: Lane) -> Grant:
        missing = sum(place.missing for place in self._places if place.lane is lane)
        grant = self._reserve(max(missing, self._pack), lane)
        self._in_hand += grant.tokens
        return grant

    def _hand_out(self) -> None:
        for place in list(self._places):
            granted = min(self._in_hand, place.missing)
            self._in_hand -= granted
            place.missing -= granted
            if granted and not place.missing:
                self._places.remove(place)
                place.call.set()

    def _call_the_head(self) -> None:
        if self._places:
            self._places[0].call.set()
