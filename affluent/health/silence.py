"""Nothing came where something always came: orders, notifications, readings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from affluent.domain.alarm import Alarm, AlarmLimits
from affluent.domain.cursor_names import CATALOG, ORDERS
from affluent.domain.order_source import OrderSource
from affluent.domain.time_in_words import in_words
from affluent.ports.storage import UnitOfWork

_WEEK: Final = timedelta(days=7)


def silent_orders(
    account: str, limits: AlarmLimits, work: UnitOfWork, now: datetime
) -> Iterator[Alarm]:
    """No order for hours in which there were some a week before; a new account has no such week."""
    since = now - limits.quiet
    usual = work.vitals.orders_placed(account, since - _WEEK, now - _WEEK)
    if usual < limits.usual_orders or work.vitals.orders_placed(account, since, now):
        return
    yield Alarm(
        account=account,
        subject="orders",
        title="No orders where there usually are some",
        what=f"No order was placed in the last {in_words(limits.quiet)}; in the same hours of last "
        f"week there were {usual}.",
        why="Offers may be inactive, prices far off, or the import may see nothing.",
        fix="Look into Seller Central whether there are new orders. If so, run import_orders and "
        "read its log; if not, run reconcile_inventory and look at what is not buyable.",
        since=work.vitals.last_order(account) or since,
    )


def silent_notifications(
    account: str, limits: AlarmLimits, work: UnitOfWork, now: datetime
) -> Iterator[Alarm]:
    """No notification for hours, though the search found orders."""
    since = now - limits.quiet
    found = work.vitals.orders_seen(account, OrderSource.SEARCH, since)
    told_of = work.vitals.orders_seen(account, OrderSource.NOTIFICATION, since)
    if told_of or found < limits.usual_orders:
        return
    yield Alarm(
        account=account,
        subject="notifications",
        title="Amazon's notifications are silent",
        what=f"The search found {found} orders in the last {in_words(limits.quiet)}, and no "
        "notification told of any.",
        why="The subscription may have ended, or the queue may no longer let Amazon in. Orders "
        "still come by the search, minutes later.",
        fix="Ask `affluent notifications status`, and set the subscription up again.",
        since=since,
    )


def silent_readings(
    accounts: list[str], limits: AlarmLimits, work: UnitOfWork, now: datetime
) -> Iterator[Alarm]:
    """A reading that once went on and has not moved for longer than its limit."""
    moved = {("extract_catalog", ""): work.cursors.get(CATALOG)}
    for account in accounts:
        moved["import_orders", account] = work.cursors.get(f"{ORDERS}/{account}")
        # Its cursor moves with shipments alone; that it was looked for says its last run.
        moved["confirm_shipments", account] = work.runs.last_end("confirm_shipments", account)
    for (flow, account), at in moved.items():
        limit = limits.unread.get(flow)
        if limit is not None and at is not None and now - at > limit:
            yield Alarm(
                account=account,
                subject=flow,
                title="A reading stands still",
                what=f"{flow} has come as far as {at:%Y-%m-%d %H:%M} UTC, {in_words(now - at)} "
                f"ago; more than {in_words(limit)} is an alarm.",
                why="Its runs fail, or nobody starts them: no worker, or a schedule that is off.",
                fix=f"Look at the last runs of {flow} in the Prefect UI, or run it by hand: "
                f"affluent run {flow}.",
                since=at,
            )
