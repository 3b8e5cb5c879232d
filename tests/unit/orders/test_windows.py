"""Which windows a backfill reads, and what it says of their cost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from affluent.domain.errors import ConfigurationError
from affluent.domain.order_window import OrderWindow, WindowState
from affluent.orders.windows import (
    expected_orders,
    expected_pages,
    orders_a_day,
    plan_windows,
    span_of,
)

START = datetime(2026, 1, 1, tzinfo=UTC)
TODAY = date(2026, 6, 1)
DAY = timedelta(days=1)


def window(first: float, last: float, **fields: object) -> OrderWindow:
    """The days from `first` to `last` after the start."""
    whole = OrderWindow("main", ("US", "CA"), START + first * DAY, START + last * DAY)
    return replace(whole, **fields)  # type: ignore[arg-type]  # any field of the window


def done(first: float, last: float, read: int = 0) -> OrderWindow:
    return window(first, last, state=WindowState.DONE, read=read, pages=("a",))


def test_a_span_is_read_in_weeks_that_leave_no_moment_out() -> None:
    planned = plan_windows(window(0, 30), [])

    assert [one.length for one in planned] == [7 * DAY] * 4 + [2 * DAY]
    assert planned[0].since == START
    assert planned[-1].until == START + 30 * DAY
    for one, following in pairwise(planned):
        assert one.until == following.since


def test_what_was_left_goes_on_and_what_was_read_is_left_out() -> None:
    left = window(7, 14, state=WindowState.READING, token="next", pages=("a", "b"))

    planned = plan_windows(window(0, 21), [done(0, 7), left, window(14, 21)])

    assert planned == [left, window(14, 21)]


def test_a_longer_span_reads_only_what_it_has_more() -> None:
    assert plan_windows(window(0, 16), [done(0, 7), done(7, 14)]) == [window(14, 16)]


def test_windows_that_overlap_leave_no_gap() -> None:
    assert plan_windows(window(0, 14), [done(0, 9), done(2, 4)]) == [window(9, 14)]


def test_a_span_that_was_read_through_is_read_again_from_the_start() -> None:
    planned = plan_windows(window(0, 14), [done(0, 7, read=5), done(7, 14, read=3)])

    assert planned == [window(0, 7), window(7, 14)]


def test_the_cost_is_that_of_the_orders_that_are_expected() -> None:
    windows = [window(0, 7), window(7, 14, pages=("a",), read=100)]

    assert orders_a_day([done(14, 24, read=500)], 3, 30 * DAY) == 50
    assert orders_a_day([window(0, 7)], 60, 30 * DAY) == 2
    assert orders_a_day([], 0, 30 * DAY) is None
    assert expected_orders(windows, 50) == 350 + 250
    assert expected_pages(windows, 50) == 4 + 3
    assert expected_orders(windows, None) is None
    assert expected_pages(windows, None) == 2


def test_halves_cover_the_whole_and_begin_anew() -> None:
    first, second = window(0, 7, token="next", pages=("a",), read=100).halves()

    assert (first.since, first.until) == (START, second.since)
    assert second.until == START + 7 * DAY
    assert {(one.token, one.pages, one.read, one.state) for one in (first, second)} == {
        ("", (), 0, WindowState.PLANNED)
    }


def test_both_days_are_whole() -> None:
    assert span_of(date(2026, 5, 1), date(2026, 5, 31), TODAY) == (
        datetime(2026, 5, 1, tzinfo=UTC),
        datetime(2026, 6, 1, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        (date(2026, 5, 2), date(2026, 5, 1), "lies before its since"),
        (date(2026, 5, 1), TODAY, "is not over yet"),
        (date(2024, 5, 1), date(2026, 5, 1), "more than two years ago"),
    ],
)
def test_days_that_amazon_cannot_answer_for_are_named(since: date, until: date, words: str) -> None:
    with pytest.raises(ConfigurationError, match=words):
        span_of(since, until, TODAY)
