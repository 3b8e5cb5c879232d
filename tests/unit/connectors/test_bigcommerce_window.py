"""BigCommerce's window as workers meet it: what leaves when, and what answers teach."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

import pytest

from affluent.domain.lane import Lane
from affluent.ports.windows import WindowStore
from connectors.bigcommerce.window import RequestWindow
from connectors.http.quota import InMemoryWindows
from connectors.http.shared_window import SharedWindow, Told

QUOTA, LENGTH = 150, 30.0
#: Windows end up to a millisecond later than is told.
about = partial(pytest.approx, abs=0.0011)
#: What is left to other apps, of the whole window.
RESERVED = 3


class Time:
    """A clock that only pausing moves."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.paused: list[float] = []
        self._lock = threading.Lock()

    def pause(self, _call: threading.Event, seconds: float) -> None:
        with self._lock:
            self.paused.append(seconds)
            self.now += seconds


def headers(left: int, reset_ms: float, quota: int = QUOTA) -> dict[str, str]:
    return {
        "x-rate-limit-requests-quota": str(quota),
        "x-rate-limit-requests-left": str(left),
        "x-rate-limit-time-window-ms": "30000",
        "x-rate-limit-time-reset-ms": str(int(reset_ms)),
    }


def window(time: Time, store: WindowStore | None = None, speed: float = 1.0) -> RequestWindow:
    return RequestWindow(
        store or InMemoryWindows(),
        scope="store",
        speed=speed,
        now=lambda: time.now,
        pause=time.pause,
    )


@dataclass
class Vendor:
    """A window as BigCommerce counts it: it begins with the first request after its end."""

    time: Time
    used: int = 0
    ends_at: float = 0.0
    refused: int = 0
    by_window: list[int] = field(default_factory=list)

    def ask(self) -> tuple[dict[str, str], int]:
        if self.time.now >= self.ends_at:
            self.used, self.ends_at = 0, self.time.now + LENGTH
            self.by_window.append(0)
        reset_ms = (self.ends_at - self.time.now) * 1000
        if self.used == QUOTA:
            self.refused += 1
            return headers(0, reset_ms), 429
        self.used += 1
        self.by_window[-1] += 1
        return headers(QUOTA - self.used, reset_ms), 200


def ask(quota: RequestWindow, vendor: Vendor, lane: Lane = Lane.BULK) -> int:
    quota.wait("getProducts", lane=lane)
    answered, status = vendor.ask()
    quota.learn("getProducts", answered, status)
    return status


def test_nothing_is_held_back_before_the_store_has_told_its_quota() -> None:
    time = Time()
    quota = window(time)
    for _ in range(500):
        quota.wait("getProducts")
    assert time.paused == []


def test_window_after_window_is_used_but_for_what_is_left_to_others() -> None:
    time = Time()
    quota, vendor = window(time), Vendor(time)
    for _ in range(5 * QUOTA):
        ask(quota, vendor)
    assert vendor.refused == 0
    assert vendor.by_window[:5] == [QUOTA - RESERVED] * 5


def test_bulk_leaves_requests_to_orders_and_orders_to_safety() -> None:
    shared = SharedWindow("store", InMemoryWindows(), now=lambda: 1000.0)
    shared.learn(Told(QUOTA, QUOTA, LENGTH, 1000.0 + LENGTH))
    taken = [shared.reserve(QUOTA, lane).tokens for lane in sorted(Lane, reverse=True)]
    assert taken == [134, 4, 5, 4]
    assert sum(taken) == QUOTA - RESERVED


def test_what_nobody_urgent_wants_is_used_before_the_window_ends() -> None:
    time = Time()
    quota = window(time)
    quota.learn("getProducts", headers(QUOTA, 30_000), 200)
    left_at = []
    for _ in range(QUOTA - RESERVED + 1):
        quota.wait("getProducts")
        left_at.append(time.now)
    assert left_at[-2] <= 1000.0 + 0.9 * LENGTH
    assert left_at[-1] == about(1000.0 + LENGTH)


