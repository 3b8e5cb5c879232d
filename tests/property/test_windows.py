"""Workers of one window, other apps and the network in any order: nobody is throttled."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from affluent.domain.lane import Lane
from connectors.http.quota import InMemoryWindows
from connectors.http.shared_window import SharedWindow, Told

NOON = 1_795_521_600.25
LENGTH = 30.0
#: No answer takes half a window.
SLOWEST = 10.0


@dataclass(frozen=True)
class Answer:
    """What the vendor wrote at a moment: how much is left, and for how long."""

    written_at: float
    quota: int
    left: int
    reset: float

    def read(self, now: float) -> Told:
        return Told(self.quota, self.left, LENGTH, now + self.reset)


@dataclass
class Vendor:
    """Counts windows one after the other, each from the first request after the last one's end."""

    quota: int
    used: int = 0
    ends_at: float = NOON + LENGTH
    on_way: list[Answer] = field(default_factory=list)
    refused: int = 0

    def count(self, now: float) -> bool:
        if now >= self.ends_at:
            self.used, self.ends_at = 0, now + LENGTH
        is_let_in = self.used < self.quota
        self.used += is_let_in
        return is_let_in

    def ask(self, now: float) -> None:
        self.refused += not self.count(now)
        reset = math.floor((self.ends_at - now) * 1000 + 1) / 1000
        self.on_way.append(Answer(now, self.quota, self.quota - self.used, reset))


steps = st.lists(
    st.tuples(
        st.sampled_from(["ask", "answer", "pause"]),
        st.integers(1, 8),
        st.sampled_from(list(Lane)),
        st.floats(0.0, 9.0),
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
    shared[0].learn(vendor.on_way.pop().read(now))
    for step, number, lane, seconds in steps:
        worker = shared[number % workers]
        if step == "ask":
            for _ in range(worker.reserve(number, lane).tokens):
                vendor.ask(now)
        elif step == "answer" and vendor.on_way:
            worker.learn(vendor.on_way.pop(number % len(vendor.on_way)).read(now))
        elif step == "pause":
            while late := [
                one for one in vendor.on_way if now + seconds > one.written_at + SLOWEST
            ]:
                worker.learn(late[0].read(now))
                vendor.on_way.remove(late[0])
            now += seconds
    assert vendor.refused == 0


@given(quota=st.integers(10, 60), others=st.lists(st.integers(0, 20), min_size=1, max_size=60))
def test_beside_other_apps_only_what_they_take_unseen_costs_a_refusal(
    quota: int, others: list[int]
) -> None:
    """One request at a time, each answered at once: then the last answer has told all but what the
    others have taken since."""
    now, store, vendor = NOON, InMemoryWindows(), Vendor(quota)
    window = SharedWindow("store", store, now=lambda: now)
    for taken in others:
        unseen = sum(vendor.count(now) for _ in range(taken))
        before = vendor.refused
        if window.reserve(1, Lane.SAFETY).tokens:
            vendor.ask(now)
            assert vendor.refused == before or unseen
            window.learn(vendor.on_way.pop().read(now))
        now += 1.0


@given(quota=st.integers(1, 500), lane=st.sampled_from(list(Lane)))
def test_whoever_waits_as_long_as_told_uses_the_whole_window_in_any_lane(
    quota: int, lane: Lane
) -> None:
    now, store = NOON, InMemoryWindows()
    window = SharedWindow("store", store, now=lambda: now)
    window.learn(Told(quota, quota, LENGTH, NOON + LENGTH))
    granted = 0
    while now < NOON + LENGTH:
        grant = window.reserve(1, lane)
        assert grant.tokens or grant.seconds > 0
        granted += grant.tokens
        now += grant.seconds
    assert granted == quota - int(quota * 0.02)
