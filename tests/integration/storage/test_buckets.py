"""The shared buckets draw as one bucket would, whoever draws."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count as numbers_from

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from affluent.ports.storage import UnitsOfWork
from affluent.storage.buckets import SqlBuckets

NOW = 1_795_521_600.25
_NUMBERS = numbers_from(1)


def test_a_burst_is_free_and_then_each_token_takes_its_interval(engine: Engine) -> None:
    buckets = SqlBuckets(engine)
    waits = [buckets.reserve("putListingsItem", 0.2, 5, 1, NOW) for _ in range(7)]
    elsewhere = buckets.reserve("getListingsItem", 0.2, 5, 5, NOW)
    later = buckets.reserve("putListingsItem", 0.2, 5, 1, NOW + 60)

    assert waits == pytest.approx([0, 0, 0, 0, 0, 0.2, 0.4], abs=1e-6)
    assert (elsewhere, later) == (0, 0)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    interval=st.floats(0.01, 60),
    burst=st.integers(1, 50),
    draws=st.lists(st.tuples(st.floats(0, 90), st.integers(1, 30)), max_size=8),
)
def test_the_same_as_a_bucket_that_fills_drop_by_drop(
    engine: Engine, interval: float, burst: int, draws: list[tuple[float, int]]
) -> None:
    """The other way to see it: a level that rises with time and may be overdrawn."""
    buckets, name = SqlBuckets(engine), f"bucket-{next(_NUMBERS)}"
    now, level = NOW, float(burst)
    for pause, count in draws:
        now += pause
        level = min(burst, level + pause / interval) - count
        wait = buckets.reserve(name, interval, burst, count, now)
        assert wait == pytest.approx(max(0.0, -level * interval), abs=1e-4)


def test_many_workers_never_draw_the_same_token(engine: Engine) -> None:
    buckets = SqlBuckets(engine)
    with ThreadPoolExecutor(4) as workers:
        waits = list(
            workers.map(lambda _: buckets.reserve("searchOrders", 60.0, 20, 1, NOW), range(60))
        )

    assert sorted(waits) == pytest.approx([0.0] * 20 + [60.0 * late for late in range(1, 41)])


def test_a_reservation_does_not_wait_for_a_unit_that_only_reads(
    engine: Engine, units: UnitsOfWork
) -> None:
    with units() as work:
        work.cursors.get("orders")
        assert SqlBuckets(engine).reserve("searchOrders", 60.0, 20, 1, NOW) == 0
