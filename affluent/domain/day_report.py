"""The report of one day: what was read, planned, held, sent, accepted, effective and refused.

It holds counts, names from the settings and hashes, and no field that could hold anything else:
a buyer's data has no place in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from affluent.domain.effect import EffectState
from affluent.domain.plan import Operation
from affluent.domain.run_figures import RunFigures

FORMAT: Final = "affluent day report 1"

#: A transaction may show a step a little after the moment that the step bears.
_SETTLING: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class DaySpan:
    """One day in UTC."""

    day: date

    @property
    def begins(self) -> datetime:
        """The day's first moment."""
        return datetime.combine(self.day, time(), UTC)

    @property
    def ends(self) -> datetime:
        """The first moment after the day."""
        return self.begins + timedelta(days=1)

    def is_over(self, now: datetime) -> bool:
        """Whether nothing can be added to the day any more."""
        return now >= self.ends + _SETTLING


@dataclass(frozen=True, slots=True)
class RunTotals:
    """The runs of one flow for one account, added up. `held` counts by reason."""

    flow: str
    account: str
    runs: int
    read: int
    planned: int
    unchanged: int
    held: Mapping[str, int]
    stopped: int
    sent: int
    effective: int
    refused: int


@dataclass(frozen=True, slots=True)
class WriteTotals:
    """How many writes came into each state on that day, whenever they had been planned.

    A write that went from sent to effective within the day counts under both.
    """

    flow: str
    account: str
    marketplace_id: str
    operation: Operation
    states: Mapping[EffectState, int]


@dataclass(frozen=True, slots=True)
class DayReport:
    """One day. `ledger` is the hash over all of the day's transitions, and `previous` that of the
    report of the day before; it is empty for the first day. `is_over` is false while the day may
    still change."""

    day: date
    store: str
    is_over: bool
    previous: str
    ledger: str
    runs: tuple[RunTotals, ...]
    writes: tuple[WriteTotals, ...]


def totals_of(runs: Iterable[RunFigures]) -> tuple[RunTotals, ...]:
    """The runs added up by flow and account."""
    grouped: dict[tuple[str, str], list[RunFigures]] = {}
    for run in runs:
        grouped.setdefault((run.flow, run.account), []).append(run)
    return tuple(_added(*key, grouped[key]) for key in sorted(grouped))


def _added(flow: str, account: str, runs: list[RunFigures]) -> RunTotals:
    held: dict[str, int] = {}
    for run in runs:
        for reason, count in run.held.items():
            held[reason] = held.get(reason, 0) + count
    return RunTotals(
        flow=flow,
        account=account,
        runs=len(runs),
        read=sum(run.read for run in runs),
        planned=sum(run.planned for run in runs),
        unchanged=sum(run.unchanged for run in runs),
        held=dict(sorted(held.items())),
        stopped=sum(bool(run.stopped) for run in runs),
        sent=sum(run.sent for run in runs),
        effective=sum(run.effective for run in runs),
        refused=sum(run.refused for run in runs),
    )
