"""A backfill's windows, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Engine

from affluent.domain.order_window import OrderWindow, WindowState
from affluent.storage.unit_of_work import SqlUnitsOfWork
from tests.builders.orders import recorded_order
from tests.fakes.clock import NOON

DAY = timedelta(days=1)
WHOLE = OrderWindow("main", ("A", "B"), NOON, NOON + 30 * DAY)
BEGUN = OrderWindow(
    "main",
    ("A", "B"),
    NOON,
    NOON + 7 * DAY,
    WindowState.READING,
    token="a token, of any length",
    pages=("one", "two"),
    read=200,
    created=7,
    waiting=1,
    started_at=NOON + 400 * DAY,
)


def test_a_window_comes_back_as_it_was_kept(engine: Engine) -> None:
    units = SqlUnitsOfWork(engine)
    with units() as work:
        work.order_windows.save([BEGUN.anew()])
        work.order_windows.save([BEGUN])
        work.commit()

    with units() as work:
        assert work.order_windows.within(WHOLE) == [BEGUN]


def test_only_windows_of_the_same_search_inside_of_the_span_are_its_own(engine: Engine) -> None:
    others = [
        replace(BEGUN, account="other"),
        replace(BEGUN, marketplace_ids=("A",)),
        replace(BEGUN, since=NOON - DAY),
        replace(BEGUN, until=NOON + 31 * DAY),
    ]
    with SqlUnitsOfWork(engine)() as work:
        work.order_windows.save([*others, *BEGUN.halves()])

        assert work.order_windows.within(WHOLE) == list(BEGUN.halves())


def test_a_window_gives_way_to_its_halves(engine: Engine) -> None:
    with SqlUnitsOfWork(engine)() as work:
        work.order_windows.save([BEGUN])
        work.order_windows.remove(BEGUN)
        work.order_windows.save(BEGUN.halves())

        assert work.order_windows.within(WHOLE) == list(BEGUN.halves())


def test_orders_bought_lately_are_counted(engine: Engine) -> None:
    with SqlUnitsOfWork(engine)() as work:
        orders = [recorded_order(str(day), created_at=NOON - day * DAY) for day in range(4)]
        work.orders.save(orders, NOON)

        count = work.orders.count_bought_since(orders[0].account, NOON - 2 * DAY)

        assert (count, work.orders.count_bought_since("other", NOON - 2 * DAY)) == (3, 0)
