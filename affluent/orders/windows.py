"""Which windows a backfill reads, and what that costs before the first call: pure rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from affluent.domain.errors import ConfigurationError
from affluent.domain.forecast import ForetoldCalls
from affluent.domain.order_window import OrderWindow, WindowState

#: Short enough to be read through within the day for which Amazon's page tokens hold, for a seller
#: of up to 48,000 orders a week; a longer one costs fewer half-empty pages.
_WINDOW: Final = timedelta(days=7)
#: Amazon answers nothing that is older.
_OLDEST: Final = timedelta(days=2 * 365)
_ORDERS_A_PAGE: Final = 100
#: To look for an order, to create it, and to read it back.
_STORE_CALLS_AN_ORDER: Final = 3


@dataclass(frozen=True, slots=True)
class BackfillCost:
    """What is left to read for one account, and what it takes.

    `orders` is None where nothing is known of the account's sales: the calls are then the fewest.
    """

    account: str
    windows: int
    orders: int | None
    search: ForetoldCalls
    store: ForetoldCalls

    def as_dict(self) -> dict[str, Any]:
        """The cost as JSON-able values."""
        return {
            "account": self.account,
            "windows": self.windows,
            "orders": self.orders,
            "search_calls": self.search.count,
            "search_seconds": round(self.search.seconds, 1),
            "store_calls": self.store.count,
            "store_seconds": round(self.store.seconds, 1),
            "seconds": round(self.seconds, 1),
        }

    @property
    def seconds(self) -> float:
        """From the first call to the last: the two vendors work side by side."""
        return max(self.search.seconds, self.store.seconds)


def span_of(since: date, until: date, today: date) -> tuple[datetime, datetime]:
    """The days from `since` to `until`, both whole, in UTC. They are over, so that the same days
    are the same span whenever they are asked for.

    Raises ConfigurationError on days that Amazon cannot answer for.
    """
    if until < since:
        raise ConfigurationError(
            f"The backfill's until, {until}, lies before its since, {since}.",
            fix="Give the earlier day as since.",
        )
    if until >= today:
        raise ConfigurationError(
            f"The backfill's until, {until}, is not over yet.",
            fix=f"Give {today - timedelta(days=1)} or earlier; import_orders brings the rest.",
        )
    if since < today - _OLDEST:
        raise ConfigurationError(
            f"The backfill's since, {since}, is more than two years ago.",
            why="Amazon answers no older orders.",
            fix=f"Give {today - _OLDEST} or later.",
        )
    first = datetime.combine(since, time(), UTC)
    return first, datetime.combine(until + timedelta(days=1), time(), UTC)


def plan_windows(whole: OrderWindow, known: Sequence[OrderWindow]) -> list[OrderWindow]:
    """What is to be read of a span, oldest first.

    Windows that an earlier run has begun or left go on, those that it has read are left out; where
    it has read all of them, all are read again.
    """
    missing = list(_missing(whole, known))
    left = [one for one in known if one.state is not WindowState.DONE]
    if not missing and not left:
        return sorted((one.anew() for one in known), key=_since)
    return sorted([*left, *missing], key=_since)


def orders_a_day(windows: Iterable[OrderWindow], bought: int, over: timedelta) -> float | None:
    """How many orders an account gets: by the windows that were read, else by what was bought
    lately; None where neither knows."""
    done = [one for one in windows if one.state is WindowState.DONE]
    time_read = sum((one.length for one in done), timedelta())
    if time_read:
        return sum(one.read for one in done) / (time_read / timedelta(days=1))
    return bought / (over / timedelta(days=1)) if bought else None


def expected_orders(windows: Sequence[OrderWindow], a_day: float | None) -> int | None:
    """How many orders the windows still hold, beside those that were read."""
    if a_day is None:
        return None
    return round(sum(max(a_day * _days(one) - one.read, 0) for one in windows))


def expected_pages(windows: Sequence[OrderWindow], a_day: float | None) -> int:
    """How many pages are still to be searched: one of each window at least."""
    return sum(
        max(_pages(a_day * _days(one)) - len(one.pages), 1) if a_day else 1 for one in windows
    )


def expected_store_calls(orders: int | None, pages: int) -> int:
    """The store's calls for so many orders, with the SKUs of each page."""
    return (orders or 0) * _STORE_CALLS_AN_ORDER + pages


def _missing(whole: OrderWindow, known: Sequence[OrderWindow]) -> Iterator[OrderWindow]:
    """The parts of the span that no known window covers, in windows of the usual length."""
    reached = whole.since
    for one in [*sorted(known, key=_since), replace(whole, since=whole.until)]:
        while reached < one.since:
            until = min(reached + _WINDOW, one.since)
            yield replace(whole.anew(), since=reached, until=until)
            reached = until
        reached = max(reached, one.until)


def _pages(orders: float) -> int:
    return max(-(-round(orders) // _ORDERS_A_PAGE), 1)


def _days(window: OrderWindow) -> float:
    return window.length / timedelta(days=1)


def _since(window: OrderWindow) -> datetime:
    return window.since
