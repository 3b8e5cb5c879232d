"""The last part of the gate: a plan passes by itself, by a person's approval, or waits for one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from affluent.domain.approval import ApprovalMode, ApprovalPlace
from affluent.domain.issue import Finding, Reason
from affluent.domain.kept_plan import KeptPlan, PlanState, Proposal, moved_words
from affluent.domain.plan import Change, Gated, Plan
from affluent.domain.planned_field import planned_fields
from affluent.ports.storage import UnitOfWork
from affluent.submissions.context import Sender


@dataclass(frozen=True)
class Judged:
    """Gated plans after the question whether they are approved; what is not is held.

    `proposal` is what was judged, None where there is nothing to send; `kept` is its row, where a
    person has to do with it.
    """

    gated: tuple[Gated, ...]
    proposal: Proposal | None = None
    kept: KeptPlan | None = None
    is_held: bool = False

    @property
    def awaits(self) -> str:
        """The hash of the plan that waits for a person, or ""."""
        waits = self.is_held and self.kept and self.kept.state is PlanState.PROPOSED
        return self.kept.plan_hash if waits and self.kept else ""


def judge(
    gated: Sequence[Gated], place: ApprovalPlace, sender: Sender, *, dry_run: bool = False
) -> Judged:
    """Hold what must be approved and is not. A dry run holds nothing, and keeps the plan so that
    it can be approved beforehand."""
    asked = asked_about(gated, place)
    if not asked:
        return Judged(tuple(gated))
    objections = place.objections(asked)
    proposal = Proposal(
        plan_hash=Plan(asked).hash,
        flow=place.flow,
        account=place.account,
        marketplace_id=place.marketplace_id,
        run_id=sender.run.flow_run_id,
        changes=len(asked),
        objections=objections,
    )
    with sender.units() as work:
        kept = _kept(proposal, asked, place, sender, work, is_kept=dry_run or bool(objections))
        work.commit()
    named = tuple(replace(one, judged_as=proposal.plan_hash) for one in gated)
    if dry_run:
        return Judged(_noting(named, kept), proposal, kept)
    return _decided(Judged(named, proposal, kept), asked)


def asked_about(gated: Sequence[Gated], place: ApprovalPlace) -> tuple[Change, ...]:
    """What a person may have to approve; where that is nothing, all that would be sent."""
    passed = [change for one in gated if not one.is_stopped for change in one.passed]
    asked = [change for change in passed if place.policy_of(change).asks_about(change)]
    return tuple(asked or passed)


def note_applied(judged: Judged, place: ApprovalPlace, sender: Sender) -> None:
    """Note that what was judged has been sent: an approval is used once."""
    if judged.proposal is None or judged.is_held:
        return
    is_asked = any(
        place.policy_of(one).asks_about(one) for gated in judged.gated for one in gated.passed
    )
    let_by = ApprovalMode.THRESHOLD if is_asked else ApprovalMode.AUTO
    now = sender.clock.now()
    with sender.units() as work:
        work.plans.note_applied(judged.proposal, let_by.value, now, now + place.rules.wait)
        work.commit()


def _kept(
    proposal: Proposal,
    asked: Sequence[Change],
    place: ApprovalPlace,
    sender: Sender,
    work: UnitOfWork,
    *,
    is_kept: bool,
) -> KeptPlan | None:
    """The row of the plan; one that is new takes the place of what was proposed before it."""
    now = sender.clock.now()
    work.plans.expire(now)
    known = work.plans.newest(proposal.plan_hash)
    if known is not None and known.state.is_open:
        is_same = known.objections == proposal.objections
        if is_same or known.state is not PlanState.PROPOSED:
            return known
    if not is_kept:
        return None
    earlier = work.plans.open_at(place.flow, place.account, place.marketplace_id)
    for one in earlier[:1]:
        now_planned = [field for change in asked for field in planned_fields(change)]
        moved = moved_words(work.plans.fields(one.plan_id), now_planned, one.name)
        proposal = replace(proposal, moved=moved)
    return work.plans.propose(proposal, asked, now, now + place.rules.wait)


def _decided(judged: Judged, asked: Sequence[Change]) -> Judged:
    kept = judged.kept
    if kept is None or (kept.state is PlanState.PROPOSED and not kept.objections):
        return judged
    words = kept.in_words()
    if kept.state is PlanState.APPROVED:
        return replace(judged, gated=tuple(one.remarking(asked, words) for one in judged.gated))
    held = tuple(_holding(one, asked, words) for one in judged.gated)
    return replace(judged, gated=_noting(held, kept), is_held=True)


def _holding(gated: Gated, asked: Sequence[Change], words: str) -> Gated:
    """A stopped batch stays as it is: it was not judged."""
    if gated.is_stopped:
        return gated
    meant = set(map(id, asked))
    own = [change for change in gated.passed if id(change) in meant]
    return gated.with_findings(tuple(Finding(one.key, Reason.NOT_APPROVED, words) for one in own))


def _noting(gated: tuple[Gated, ...], kept: KeptPlan | None) -> tuple[Gated, ...]:
    """The first with a sentence for the run's report."""
    if kept is None or not (kept.objections or kept.decided_by):
        return gated
    first, *others = gated
    how = f" `affluent approve {kept.name}` lets it pass."
    return (
        first.noting(kept.in_words() + (how if kept.state is PlanState.PROPOSED else "")),
        *others,
    )
