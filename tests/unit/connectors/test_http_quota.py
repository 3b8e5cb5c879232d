"""Token buckets: bursts, rates, lanes, and what a vendor's answers teach."""

import threading
from collections.abc import Iterable

import pytest

from affluent.domain.lane import Lane
from connectors.http.line import Line
from connectors.http.quota import Bucket, InMemoryBuckets
from connectors.http.shared_bucket import Grant, SharedBucket, kept_from, saved_up
from connectors.http.token_buckets import TokenBuckets

NOON = 1_795_521_600.0
#: Our intervals are a hundredth longer than the vendor's.
CAUTION = 1.01


class Time:
    """A wall clock that moves only when somebody pauses."""

    def __init__(self) -> None:
        self.now = NOON

    def pause(self, _call: threading.Event, seconds: float) -> None:
        self.now += seconds

    @property
    def passed(self) -> float:
        return self.now - NOON


def buckets(
    time: Time, *plans: Bucket, speed: float = 1.0, store: InMemoryBuckets | None = None
) -> TokenBuckets:
    return TokenBuckets(
        lambda plan: plans if plan == "patch" else (),
        store or InMemoryBuckets(),
        account="seller",
        rate_header="x-rate",
        speed=speed,
        now=lambda: time.now,
        pause=time.pause,
    )


def passed_at(time: Time, quota: TokenBuckets, calls: int, lane: Lane) -> list[float]:
    left_at = []
    for _ in range(calls):
        quota.wait("patch", lane=lane)
        left_at.append(time.passed / CAUTION)
    return left_at


def test_a_burst_leaves_at_once_and_then_the_rate_holds() -> None:
    time = Time()
    quota = buckets(time, Bucket("patch", rate=2.0, burst=2))
    left_at = passed_at(time, quota, 6, Lane.SAFETY)
    assert left_at == pytest.approx([0, 0, 0.5, 1.0, 1.5, 2.0], abs=0.01)


def test_lower_lanes_leave_the_last_of_a_burst_to_those_above_them() -> None:
    time = Time()
    quota = buckets(time, Bucket("patch", rate=1.0, burst=5))
    bulk = passed_at(time, quota, 6, Lane.BULK)
    assert bulk == pytest.approx([0, 0, 0.5, 1.5, 2.5, 3.5], abs=0.01)
    assert passed_at(time, quota, 2, Lane.SAFETY)[0] == pytest.approx(3.5, abs=0.01)


@pytest.mark.parametrize("burst", [1, 2, 5, 10, 30])
def test_every_lane_can_use_the_whole_rate(burst: int) -> None:
    kept = [kept_from(lane, burst) for lane in Lane]
    assert kept == sorted(kept)
    assert kept[Lane.SAFETY] == 0
    assert kept[Lane.BULK] + 1 <= saved_up(burst) <= burst


def test_the_slowest_of_several_buckets_decides() -> None:
    time = Time()
    quota = buckets(time, Bucket("pair", rate=10, burst=10), Bucket("relations", rate=1, burst=1))
    quota.wait("patch")
    quota.wait("patch")
    assert time.passed == pytest.approx(CAUTION)


def test_a_fast_clock_multiplies_the_rate() -> None:
    time = Time()
    quota = buckets(time, Bucket("patch", rate=1.0, burst=1), speed=20)
    quota.wait("patch")
    quota.wait("patch")
    assert time.passed == pytest.approx(CAUTION / 20, rel=0.01)


def test_an_operation_without_a_plan_never_waits() -> None:
    time = Time()
    quota = buckets(time, Bucket("patch", rate=0.001, burst=1))
    quota.wait("other", count=50)
    quota.learn("other", {"x-rate": "1"}, 429)
    assert time.passed == 0


def test_more_tokens_than_a_burst_holds_are_gathered() -> None:
    time = Time()
    quota = buckets(time, Bucket("patch", rate=1.0, burst=5))
    quota.wait("patch", count=8, lane=Lane.SAFETY)
    assert time.passed == pytest.approx(4 * CAUTION, rel=0.01)


def test_a_told_rate_is_believed_by_all_processes_and_empties_no_bucket_anew() -> None:
    time, store = Time(), InMemoryBuckets()
    bucket = Bucket("patch", rate=1.0, burst=2)
    one, another = buckets(time, bucket, store=store), buckets(time, bucket, store=store)
    one.wait("patch", count=2, lane=Lane.SAFETY)
    one.learn("patch", {"x-rate": "0.25"}, 200)
    one.learn("patch", {"x-rate": "none"}, 200)
    another.wait("patch", lane=Lane.SAFETY)
    assert time.passed == pytest.approx(4 * CAUTION, rel=0.01)
    one.learn("patch", {"x-rate": "0.5"}, 200)
    another.wait("patch", lane=Lane.SAFETY)
    assert time.passed == pytest.approx(6 * CAUTION, rel=0.01)


def test_a_header_that_speaks_of_another_bucket_is_not_believed() -> None:
    time = Time()
    quota = buckets(time, Bucket("patch", rate=1.0, burst=1, rate_is_told=False))
    quota.learn("patch", {"x-rate": "0.25"}, 200)
    quota.wait("patch", count=2)
    assert time.passed == pytest.approx(CAUTION, rel=0.01)


