import threading
from typing import Any

import pytest

from connectors.bigcommerce.window import RequestWindow
from connectors.http.quota import InMemoryBuckets


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []
        self._lock = threading.Lock()

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.slept.append(seconds)
            self.now += seconds


def headers(left: int, reset_ms: int, quota: int = 150) -> dict[str, str]:
    return {
        "x-rate-limit-requests-quota": str(quota),
        "x-rate-limit-requests-left": str(left),
        "x-rate-limit-time-window-ms": "30000",
        "x-rate-limit-time-reset-ms": str(reset_ms),
    }


def window(time: Time, **options: Any) -> RequestWindow:
    store = options.pop("store", InMemoryBuckets())
    return RequestWindow(store, scope="store", now=lambda: time.now, sleep=time.sleep, **options)


def test_nothing_is_held_back_before_the_store_has_told_its_quota() -> None:
    time = Time()
    quota = window(time)

    for _ in range(500):
        quota.wait("getProducts")

    assert time.slept == []


def test_a_window_that_is_nearly_used_up_is_waited_out() -> None:
    time = Time()
    quota = window(time)
    quota.learn("getProducts", headers(left=5, reset_ms=12_000), 200)

    quota.wait("getProducts")
    quota.wait("getProducts")
    assert time.slept == []
    quota.wait("getProducts")

    assert time.slept == [12.0]


def test_a_whole_window_is_used_and_then_the_next() -> None:
    time = Time()
    quota = window(time)
    quota.learn("getProducts", headers(left=150, reset_ms=30_000), 200)

    for _ in range(147 * 3):
        quota.wait("getProducts")

    assert time.slept == [30.0, 30.0]


def test_what_other_apps_use_counts() -> None:
    time = Time()
    quota = window(time)
    quota.learn("getProducts", headers(left=100, reset_ms=30_000), 200)
    quota.wait("getProducts")

    quota.learn("getProducts", headers(left=2, reset_ms=20_000), 200)
    quota.wait("getProducts")

    assert time.slept == [20.0]


def test_our_requests_on_the_way_count_although_an_answer_does_not_know_them_yet() -> None:
    time = Time()
    quota = window(time)
    quota.learn("getProducts", headers(left=100, reset_ms=30_000), 200)
    for _ in range(96):
        quota.wait("getProducts")

    quota.learn("getProducts", headers(left=99, reset_ms=29_000), 200)
    quota.wait("getProducts")
    assert time.slept == []
    quota.wait("getProducts")

    assert time.slept == [29.0]


@pytest.mark.parametrize(
    ("told", "pause"),
    [
        ({"x-rate-limit-time-reset-ms": "7000"}, 7.0),
        ({"x-rate-limit-time-reset-ms": "7000", "x-retry-after": "9"}, 9.0),
        ({}, 1.0),
    ],
)
def test_after_a_429_nobody_gets_through_for_as_long_as_it_says(
    told: dict[str, str], pause: float
) -> None:
    time = Time()
    quota = window(time)

    quota.learn("getProducts", told, 429)
    quota.wait("createOrder")

    assert time.slept == [pause]


def test_a_faster_store_is_waited_for_less() -> None:
    time = Time()
    quota = window(time, speed=20.0)

    quota.learn("getProducts", headers(left=0, reset_ms=30_000), 200)
    quota.wait("getProducts")

    assert time.slept == [1.5]


def test_two_processes_that_share_the_bucket_store_share_the_window() -> None:
    time = Time()
    store = InMemoryBuckets()
    first, second = window(time, store=store), window(time, store=store)
    for one in (first, second):
        one.learn("getProducts", headers(left=150, reset_ms=30_000), 200)

    for _ in range(100):
        first.wait("getProducts")
        second.wait("getProducts")

    assert sum(time.slept) == pytest.approx((200 - 150) * 0.2)


def test_threads_together_take_no_more_than_is_left() -> None:
    time = Time()
    quota = window(time)
    quota.learn("getProducts", headers(left=53, reset_ms=30_000), 200)
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
