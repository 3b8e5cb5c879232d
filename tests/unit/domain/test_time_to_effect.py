"""Percentiles by nearest rank, and when a run is notably slower than a week."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affluent.domain.time_to_effect import TimeToEffect


def test_nothing_measured_is_nothing_said() -> None:
    assert TimeToEffect.of([]) is None


def test_half_and_nearly_all() -> None:
    assert TimeToEffect.of([float(one) for one in range(100, 0, -1)]) == TimeToEffect(100, 50, 95)
    assert TimeToEffect.of([7.0]) == TimeToEffect(1, 7.0, 7.0)


@given(st.lists(st.floats(0, 1e6), min_size=1))
def test_the_figures_are_measured_ones_and_cover_their_share(seconds: list[float]) -> None:
    found = TimeToEffect.of(seconds)
    assert found is not None
    for share, figure in ((0.5, found.p50_seconds), (0.95, found.p95_seconds)):
        assert figure in seconds
        assert sum(one <= figure for one in seconds) >= share * len(seconds)


@pytest.mark.parametrize(
    ("now", "before", "is_worse"),
    [
        (TimeToEffect(9, 10, 100), TimeToEffect(9, 10, 60), True),
        (TimeToEffect(9, 10, 80), TimeToEffect(9, 10, 60), False),
        (TimeToEffect(9, 1, 3), TimeToEffect(9, 1, 1), False),
        (TimeToEffect(4, 10, 100), TimeToEffect(9, 10, 60), False),
        (TimeToEffect(9, 10, 100), TimeToEffect(4, 10, 60), False),
    ],
)
def test_worse_is_much_longer_and_well_measured(
    now: TimeToEffect, before: TimeToEffect, is_worse: bool
) -> None:
    assert now.is_worse_than(before) is is_worse
