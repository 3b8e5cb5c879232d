"""How far each source of orders has come, and what it lacks of what the others showed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from affluent.domain.cursor_names import ORDERS
from affluent.domain.order_source import OrderGap, OrderSource, SourceSpan, find_gaps
from affluent.submissions.context import Sender

_CURSORS: Final = {
    OrderSource.SEARCH: ORDERS,
    OrderSource.NOTIFICATION: "notifications",
    OrderSource.SWEEP: "sweeps",
}


def searched_until(account: str, source: OrderSource, sender: Sender) -> datetime | None:
    """Up to when a source has shown everything; None before its first run."""
    with sender.units() as work:
        return work.cursors.get(_name(account, source))


def mark_span(
    account: str, source: OrderSource, since: datetime, until: datetime, sender: Sender
) -> None:
    """A source has shown everything until then; what it began with stays known."""
    with sender.units() as work:
        beginning = _beginning(account, source)
        if work.cursors.get(beginning) is None:
            work.cursors.set(beginning, since)
        work.cursors.set(_name(account, source), until)
        work.commit()


def mark_drained(account: str, sender: Sender) -> None:
    """The queue was found empty: what Amazon had told by our last search has come.

    The moment is that search's, because it is Amazon's own time.
    """
    until = searched_until(account, OrderSource.SEARCH, sender)
    if until is not None:
        mark_span(account, OrderSource.NOTIFICATION, until, until, sender)


def gather_gaps(account: str, back: timedelta, sender: Sender) -> list[OrderGap]:
    """What each source lacks of the orders that were updated over so long a time."""
    with sender.units() as work:
        orders = work.orders.updated_since(account, sender.clock.now() - back)
        sightings = work.order_sources.of_orders(account, [one.order_id for one in orders])
        spans = {}
        for source in _CURSORS:
            since = work.cursors.get(_beginning(account, source))
            until = work.cursors.get(_name(account, source))
            if since is not None and until is not None:
                spans[source] = SourceSpan(since, until)
    return find_gaps(orders, sightings, spans)


def _name(account: str, source: OrderSource) -> str:
    return f"{_CURSORS[source]}/{account}"


def _beginning(account: str, source: OrderSource) -> str:
    return f"{_name(account, source)}/since"
