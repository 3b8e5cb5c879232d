"""Waiting for a person: a run whose plan must be approved asks in Prefect, and then plans anew.

A run of a deployment is suspended, so that it holds no worker; any other is paused. Both are asked
under the plan's hash: when the source has moved meanwhile, the plan has another one, and its
answer is not taken for this one's. Where there is no server to ask on, the run ends, and
`affluent approve` decides for a later one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Final, Literal
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.exceptions import FlowPauseTimeout, ObjectNotFound
from prefect.flow_runs import pause_flow_run, suspend_flow_run
from prefect.input import RunInput
from prefect.runtime import deployment
from prefect.settings import PREFECT_API_URL
from pydantic import Field

from affluent.domain.kept_plan import Decision, KeptPlan
from affluent.domain.report import RunReport
from tasks.approval import write_decision
from tasks.runtime import Voyage, open_voyage

_POLL_SECONDS: Final = 2


class Answer(RunInput):
    """The form of the Prefect UI."""

    decision: Literal["approve", "refuse"] = Field(description="Exactly this plan, or nothing.")
    decided_by: str = Field(min_length=1, description="Who decides; it stands in every log.")
    comment: str = Field("", description="Anything that others should know.")

    def as_decision(self) -> Decision:
        """The answer as the domain's value."""
        return Decision(self.decision == "approve", self.decided_by, self.comment)


def until_decided(flow: str, config: str, steps: Callable[[Voyage], RunReport]) -> RunReport:
    """Take the steps of a flow; where a plan waits for a person, wait with it, then take them
    again, from the beginning: what was approved is what is planned then, or nothing is sent."""
    with open_voyage(flow, config) as voyage:
        for plan in _waiting(voyage):
            _answered(plan, voyage)
    for number in count(1):
        with open_voyage(flow, config, number) as voyage:
            if voyage.effects():  # A run that was suspended begins again.
                continue
            report = steps(voyage)
            question = _plan_to_ask_about(report, voyage)
            if question is None or not _answered(question, voyage):
                return report
    raise AssertionError  # pragma: no cover - count() has no end


def _waiting(voyage: Voyage) -> list[KeptPlan]:
    with voyage.application.units() as work:
        return work.plans.asked_by(voyage.run.flow_run_id)


def _plan_to_ask_about(report: RunReport, voyage: Voyage) -> KeptPlan | None:
    """The plan that waits, unless another run asks about it already."""
    if not report.awaits:
        return None
    own = voyage.run.flow_run_id
    with voyage.application.units() as work:
        plan = work.plans.newest(report.awaits)
        if plan is None or (plan.run_id != own and _still_asks(plan.run_id)):
            return None
        work.plans.ask_anew(plan.plan_id, own)
        work.commit()
    return plan


def _still_asks(run_id: str) -> bool:
    with get_client(sync_client=True) as client:
        try:
            run = client.read_flow_run(UUID(run_id))
        except ObjectNotFound:
            return False
    return run.state is not None and run.state.is_paused()


def _answered(plan: KeptPlan, voyage: Voyage) -> bool:
    """Ask, and write the answer down; whether there is one."""
    wait = voyage.application.approval_rules.wait
    answer = _ask(plan, wait)
    if answer is None:
        return False
    with voyage.application.units() as work:
        known = work.plans.newest(plan.plan_hash)
    # `affluent approve` may have written it down before it woke this run.
    if known is None or not known.decided_by:
        write_decision(voyage.application, plan, answer.as_decision(), wait)
    return True


def _ask(plan: KeptPlan, wait: timedelta) -> Answer | None:
    form = Answer.with_initial_data(description=_question(plan))
    seconds = int(wait.total_seconds())
    if deployment.id:
        return suspend_flow_run(form, timeout=seconds, key=plan.plan_hash)
    if PREFECT_API_URL.value() is None:
        return None
    try:
        return pause_flow_run(
            form, timeout=seconds, poll_interval=_POLL_SECONDS, key=plan.plan_hash
        )
    except FlowPauseTimeout:
        return None


def _question(plan: KeptPlan) -> str:
    return (
        f"{plan.in_words()}\n\nThe artifact {plan.flow.replace('_', '-')}-plan shows its"
        f" {plan.changes} changes; `affluent plans show {plan.name}` shows each field."
    )
