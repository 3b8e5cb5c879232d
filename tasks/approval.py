"""Whether a plan is approved, and noting what was sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from affluent.approvals.deciding import decide
from affluent.approvals.judging import Judged, judge, note_applied
from affluent.bootstrap import Application
from affluent.domain.approval import ApprovalPlace
from affluent.domain.kept_plan import Decision, KeptPlan
from affluent.domain.plan import Gated
from affluent.submissions.context import Sender
from tasks.runtime import reading


def approval_place(
    application: Application, sender: Sender, lists: Mapping[str, str] | None = None
) -> ApprovalPlace:
    """Where the run's changes are judged; `lists` maps SKUs to their selling lists."""
    return ApprovalPlace(
        flow=sender.run.flow,
        account=sender.account,
        marketplace_id=sender.marketplace_id,
        rules=application.approval_rules,
        lists=lists or {},
    )


@reading
def ask_approval(gated: list[Gated], place: ApprovalPlace, sender: Sender, dry_run: bool) -> Judged:
    """Hold what a person must approve and has not."""
    return judge(gated, place, sender, dry_run=dry_run)


@reading
def close_plan(judged: Judged, place: ApprovalPlace, sender: Sender) -> None:
    """Note that what was judged has been sent."""
    note_applied(judged, place, sender)


@reading
def write_decision(
    application: Application, plan: KeptPlan, decision: Decision, wait: timedelta
) -> KeptPlan:
    """Write a person's answer down."""
    return decide(plan, decision, wait, application.units, application.clock.now())
