"""Reading the orders of the past, page by page, so that a run that died goes on where it was.

A page's place is kept only once its orders stand in the store: what was read twice is recognised.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from affluent.domain.account import Account
from affluent.domain.errors import Refused
from affluent.domain.order import TO_CREATE, OrderPage, OrderState
from affluent.domain.order_source import OrderSource
from affluent.domain.order_window import OrderWindow
from affluent.orders.extract import Recorded, keep_orders
from affluent.orders.windows import (
    BackfillCost,
    expected_orders,
    expected_pages,
    expected_store_calls,
    orders_a_day,
    plan_windows,
)
from affluent.ports.bigcommerce import StorePorts
from affluent.submissions.context import Sender

#: A page token holds for 24 hours; what takes longer than this is read in two parts.
_PATIENCE: Final = timedelta(hours=20)
#: A span that is not cut any further.
_SHORTEST: Final = timedelta(minutes=2)
#: Over so long the present rate of orders is taken.
_LATELY: Final = timedelta(days=30)


@dataclass(frozen=True)
class Backfill:
    """What is left to read for one account, oldest first, and what it costs."""

    windows: tuple[OrderWindow, ...]
    cost: BackfillCost


@dataclass(frozen=True)
class WindowStep:
    """One page of a window: its orders, and the window after it, or what it is cut into."""

    recorded: Recorded
    read: OrderWindow
    left: tuple[OrderWindow, ...]


def plan_backfill(
    whole: OrderWindow, creates_old: bool, store: StorePorts, sender: Sender
) -> Backfill:
    """The windows of a span that are left, and their cost at the quotas as they stand."""
    with sender.units() as work:
        known = work.order_windows.within(whole)
        lately = work.orders.count_bought_since(whole.account, sender.clock.now() - _LATELY)
    windows = plan_windows(whole, known)
    a_day = orders_a_day(known, lately, _LATELY)
    orders, pages = expected_orders(windows, a_day), expected_pages(windows, a_day)
    calls = expected_store_calls(orders, pages) if creates_old else pages
    cost = BackfillCost(
        account=whole.account,
        windows=len(windows),
        orders=orders,
        search=sender.amazon.forecast.calls("searchOrders", pages),
        store=store.forecast(calls),
    )
    return Backfill(tuple(windows), cost)


def begin(backfill: Backfill, sender: Sender) -> None:
    """Keep the windows, so that a later run knows what is left."""
    with sender.units() as work:
        work.order_windows.save(backfill.windows)
        work.commit()


def read_page(
    window: OrderWindow, account: Account, creates_old: bool, sender: Sender
) -> WindowStep:
    """Ask for the window's next page and record its orders.

    A window whose pages came twice, whose token Amazon does not take any more, or that takes
    longer than tokens hold, is cut in two: however many orders it has, its parts are read through.
    """
    now = sender.clock.now()
    if _takes_too_long(window, now):
        return _cut(window)
    ids = window.marketplace_ids
    try:
        page = sender.amazon.orders.bought_page(ids, window.since, window.until, window.token)
    except Refused:
        if not window.token:
            raise
        return _cut(window)
    mark = _mark(page)
    if page.orders and mark in window.pages:
        return _cut(window)
    recorded = _record(page, account, creates_old, sender)
    after = window.after(mark, len(page.orders), page.next_token, now)
    return WindowStep(recorded, after, (after,) if page.next_token else ())


def keep_place(step: WindowStep, created: int, waiting: int, sender: Sender) -> list[OrderWindow]:
    """Keep how far the window has come; answers what is left of it."""
    read = step.read.with_orders(created, waiting)
    left = [read] if step.left == (step.read,) else list(step.left)
    with sender.units() as work:
        if left and left != [read]:
            work.order_windows.remove(step.read)
        work.order_windows.save(left or [read])
        work.commit()
    return left


def _record(page: OrderPage, account: Account, creates_old: bool, sender: Sender) -> Recorded:
    with sender.units() as work:
        now, ids = sender.clock.now(), [order.order_id for order in page.orders]
        keep_orders(page.orders, account, OrderSource.BACKFILL, work, now, sender.safe)
        known = work.orders.named(account.name, ids)
        kept = sender.safe.recall(account.name, ids, work)
        work.commit()
    wanted = TO_CREATE | {OrderState.OLD} if creates_old else TO_CREATE
    to_create = {
        order.order_id: kept.get(order.order_id, order)
        for order in page.orders
        if known[order.order_id].state in wanted and order.status.is_paid
    }
    return Recorded(len(page.orders), to_create, {key: known[key] for key in to_create})


def _takes_too_long(window: OrderWindow, now: datetime) -> bool:
    return bool(window.token and window.started_at and now - window.started_at > _PATIENCE)


def _cut(window: OrderWindow) -> WindowStep:
    """The window's parts, each from its first page."""
    can_be_cut = window.length > _SHORTEST
    parts: Sequence[OrderWindow] = window.halves() if can_be_cut else [window.anew()]
    return WindowStep(Recorded(0, {}, {}), replace(window, token=""), tuple(parts))


def _mark(page: OrderPage) -> str:
    """What a page is recognised by when it comes again, in whatever process."""
    orders = "\n".join(f"{one.order_id} {one.last_updated_at}" for one in page.orders)
    return hashlib.sha256(orders.encode()).hexdigest()[:16]
