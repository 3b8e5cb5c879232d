"""One window of requests, counted in by all processes that share its store.

A window holds so many requests, for all apps of an account together, and begins anew at its end.
Each request counts when it leaves; what the vendor says of the window corrects the count downwards,
since other apps draw from it unseen. What we took and did not use comes back with the next window.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import reduce
from typing import Final, TypeAlias, TypeVar

from affluent.domain.lane import Lane
from affluent.ports.windows import WindowState, WindowStore
from connectors.http.shared_bucket import Grant

#: The share of a window that is left to the account's other apps.
_OTHERS_SHARE: Final = 0.02
#: The share that the lowest lane keeps for the lanes above it when a window begins. It melts away
#: as the window passes, and is gone in the last tenth: what nobody urgent wanted is used after all.
_KEPT_SHARE: Final = 0.1
_UNKEPT_TIME: Final = 0.1
#: An end that is told by so much of a window's length sooner or later is another window's.
_OTHER_WINDOW: Final = 0.5
#: Seconds of the wall clock are exact to a quarter of a microsecond only.
_ROUNDING: Final = 1e-3


@dataclass(frozen=True, slots=True)
class Told:
    """What an answer says of the window in which its request was counted."""

    quota: int
    left: int
    length: float
    ends_at: float


_News: TypeAlias = tuple[Told | None, float]
Taken = TypeVar("Taken")


class SharedWindow:
    """A window under its name in the store. Thread-safe.

    A step in the store costs more than all else that a request does there. So what an answer tells
    is taken over together with the next reservation: only what throttles, and the first answer of
    all, goes to the others at once. And what we put there last is taken for what stands there:
    where it does not any more, the swap fails. Nothing is refused or left as it is but on a look.
    """

    def __init__(self, name: str, store: WindowStore, *, now: Callable[[], float]) -> None:
        self._name = name
        self._store = store
        self._now = now
        self._news: deque[_News] = deque()
        self._is_known = False
        self._put: WindowState | None = None

    def reserve(self, count: int, lane: Lane) -> Grant:
        """As many of `count` requests as the window has for the lane at this moment."""
        return self._step(lambda window: draw(window, count, lane, self._now()))

    def learn(self, told: Told | None, closed_until: float = 0.0) -> None:
        """Take over what one request's answer tells, and let nobody through before then."""
        self._news.append((told, closed_until))
        if closed_until or not self._is_known:
            self._is_known = self._is_known or told is not None
            self._step(lambda window: (None, window))

    def _step(self, take: Callable[[WindowState], tuple[Taken, WindowState]]) -> Taken:
        news = _all_of(self._news)

        def stepped(seen: WindowState) -> tuple[Taken, WindowState]:
            return take(reduce(lambda window, one: learn(window, *one), news, seen))

        if (remembered := self._put) is not None:
            taken, after = stepped(remembered)
            if self._swap(remembered, after):
                return taken
        while True:
            seen = self._store.look(self._name)
            taken, after = stepped(seen)
            if after == seen or self._swap(seen, after):
                return taken

    def _swap(self, seen: WindowState, after: WindowState) -> bool:
        is_put = after != seen and self._store.swap(self._name, seen, after)
        self._put = replace(after, turn=seen.turn + 1) if is_put else None
        return is_put


def _all_of(news: deque[_News]) -> list[_News]:
    """What came up to now, each for one of the threads alone."""
    taken = []
    with suppress(IndexError):
        while True:
            taken.append(news.popleft())
    return taken


def draw(seen: WindowState, count: int, lane: Lane, now: float) -> tuple[Grant, WindowState]:
    """What is granted of `count` requests, and the window after that."""
    if now < seen.closed_until:
        return Grant(0, seen.closed_until - now), seen
    if not seen.quota:
        return Grant(count), seen
    window = seen if now < seen.ends_at else _next(seen, now)
    free = _free(window)
    tokens = min(count, free - _kept(window, lane, now))
    if tokens < 1:
        return Grant(0, _seconds(window, free, lane, now)), seen
    return Grant(tokens), replace(window, left=window.left - tokens, on_way=window.on_way + tokens)


def learn(seen: WindowState, told: Told | None, closed_until: float) -> WindowState:
    """The window after one of its requests was answered so.

    An answer may be late and speak of the window before, which says nothing of this one; or it
    may be the first of the next.
    """
    closed = max(seen.closed_until, closed_until)
    fewer_on_way = max(seen.on_way - 1, 0)
    if told is None:
        return replace(seen, on_way=fewer_on_way, closed_until=closed)
    later = told.ends_at - seen.ends_at
    if seen.quota and later < -_OTHER_WINDOW * told.length:
        return replace(seen, closed_until=closed)
    if not seen.quota or later > _OTHER_WINDOW * told.length:
        return WindowState(
            told.quota, told.length, told.left, told.ends_at, True, 0, False, closed, seen.turn
        )
    return replace(
        seen,
        quota=told.quota,
        length=told.length,
        left=min(seen.left, told.left),
        ends_at=min(seen.ends_at, told.ends_at) if seen.is_told else told.ends_at,
        is_told=True,
        on_way=fewer_on_way,
        has_others=seen.has_others or told.left < seen.left,
        closed_until=closed,
    )


def _next(seen: WindowState, now: float) -> WindowState:
    return replace(
        seen,
        left=seen.quota,
        ends_at=now + seen.length,
        is_told=False,
        on_way=0,
        has_others=False,
    )


def _free(window: WindowState) -> int:
    """What any of our lanes may take. Where others draw too, the vendor may have counted so many
    more of theirs as there are of ours that it has not counted yet."""
    unseen = window.on_way if window.has_others else 0
    return window.left - unseen - int(window.quota * _OTHERS_SHARE)


def _kept(window: WindowState, lane: Lane, now: float) -> int:
    time_left = (window.ends_at - now) / window.length - _UNKEPT_TIME
    return int(_kept_at_first(window, lane) * max(time_left, 0.0) + _ROUNDING)


def _kept_at_first(window: WindowState, lane: Lane) -> float:
    return window.quota * _KEPT_SHARE * lane / max(Lane)


def _seconds(window: WindowState, free: int, lane: Lane, now: float) -> float:
    """Until there may be one: when enough of what is kept has melted, when what is on the way may
    have come, or when the window ends."""
    until_end = window.ends_at - now
    if free >= 1:
        melts_at = (free - 2 * _ROUNDING) / _kept_at_first(window, lane) + _UNKEPT_TIME
        return until_end - melts_at * window.length
    if window.has_others and free + window.on_way >= 1:
        return min(window.length / window.quota, until_end)
    return until_end