def test_what_other_apps_use_counts() -> None:
    time = Time()
    quota = window(time)
    quota.learn("getProducts", headers(100, 30_000), 200)
    quota.wait("getProducts")
    quota.learn("getProducts", headers(RESERVED, 20_000), 200)
    quota.wait("getProducts")
    assert sum(time.paused) == about(20.0)


def test_beside_another_app_what_is_on_the_way_is_counted_twice_over() -> None:
    """Its requests and ours look alike in the headers until all of ours are answered."""
    time = Time()
    store = InMemoryWindows()
    quota = window(time, store)
    quota.learn("getProducts", headers(30, 3_000), 200)
    for _ in range(10):
        quota.wait("getProducts")
    quota.learn("getProducts", headers(15, 2_900), 200)
    granted = 0
    while time.now == 1000.0:
        quota.wait("getProducts")
        granted += time.now == 1000.0
    # 15 are left, 9 of ours may not be among those counted, 3 are other apps'.
    assert granted <= 15 - 9 - RESERVED


def test_an_answer_that_comes_after_its_window_says_nothing_of_the_next() -> None:
    time = Time()
    store = InMemoryWindows()
    quota = window(time, store)
    quota.learn("getProducts", headers(10, 2_000), 200)
    time.now += 2.001
    quota.wait("getProducts")
    quota.learn("getProducts", headers(0, 1), 200)
    state = store.look("store")
    assert (state.left, state.ends_at) == (QUOTA - 1, time.now + LENGTH)


def test_the_end_of_a_window_is_what_the_quickest_answer_tells() -> None:
    time = Time()
    store = InMemoryWindows()
    quota = window(time, store)
    for delay, reset_ms in ((0.0, 20_000), (0.5, 20_000), (0.2, 19_300)):
        time.now += delay
        quota.learn("getProducts", headers(100, reset_ms), 200)
    assert store.look("store").ends_at == about(1020.0)


@pytest.mark.parametrize(
    ("status", "told", "pause"),
    [
        (429, headers(0, 7_000), 7.0),
        (429, headers(0, 7_000) | {"x-retry-after": "9"}, 9.0),
        (429, {}, 1.0),
        (503, {"retry-after": "4"}, 4.0),
        (500, headers(0, 6_000), 6.0),
    ],
)
def test_a_throttled_call_stops_all_workers_and_lanes_for_as_long_as_it_says(
    status: int, told: Mapping[str, str], pause: float
) -> None:
    time = Time()
    store = InMemoryWindows()
    window(time, store).learn("getProducts", told, status)
    window(time, store).wait("createOrder", lane=Lane.SAFETY)
    assert sum(time.paused) == about(pause)


def test_an_error_of_the_server_alone_stops_nobody() -> None:
    time = Time()
    quota = window(time)
    quota.learn("getProducts", headers(100, 20_000), 500)
    quota.wait("getProducts")
    assert time.paused == []


def test_a_faster_store_is_waited_for_less() -> None:
    time = Time()
    quota = window(time, speed=20.0)
    quota.learn("getProducts", headers(0, 30_000), 200)
    quota.wait("getProducts")
    assert sum(time.paused) == about(1.5)


def test_workers_of_one_store_share_the_window() -> None:
    time = Time()
    store, vendor = InMemoryWindows(), Vendor(time)
    workers = [window(time, store) for _ in range(4)]
    for number in range(4 * QUOTA):
        ask(workers[number % 4], vendor)
    assert vendor.refused == 0
    assert vendor.by_window[:4] == [QUOTA - RESERVED] * 4


def test_threads_together_take_no_more_than_is_left() -> None:
    time = Time()
    quota = window(time)
    quota.learn("getProducts", headers(53, 30_000), 200)
    through: list[float] = []

    def work() -> None:
        for _ in range(10):
            quota.wait("getProducts")
            through.append(time.now)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(through) == 80
    assert len([at for at in through if at < 1030.0]) <= 50
