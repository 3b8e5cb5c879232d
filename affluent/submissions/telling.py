"""What became of a run's writes, for its report."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from affluent.domain.report import RunReport
from affluent.domain.time_to_effect import TimeToEffect
from affluent.submissions.context import Sender
from affluent.submissions.ignored import ignored_notes
from affluent.submissions.watchdog import overdue_notes

#: What a run is compared with: a week that ended a day before.
_WEEK: Final = timedelta(days=7)
_DAY: Final = timedelta(days=1)


def tell(report: RunReport, sender: Sender) -> RunReport:
    """The report of a run once its writes have been read back."""
    now = sender.clock.now()
    with sender.units() as work:
        states = work.ledger.count_states(sender.run.run_id)
        measured = TimeToEffect.of(work.history.times_to_effect(sender.run.run_id))
        before = TimeToEffect.of(
            work.history.recent_times_to_effect(
                sender.account, sender.marketplace_id, now - _DAY - _WEEK, now - _DAY
            )
        )
    notes = (*overdue_notes(sender), *ignored_notes(sender), *_slower(measured, before))
    return replace(report.with_effects(states, notes), time_to_effect=measured)


def _slower(measured: TimeToEffect | None, before: TimeToEffect | None) -> tuple[str, ...]:
    if measured is None or before is None or not measured.is_worse_than(before):
        return ()
    return (
        f"Amazon has become slower: 95 % of this run's writes showed within"
        f" {measured.p95_seconds:.0f} seconds, last week's within {before.p95_seconds:.0f}.",
    )
