"""The orders of the past: what is to be read, what it costs, and one page after the other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from affluent.bootstrap import Application
from affluent.domain.order_window import OrderWindow
from affluent.orders.backfill import (
    Backfill,
    WindowStep,
    begin,
    keep_place,
    plan_backfill,
    read_page,
)
from affluent.submissions.context import Sender
from tasks.runtime import reading


@reading
def plan_reading(
    application: Application,
    sender: Sender,
    marketplace_ids: Sequence[str],
    span: tuple[datetime, datetime],
) -> Backfill:
    """The windows that are left of one account's span, and what they cost."""
    whole = OrderWindow(sender.account, tuple(marketplace_ids), *span)
    creates_old = application.order_policy.old.are_created
    return plan_backfill(whole, creates_old, application.store, sender)


@reading
def keep_plan(backfill: Backfill, sender: Sender) -> None:
    """Keep the windows before the first of them is read."""
    begin(backfill, sender)


@reading
def read_past(application: Application, window: OrderWindow, sender: Sender) -> WindowStep:
    """One page of old orders, recorded."""
    account = application.account(sender.account)
    return read_page(window, account, application.order_policy.old.are_created, sender)


@reading
def move_on(step: WindowStep, created: int, waiting: int, sender: Sender) -> list[OrderWindow]:
    """Keep the place in the window, now that the page's orders are settled."""
    return keep_place(step, created, waiting, sender)
