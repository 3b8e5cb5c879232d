"""A window that one process has to itself is written without a look; one that is shared is not."""

from __future__ import annotations

from affluent.domain.lane import Lane
from affluent.ports.windows import WindowState
from connectors.http.quota import InMemoryWindows
from connectors.http.shared_window import SharedWindow, Told

NAME = "store"
TOLD = Told(quota=150, left=149, length=30.0, ends_at=1030.0)


class CountedWindows(InMemoryWindows):
    """Counts the looks but for those of a swap."""

    looks = 0

    def swap(self, window: str, seen: WindowState, new: WindowState) -> bool:
        before = self.looks
        is_put = super().swap(window, seen, new)
        self.looks = before
        return is_put

    def look(self, window: str) -> WindowState:
        self.looks += 1
        return super().look(window)


def opened(store: CountedWindows) -> SharedWindow:
    return SharedWindow(NAME, store, now=lambda: 1000.0)


def test_alone_no_look_is_needed_after_the_first_answer() -> None:
    store = CountedWindows()
    window = opened(store)
    window.learn(TOLD)
    before = store.looks

    for _ in range(5):
        assert window.reserve(1, Lane.ORDERS).tokens == 1

    assert store.looks == before
    assert store.look(NAME).left == 144


def test_what_others_took_meanwhile_is_counted() -> None:
    store = CountedWindows()
    ours, theirs = opened(store), opened(store)
    ours.learn(TOLD)

    for _ in range(3):
        theirs.reserve(10, Lane.ORDERS)
        ours.reserve(1, Lane.ORDERS)

    assert store.look(NAME).left == 149 - 33


def test_nothing_is_refused_by_memory_alone() -> None:
    store = CountedWindows()
    ours, theirs = opened(store), opened(store)
    ours.learn(Told(quota=150, left=0, length=30.0, ends_at=1001.0))
    theirs.learn(Told(quota=150, left=150, length=30.0, ends_at=1031.0))

    assert ours.reserve(1, Lane.ORDERS).tokens == 1
