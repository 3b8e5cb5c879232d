"""What our own store keeps of a run's report, for the report of the day."""

from __future__ import annotations

from typing import Final

from prefect.runtime import flow_run

from affluent.domain.held_history import held_history
from affluent.domain.report import RunReport
from affluent.domain.run_figures import RunFigures
from tasks.runtime import present

#: So many runs are drawn beside each other.
_DRAWN_RUNS: Final = 30


def keep_figures(report: RunReport) -> str:
    """Keep the figures of the run that is under way; a dry run leaves none.

    Answers what this run and those before it held, drawn in Markdown; "" where nothing was."""
    asked = flow_run.parameters or {}
    voyage = present.get()
    if voyage is None or asked.get("dry_run"):
        return ""
    figures = RunFigures(
        run_id=voyage.run.run_id,
        flow=report.flow,
        account=asked.get("account", ""),
        marketplace=asked.get("marketplace", ""),
        ended_at=voyage.application.clock.now(),
        read=report.read,
        planned=report.planned,
        unchanged=report.unchanged,
        held=report.held,
        stopped=report.stopped,
        sent=report.sent,
        effective=report.effective,
        refused=report.refused,
        waiting=report.waiting,
        plan_hash=report.plan_hash,
    )
    with voyage.application.units() as work:
        work.runs.save(figures)
        work.commit()
        place = (figures.flow, figures.account, figures.marketplace)
        return held_history(work.runs.latest(*place, _DRAWN_RUNS))
