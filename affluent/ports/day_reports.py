"""What we need of our own store to report a day: the runs, the ledger's steps, earlier reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from affluent.domain.day_report import WriteTotals
from affluent.domain.run_figures import RunFigures


@dataclass(frozen=True, slots=True)
class IssuedReport:
    """A day's report as it was issued: its canonical text and the hash of that."""

    day: date
    body: str
    hash: str


class RunsOfRecord(Protocol):
    """The figures of the runs that were not dry."""

    def save(self, figures: RunFigures) -> None:
        """Keep a run's figures; the last word of a run counts."""
        ...

    def last_end(self, flow: str, account: str) -> datetime | None:
        """When the newest run of a flow for an account ended."""
        ...

    def latest(self, flow: str, account: str, marketplace: str, most: int) -> list[RunFigures]:
        """The newest runs of a flow for an account and marketplace, at most so many, oldest
        first."""
        ...

    def between(self, since: datetime, until: datetime) -> list[RunFigures]:
        """The runs that ended in a span of time, oldest first."""
        ...


class DayReports(Protocol):
    """The reports that were issued, and what the ledger has for the next one."""

    def first_day(self) -> date | None:
        """The day of the first step or run that we know; None in an empty store."""
        ...

    def writes(self, since: datetime, until: datetime) -> tuple[WriteTotals, ...]:
        """The writes that came into each state in a span of time."""
        ...

    def ledger_hash(self, since: datetime, until: datetime) -> str:
        """SHA-256 over every transition of a span of time, in the order they were written."""
        ...

    def issue(self, report: IssuedReport) -> IssuedReport:
        """Keep a report for good; answers the one that was first for this day."""
        ...

    def issued(self, day: date) -> IssuedReport | None:
        """The report of a day, if it was issued."""
        ...

    def days(self) -> Sequence[date]:
        """Every day that has a report, oldest first."""
        ...
