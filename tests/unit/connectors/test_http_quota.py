import pytest

from connectors.http.quota import Bucket, Buckets, InMemoryBuckets


class Time:
    """A wall clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def buckets(time: Time, *plans: Bucket, speed: float = 1.0) -> Buckets:
    return Buckets(
        lambda operation: plans if operation == "patch" else (),
        InMemoryBuckets(),
        scope="seller",
        rate_header="x-rate",
        speed=speed,
        now=lambda: time.now,
        sleep=time.sleep,
    )


def test_a_burst_leaves_at_once_and_then_the_rate_holds() -> None:
    time = Time()
    quota = buckets(time, Bucket("patch", rate=2.0, burst=3))
    left_at = []
    for _ in range(6):
        quota.wait("patch")
        left_at.append(time.now - 1000.0)
    assert left_at == pytest.approx([0, 0, 0, 0.5, 1.0, 1.5])


def test_the_slowest_of_several_buckets_decides() -> None:
    time = Time()
    quota = buckets(time, Bucket("pair", rate=10, burst=10), Bucket("relations", rate=1, burst=1))
    quota.wait("patch")
    quota.wait("patch")
    assert time.now == pytest.approx(1001.0)


def test_a_fast_clock_multiplies_the_rate() -> None:
    time = Time()
    quota = buckets(time, Bucket("patch", rate=1.0, burst=1), speed=20)
    quota.wait("patch")
    quota.wait("patch")
    assert time.now == pytest.approx(1000.05)


def test_an_operation_without_a_plan_never_waits() -> None:
    time = Time()
    quota = buckets(time, Bucket("patch", rate=0.001, burst=1))
    quota.wait("other", count=50)
    quota.learn("other", {"x-rate": "1"}, 429)
    assert time.now == 1000.0


def test_the_rate_that_the_vendor_tells_is_believed() -> None:
    time = Time()
    quota = buckets(time, Bucket("patch", rate=1.0, burst=1))
    quota.wait("patch")
    quota.learn("patch", {"x-rate": "0.25"}, 200)
    quota.learn("patch", {"x-rate": "none"}, 200)
    time.sleep(1.0)
    quota.wait("patch")
    quota.wait("patch")
    assert time.now == pytest.approx(1005.0)


def test_a_throttled_call_shows_the_bucket_to_be_empty() -> None:
    time = Time()
    quota = buckets(time, Bucket("patch", rate=0.5, burst=10))
    quota.wait("patch")
    quota.learn("patch", {}, 429)
    quota.wait("patch")
    assert time.now == pytest.approx(1002.0)


def test_many_tokens_are_reserved_in_one_step() -> None:
    store = InMemoryBuckets()
    assert store.reserve("b", 2.0, burst=5, count=5, now=0.0) == 0.0
    assert store.reserve("b", 2.0, burst=5, count=3, now=0.0) == 6.0
    assert store.reserve("b", 2.0, burst=5, count=1, now=100.0) == 0.0
