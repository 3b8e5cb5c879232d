"""Spans of time whose orders a backfill reads, each with its place in Amazon's pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum


class WindowState(StrEnum):
    """How far a window has come."""

    PLANNED = "planned"
    READING = "reading"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class OrderWindow:
    """The orders of one account that were bought from `since` until `until`, on all of
    `marketplace_ids` at once.

    `token` leads to the next page; `pages` are the marks of the pages that came. `read` counts
    orders, `created` those that this pass put into the store, `waiting` those that it could not.
    """

    account: str
    marketplace_ids: tuple[str, ...]
    since: datetime
    until: datetime
    state: WindowState = WindowState.PLANNED
    token: str = ""
    pages: tuple[str, ...] = ()
    read: int = 0
    created: int = 0
    waiting: int = 0
    started_at: datetime | None = None

    @property
    def length(self) -> timedelta:
        """How long a time it spans."""
        return self.until - self.since

    def anew(self) -> OrderWindow:
        """The window before its first page."""
        return OrderWindow(self.account, self.marketplace_ids, self.since, self.until)

    def halves(self) -> tuple[OrderWindow, OrderWindow]:
        """Two windows in the place of one, each before its first page."""
        middle = self.since + self.length / 2
        fresh = self.anew()
        return replace(fresh, until=middle), replace(fresh, since=middle)

    def after(self, mark: str, orders: int, next_token: str, now: datetime) -> OrderWindow:
        """The window once a page of so many orders has come; done where none follows."""
        return replace(
            self,
            state=WindowState.READING if next_token else WindowState.DONE,
            token=next_token,
            pages=(*self.pages, mark),
            read=self.read + orders,
            started_at=self.started_at or now,
        )

    def with_orders(self, created: int, waiting: int) -> OrderWindow:
        """The window with what became of one page's orders."""
        return replace(self, created=self.created + created, waiting=self.waiting + waiting)
