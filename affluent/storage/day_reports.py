"""The runs and the reports of days."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from affluent.domain.day_report import WriteTotals
from affluent.domain.effect import EffectState
from affluent.domain.errors import InvariantBroken
from affluent.domain.plan import Operation
from affluent.domain.run_figures import RunFigures
from affluent.ports.day_reports import IssuedReport
from affluent.storage.bulk import insert_missing, upsert
from affluent.storage.report_tables import DayReportRow, RunRow
from affluent.storage.tables import EffectRow, TransitionRow

_FIGURES: Final = [field.name for field in fields(RunFigures)]
_ROWS_AT_ONCE: Final = 2_000


class SqlRuns:
    """The RunsOfRecord of affluent.ports.day_reports."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def save(self, figures: RunFigures) -> None:
        """Keep a run's figures; the last word of a run counts."""
        row = asdict(figures) | {"held": dict(figures.held), "stopped": list(figures.stopped)}
        upsert(self._session, RunRow, [row])

    def last_end(self, flow: str, account: str) -> datetime | None:
        """When the newest run of a flow for an account ended."""
        return self._session.scalar(
            select(func.max(RunRow.ended_at)).where(RunRow.flow == flow, RunRow.account == account)
        )

    def latest(self, flow: str, account: str, marketplace: str, most: int) -> list[RunFigures]:
        """The newest runs of a flow for an account and marketplace, at most so many, oldest
        first."""
        statement = (
            select(RunRow)
            .where(
                RunRow.flow == flow,
                RunRow.account == account,
                RunRow.marketplace == marketplace,
            )
            .order_by(RunRow.ended_at.desc(), RunRow.run_id.desc())
            .limit(most)
        )
        return [_figures(row) for row in self._session.scalars(statement)][::-1]

    def between(self, since: datetime, until: datetime) -> list[RunFigures]:
        """The runs that ended in a span of time, oldest first."""
        statement = (
            select(RunRow)
            .where(RunRow.ended_at >= since, RunRow.ended_at < until)
            .order_by(RunRow.ended_at, RunRow.run_id)
        )
        return [_figures(row) for row in self._session.scalars(statement)]


class SqlDayReports:
    """The DayReports of affluent.ports.day_reports."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def first_day(self) -> date | None:
        """The day of the first step or run that we know; None in an empty store."""
        firsts = [
            self._session.scalar(select(func.min(column)))
            for column in (TransitionRow.at, RunRow.ended_at)
        ]
        known = [first.date() for first in firsts if first is not None]
        return min(known, default=None)

    def writes(self, since: datetime, until: datetime) -> tuple[WriteTotals, ...]:
        """The writes that came into each state in a span of time."""
        place = (EffectRow.flow, EffectRow.account, EffectRow.marketplace_id, EffectRow.operation)
        counted = func.count(TransitionRow.effect_id.distinct())
        statement = (
            select(*place, TransitionRow.state, counted)
            .join(EffectRow, EffectRow.id == TransitionRow.effect_id)
            .where(TransitionRow.at >= since, TransitionRow.at < until)
            .group_by(*place, TransitionRow.state)
        )
        totals: dict[tuple[str, str, str, Operation], dict[EffectState, int]] = {}
        for flow, account, market, operation, state, count in self._session.execute(statement):
            totals.setdefault((flow, account, market, operation), {})[state] = count
        # Sorted here, since the databases order text each in its way.
        return tuple(WriteTotals(*key, dict(sorted(totals[key].items()))) for key in sorted(totals))

    def ledger_hash(self, since: datetime, until: datetime) -> str:
        """SHA-256 over every transition of a span of time, in the order they were written."""
        statement = (
            select(
                TransitionRow.id,
                TransitionRow.effect_id,
                TransitionRow.at,
                TransitionRow.state,
                TransitionRow.reference,
                TransitionRow.request_id,
                EffectRow.key,
                EffectRow.payload_hash,
            )
            .join(EffectRow, EffectRow.id == TransitionRow.effect_id)
            .where(TransitionRow.at >= since, TransitionRow.at < until)
            .order_by(TransitionRow.id)
            .execution_options(yield_per=_ROWS_AT_ONCE)
        )
        digest = hashlib.sha256()
        for row in self._session.execute(statement):
            digest.update(repr((*row[:2], row.at.isoformat(), str(row.state), *row[4:])).encode())
        return digest.hexdigest()

    def issue(self, report: IssuedReport) -> IssuedReport:
        """Keep a report for good; answers the one that was first for this day."""
        insert_missing(self._session, DayReportRow, [asdict(report)])
        kept = self.issued(report.day)
        if kept is None:
            raise InvariantBroken(f"The report of {report.day} was kept and is not there.")
        return kept

    def issued(self, day: date) -> IssuedReport | None:
        """The report of a day, if it was issued."""
        row = self._session.scalars(
            select(DayReportRow).where(DayReportRow.day == day)
        ).one_or_none()
        return None if row is None else IssuedReport(row.day, row.body, row.hash)

    def days(self) -> Sequence[date]:
        """Every day that has a report, oldest first."""
        return self._session.scalars(select(DayReportRow.day).order_by(DayReportRow.day)).all()


def _figures(row: RunRow) -> RunFigures:
    values = {name: getattr(row, name) for name in _FIGURES}
    return RunFigures(**values | {"stopped": tuple(row.stopped)})
