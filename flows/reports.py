"""From a gated plan to a run report, alike in every flow."""

from __future__ import annotations

from typing import Final

from affluent.domain.errors import BatchStopped
from affluent.domain.plan import Gated, Plan
from affluent.domain.report import RunReport

_RAISE_THE_LIMIT: Final = (
    "Look at the held items; when they are right, raise the limit that the message names."
)


def gated_report(
    flow: str, read: int, gated: Gated, notes: tuple[str, ...] = (), awaits: str = ""
) -> RunReport:
    """The figures of a run before anything is sent; `notes` come before those of the plan, and
    `awaits` is the hash of a plan that a person has to approve."""
    return RunReport(
        flow=flow,
        read=read,
        planned=len(gated.plan.changes),
        unchanged=gated.plan.unchanged,
        held=gated.held_by_reason(),
        stopped=tuple(finding.message for finding in gated.stops),
        plan_hash=gated.hash,
        awaits=awaits,
        notes=(*notes, *gated.plan.notes),
    )


def joined(first: Gated, second: Gated) -> Gated:
    """Two gated plans as one, to be shown together."""
    return Gated(
        plan=Plan(
            (*first.plan.changes, *second.plan.changes),
            first.plan.unchanged + second.plan.unchanged,
            (*first.plan.notes, *second.plan.notes),
        ),
        passed=(*first.passed, *second.passed),
        held=(*first.held, *second.held),
        stops=(*first.stops, *second.stops),
        judged_as=first.judged_as,
    )


def refuse_if_stopped(gated: Gated, fix: str = _RAISE_THE_LIMIT) -> None:
    """Fail the run, in the gate's words, where the gate stopped a batch."""
    if gated.is_stopped:
        raise BatchStopped(
            " ".join(finding.message for finding in gated.stops),
            why="So much of one batch is flawed that the source itself is in doubt.",
            fix=fix,
        )
