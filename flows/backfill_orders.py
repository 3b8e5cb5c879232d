"""Bring in the orders of the past: in windows, with their cost first, and exactly once.

Requires: Amazon credentials with an order role; store credentials that may create orders.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import date
from typing import Annotated

from prefect import flow
from pydantic import BeforeValidator, Field

from affluent.domain.report import RunReport
from affluent.orders.backfill import Backfill
from affluent.orders.windows import span_of
from affluent.submissions.context import Sender
from flows.creation import create_recorded
from flows.parameters import ConfigPath, DryRun, described
from tasks.artifacts import publish_backfill, publish_report
from tasks.backfill import keep_plan, move_on, plan_reading, read_past
from tasks.runtime import Voyage, open_voyage

NAME = "backfill_orders"


def _listed(names: object) -> object:
    """Names as `--set accounts=main,other` gives them."""
    return [one.strip() for one in names.split(",")] if isinstance(names, str) else names


Day = Annotated[date, described("A day, as 2026-01-31, of the last two years (UTC).")]
Names = Annotated[
    tuple[str, ...],
    BeforeValidator(_listed),
    Field(max_length=100, json_schema_extra={"description": "Names; none stands for all."}),
]


@flow(name="backfill-orders")
def backfill_orders(
    since: Day,
    until: Day,
    accounts: Names = (),
    marketplaces: Names = (),
    dry_run: DryRun = False,
    config: ConfigPath = "affluent.yaml",
) -> RunReport:
    """Plan the windows, then read the accounts side by side; a dry run ends with the plan."""
    with open_voyage(NAME, config) as voyage:
        span = span_of(since, until, voyage.application.clock.now().date())
        chosen = accounts or [one.name for one in voyage.application.settings.accounts]
        planned = [
            (sender, plan_reading(voyage.application, sender, ids, span))
            for sender, ids in (_way_out(voyage, name, marketplaces) for name in chosen)
            if ids
        ]
        publish_backfill(NAME, [backfill.cost for _, backfill in planned])
        if dry_run or not planned:
            return publish_report(RunReport(NAME))
        with ThreadPoolExecutor(len(planned), thread_name_prefix=NAME) as threads:
            running = [
                threads.submit(copy_context().run, _read_through, voyage, *one) for one in planned
            ]
        report = RunReport(NAME)
        for one in running:
            report = report.joined(one.result())
        return publish_report(report)


def _way_out(
    voyage: Voyage, account: str, marketplaces: tuple[str, ...]
) -> tuple[Sender, list[str]]:
    """Who asks for the account's orders, and on which of its marketplaces."""
    application = voyage.application
    connected = application.account(account).marketplaces
    chosen = [
        one
        for one in connected
        if not marketplaces or {one.country, one.marketplace_id} & set(marketplaces)
    ]
    return voyage.sender(account, connected[0]), sorted(one.marketplace_id for one in chosen)


def _read_through(voyage: Voyage, sender: Sender, backfill: Backfill) -> RunReport:
    """One account's windows, page by page; its quota is its own."""
    keep_plan(backfill, sender)
    report = RunReport(NAME)
    left = deque(backfill.windows)
    while left:
        step = read_past(voyage.application, left.popleft(), sender)
        page = RunReport(NAME, read=step.recorded.read)
        if step.recorded.orders:
            page = create_recorded(NAME, voyage, sender.account, step.recorded, dry_run=False)
        left.extendleft(reversed(move_on(step, page.effective, page.waiting, sender)))
        report = report.joined(page)
    return report.noting(_told(sender.account, report))


def _told(account: str, report: RunReport) -> str:
    """What came of it, in a sentence."""
    words = f"{account}: {report.effective} of {report.read} orders were brought into the store"
    if report.waiting:
        return f"{words}; {report.waiting} wait, and another run tries them again."
    return f"{words}; the others were known." if report.effective else f"{words}: all known."