def test_a_throttled_call_shows_the_bucket_to_be_empty_to_all_processes() -> None:
    time, store = Time(), InMemoryBuckets()
    bucket = Bucket("patch", rate=0.5, burst=10)
    one, another = buckets(time, bucket, store=store), buckets(time, bucket, store=store)
    one.wait("patch")
    one.learn("patch", {}, 429)
    another.wait("patch", lane=Lane.SAFETY)
    assert time.passed == pytest.approx(2 * CAUTION, rel=0.01)


def test_a_vendor_that_throttles_again_and_tells_no_rate_is_believed_to_be_slower() -> None:
    time = Time()
    quota = buckets(time, Bucket("patch", rate=1.0, burst=5))
    for _ in range(2):
        quota.learn("patch", {}, 429)
        quota.wait("patch", count=3, lane=Lane.SAFETY)
    assert time.passed == pytest.approx((3 + 3 / 0.9) * CAUTION, rel=0.01)
    time.now += 1000
    quota.wait("patch", count=6, lane=Lane.SAFETY)
    assert time.passed - 1000 == pytest.approx((3 + 3 / 0.9 + 2) * CAUTION, rel=0.01)


def test_several_429s_at_once_say_no_more_than_one() -> None:
    time = Time()
    quota = buckets(time, Bucket("patch", rate=1.0, burst=5))
    for _ in range(4):
        quota.learn("patch", {}, 429)
    quota.wait("patch", count=2, lane=Lane.SAFETY)
    assert time.passed == pytest.approx(2 * CAUTION, rel=0.01)


def test_it_foretells_how_long_the_quota_takes() -> None:
    time = Time()
    quota = buckets(time, Bucket("patch", rate=2.0, burst=5), speed=20)
    foretold = quota.seconds_for({"patch": 40, "other": 7})
    quota.wait("patch", count=40)
    assert time.passed * 20 == pytest.approx(foretold, rel=0.01)
    assert quota.seconds_for({"patch": 1}) == pytest.approx(0.5 * CAUTION, rel=0.05)


class Doled:
    """Grants tokens only when a test puts them there; notes who asked."""

    def __init__(self) -> None:
        self.tokens = 0
        self.asked: list[tuple[int, Lane]] = []

    def reserve(self, count: int, lane: Lane) -> Grant:
        self.asked.append((count, lane))
        granted = min(count, self.tokens)
        self.tokens -= granted
        return Grant(granted, 0.0 if granted else 0.002)


def standing(line: Line, lanes: Iterable[Lane], left: list[Lane]) -> list[threading.Thread]:
    def stand(lane: Lane) -> None:
        line.stand(1, lane)
        left.append(lane)

    threads = []
    for lane in lanes:
        thread = threading.Thread(target=stand, args=(lane,))
        thread.start()
        threads.append(thread)
    return threads


def test_the_most_urgent_leave_first_whoever_came_first() -> None:
    doled, left = Doled(), list[Lane]()
    line = Line(doled.reserve)
    threads = standing(line, [Lane.BULK] * 3 + [Lane.OFFERS, Lane.SAFETY], left)
    while (1, Lane.SAFETY) not in doled.asked:
        threading.Event().wait(0.001)
    for _ in threads:
        before = len(left)
        doled.tokens = 1
        while len(left) == before:
            threading.Event().wait(0.001)
    for thread in threads:
        thread.join()
    assert left == [Lane.SAFETY, Lane.OFFERS, Lane.BULK, Lane.BULK, Lane.BULK]


def test_one_question_to_the_store_serves_all_who_wait_in_a_lane() -> None:
    doled, left = Doled(), list[Lane]()
    line = Line(doled.reserve)
    threads = standing(line, [Lane.BULK] * 6, left)
    while (6, Lane.BULK) not in doled.asked:
        threading.Event().wait(0.001)
    doled.tokens = 6
    for thread in threads:
        thread.join()
    assert len(left) == 6
    assert doled.asked[-1] == (6, Lane.BULK)


def test_a_large_bucket_is_drawn_from_in_packs() -> None:
    doled = Doled()
    doled.tokens = 100
    line = Line(doled.reserve, pack=5)
    for _ in range(12):
        line.stand(1, Lane.OFFERS)
    assert doled.asked == [(5, Lane.OFFERS)] * 3


def test_a_store_that_fails_leaves_nobody_standing_behind_the_one_who_asked() -> None:
    answers = iter([ConnectionError("the store is away")])

    def reserve(count: int, _lane: Lane) -> Grant:
        for error in answers:
            raise error
        return Grant(count)

    line = Line(reserve)
    with pytest.raises(ConnectionError):
        line.stand(1, Lane.BULK)
    line.stand(1, Lane.BULK)


def test_of_two_who_see_the_same_token_one_gets_it() -> None:
    store = InMemoryBuckets()
    bucket = SharedBucket(
        Bucket("patch", rate=1.0, burst=1), "b", store, speed=1.0, now=lambda: NOON
    )
    seen = store.look("b")
    assert bucket.reserve(1, Lane.SAFETY) == Grant(1)
    store.look = lambda _bucket, answers=[seen]: (
        answers.pop() if answers else InMemoryBuckets.look(store, "b")
    )
    assert bucket.reserve(1, Lane.SAFETY).tokens == 0
