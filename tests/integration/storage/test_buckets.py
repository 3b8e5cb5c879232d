"""The shared buckets draw as one bucket would, whoever draws, and whoever dies."""

import math
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import count as numbers_from

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from affluent.domain.lane import Lane
from affluent.ports.buckets import BucketState
from affluent.ports.storage import UnitsOfWork
from affluent.storage.buckets import SqlBuckets
from connectors.http.quota import Bucket, InMemoryBuckets
from connectors.http.shared_bucket import SharedBucket

NOW = 1_795_521_600.25
_NUMBERS = numbers_from(1)

steps = st.one_of(
    st.tuples(st.just("draw"), st.floats(0.01, 60), st.floats(0, 120)),
    st.tuples(st.just("drain"), st.floats(-5, 120), st.just(0.0)),
    st.tuples(st.just("believe"), st.floats(0.01, 10), st.floats(-10, 200)),
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(pauses_and_steps=st.lists(st.tuples(st.floats(0, 90), steps), max_size=8))
def test_the_same_as_the_buckets_of_a_single_process(
    engine: Engine, pauses_and_steps: list[tuple[float, tuple[str, float, float]]]
) -> None:
    shared, plain, name = SqlBuckets(engine), InMemoryBuckets(), f"bucket-{next(_NUMBERS)}"
    now = NOW
    for pause, (step, first, second) in pauses_and_steps:
        now += pause
        if step == "draw":
            drawn = [one.draw(name, first, now, now + second) for one in (shared, plain)]
            assert drawn[0] == pytest.approx(drawn[1], abs=1e-5)
        for one in (shared, plain):
            if step == "drain":
                one.drain(name, now + first)
            elif step == "believe":
                one.believe(name, first, now + second, now, instead_of=1.0)
        seen, known = shared.look(name), plain.look(name)
        assert (seen.rate, seen.rate_until) == (known.rate, known.rate_until)
        assert seen.full_at == pytest.approx(known.full_at, abs=1e-5)


def test_a_bucket_that_nobody_knows_is_full(engine: Engine) -> None:
    assert SqlBuckets(engine).look("never") == BucketState()


def test_what_is_refused_changes_nothing(engine: Engine) -> None:
    buckets = SqlBuckets(engine)
    full_at = buckets.draw("searchOrders", 20.0, NOW, NOW + 60)
    assert buckets.draw("searchOrders", 60.0, NOW, NOW + 60) is None
    assert buckets.look("searchOrders").full_at == full_at
    assert buckets.draw("searchOrders", 60.0, NOW, math.inf) == NOW + 80


def test_many_workers_never_draw_the_same_token(engine: Engine) -> None:
    bucket = SharedBucket(
        Bucket("searchOrders", rate=1 / 60, burst=20), "a/b", SqlBuckets(engine), speed=1.0,
        now=lambda: NOW,
    )  # fmt: skip
    with ThreadPoolExecutor(4) as workers:
        grants = list(workers.map(lambda _: bucket.reserve(1, Lane.SAFETY), range(60)))
    assert sum(grant.tokens for grant in grants) == 19


_DYING_WORKER = """
import sys, time
from affluent.domain.lane import Lane
from affluent.storage.buckets import SqlBuckets
from affluent.storage.engine import open_engine
from connectors.http.quota import Bucket
from connectors.http.shared_bucket import SharedBucket

bucket = Bucket("patchListingsItem", rate=5.0, burst=5)
buckets = SqlBuckets(open_engine(sys.argv[1]))
shared = SharedBucket(bucket, "seller/patch", buckets, speed=1.0, now=lambda: float(sys.argv[2]))
print(shared.reserve(5, Lane.SAFETY).tokens, flush=True)
time.sleep(600)
"""


def test_what_a_killed_worker_had_in_hand_is_earned_again(
    engine: Engine, database_url: str
) -> None:
    worker = subprocess.Popen(
        [sys.executable, "-c", _DYING_WORKER, database_url, str(NOW)], stdout=subprocess.PIPE
    )
    with worker:
        assert worker.stdout is not None
        reserved = int(worker.stdout.readline())
        worker.kill()
    assert (reserved, worker.returncode) == (4, -signal.SIGKILL)

    now = NOW
    survivor = SharedBucket(
        Bucket("patchListingsItem", rate=5.0, burst=5), "seller/patch", SqlBuckets(engine),
        speed=1.0, now=lambda: now,
    )  # fmt: skip
    assert survivor.reserve(1, Lane.SAFETY).tokens == 0
    granted = 0
    while now < NOW + 20:
        now += 0.01
        granted += survivor.reserve(1, Lane.SAFETY).tokens
    assert granted == pytest.approx(20 * 5, rel=0.02)
    now += 2
    assert survivor.reserve(99, Lane.SAFETY).tokens == 4


def test_a_reservation_does_not_wait_for_a_unit_that_only_reads(
    engine: Engine, units: UnitsOfWork
) -> None:
    with units() as work:
        work.cursors.get("orders")
        assert SqlBuckets(engine).draw("searchOrders", 60.0, NOW, NOW + 1200) == NOW + 60
