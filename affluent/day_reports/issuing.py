"""Issuing the reports of days, each chained to that of the day before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from affluent.day_reports.canonical import body_of, hash_of
from affluent.domain.day_report import DayReport, DaySpan, totals_of
from affluent.domain.errors import ConfigurationError, InvariantBroken
from affluent.ports.day_reports import IssuedReport
from affluent.ports.storage import UnitOfWork

_ONE_DAY: Final = timedelta(days=1)


def report_of_day(day: date, store: str, work: UnitOfWork, now: datetime) -> IssuedReport:
    """The report of a day; those of earlier days that lack one are issued first.

    A day that is over is issued once and for all; one that is not is reported as far as it has
    come, and nothing of that is kept. The caller commits. Raises ConfigurationError for a day that
    has not begun, or that was before our first record.
    """
    known = work.day_reports.issued(day)
    if known is not None:
        return _intact(known)
    if DaySpan(day).begins > now:
        raise ConfigurationError(f"{day} has not begun.", fix="Ask for a day until today, in UTC.")
    previous = ""
    for earlier in _days_before(day, work):
        issued = work.day_reports.issued(earlier) or _issue(earlier, store, previous, work, now)
        previous = _intact(issued).hash
    return _issue(day, store, previous, work, now)


def _days_before(day: date, work: UnitOfWork) -> Iterator[date]:
    """The days between the newest report, or our first record, and this day."""
    reported = [one for one in work.day_reports.days() if one < day]
    first = reported[-1] if reported else work.day_reports.first_day()
    if first is not None and first > day:
        raise ConfigurationError(
            f"Nothing is known of {day}.",
            why=f"Our own records begin on {first}.",
            fix="Ask for that day or a later one.",
        )
    while first is not None and first < day:
        yield first
        first += _ONE_DAY


def _issue(day: date, store: str, previous: str, work: UnitOfWork, now: datetime) -> IssuedReport:
    span = DaySpan(day)
    report = DayReport(
        day=day,
        store=store,
        is_over=span.is_over(now),
        previous=previous,
        ledger=work.day_reports.ledger_hash(span.begins, span.ends),
        runs=totals_of(work.runs.between(span.begins, span.ends)),
        writes=work.day_reports.writes(span.begins, span.ends),
    )
    body = body_of(report)
    issued = IssuedReport(day, body, hash_of(body))
    return work.day_reports.issue(issued) if report.is_over else issued


def _intact(report: IssuedReport) -> IssuedReport:
    if hash_of(report.body) != report.hash:
        raise InvariantBroken(
            f"The report of {report.day} is not what was issued.",
            why="Its text in our store no longer has the hash that was kept beside it.",
            fix="Restore the table day_reports from a backup; an exported file shows the original.",
        )
    return report
