"""Workers of one window, other apps and the network in any order: nobody is throttled for long."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from affluent.domain.lane import Lane
from connectors.http.quota import InMemoryWindows
from connectors.http.shared_window import SharedWindow, Told

NOON = 1_795_521_600.25
LENGTH = 30.0


@dataclass
class Vendor:
    """Counts windows one after the other; `answers` are on their way back."""

    quota: int
    used: int = 0
    ends_at: float = NOON + LENGTH
    answers: list[Callable[[float], Told]] = field(default_factory=list)
    refused: int = 0

    def count(self, now: float) -> bool:
        if now >= self.ends_at:
            self.used, self.ends_at = 0, now + LENGTH
        if self.used == self.quota:
            return False
        self.used += 1
        return True

    def ask(self, now: float) -> None:
        self.refused += not self.count(now)
        left, end = self.quota - self.used, self.ends_at
        reset = end - now
        self.answers.append(lambda at: Told(self.quota, left, LENGTH, at + reset))


steps = st.lists(
    st.tuples(
        st.sampled_from(["ask", "answer", "pause"]),
        st.integers(0, 7),
        st.sampled_from(list(Lane)),
        st.floats(0.0, 20.0),
    ),
    max_size=120,
)


@given(quota=st.integers(1, 60), workers=st.integers(1, 4), steps=steps)
def test_alone_on_its_store_no_worker_is_ever_throttled(
    quota: int, workers: int, steps: list[tuple[str, int, Lane, float]]
) -> None:
    now, store, vendor = NOON, InMemoryWindows(), Vendor(quota)
    shared = [SharedWindow("store", store, now=lambda: now) for _ in range(workers)]
    vendor.ask(now)
    shared[0].learn(vendor.answers.pop()(now))
    for step, number, lane, seconds in steps:
        worker = shared[number % workers]
        if step == "ask":
            for _ in range(worker.reserve(number, lane).tokens):
                vendor.ask(now)
        elif step == "answer" and vendor.answers:
            worker.learn(vendor.answers.pop(number % len(vendor.answers))(now))
        elif step == "pause":
            now += seconds
    assert vendor.refused == 0


@given(quota=st.integers(10, 60), others=st.lists(st.integers(0, 20), min_size=1, max_size=60))
def test_beside_other_apps_only_what_they_took_unseen_is_ever_throttled(
    quota: int, others: list[int]
) -> None:
    """One request at a time, each answered at once: then the last answer has told all but what the
    others have taken since."""
    now, store, vendor = NOON, InMemoryWindows(), Vendor(quota)
    window = SharedWindow("store", store, now=lambda: now)
    for taken in others:
        before = vendor.used
        for _ in range(taken):
            vendor.count(now)
        unseen = vendor.used - before
        if window.reserve(1, Lane.SAFETY).tokens:
            vendor.ask(now)
            assert not vendor.refused or unseen
            vendor.refused = 0
            window.learn(vendor.answers.pop()(now))
        now += 1.0


@given(quota=st.integers(1, 500), lane=st.sampled_from(list(Lane)))
def test_whoever_waits_as_long_as_told_gets_through_within_two_windows(
    quota: int, lane: Lane
) -> None:
    now, store = NOON, InMemoryWindows()
    window = SharedWindow("store", store, now=lambda: now)
    window.learn(Told(quota, 0, LENGTH, NOON + LENGTH))
    waits = 0
    while not (grant := window.reserve(1, lane)).tokens:
        assert grant.seconds > 0
        now += grant.seconds
        waits += 1
        assert waits <= 5
    assert now <= NOON + 2 * LENGTH
