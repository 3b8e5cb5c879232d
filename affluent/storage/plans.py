"""Plans that are kept, with their approvals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from affluent.domain.kept_plan import Decision, KeptPlan, PlanState, Proposal
from affluent.domain.plan import Change
from affluent.domain.planned_field import PlannedField, planned_fields
from affluent.storage.bulk import Values, insert, table_of
from affluent.storage.plan_tables import PlannedFieldRow, PlanRow

_OPEN: Final = [state for state in PlanState if state.is_open]
_SHARED: Final = [one.name for one in fields(KeptPlan) if one.name != "plan_id"]
_UNDECIDED: Final[Values] = {
    "decided_by": "",
    "decided_at": None,
    "comment": "",
    "applied_by": "",
    "applied_at": None,
}


class SqlPlans:
    """The Plans of affluent.ports.plans."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def propose(
        self, proposal: Proposal, changes: Sequence[Change], at: datetime, expires_at: datetime
    ) -> KeptPlan:
        """Keep a plan with the fields that it would change, in the place of every open one."""
        self._close(PlanState.SUPERSEDED, *_place_of(proposal))
        kept = self._add(_row(proposal, PlanState.PROPOSED, at, expires_at))
        told = (field for change in changes for field in planned_fields(change))
        rows = [
            {"plan_id": kept.plan_id, "position": position, **asdict(field)}
            for position, field in enumerate(told)
        ]
        insert(self._session, PlannedFieldRow, rows)
        return kept

    def newest(self, plan_hash: str) -> KeptPlan | None:
        """The plan of this hash that was kept last."""
        return next(iter(self._plans([PlanRow.plan_hash == plan_hash], limit=1)), None)

    def called(self, name: str) -> list[KeptPlan]:
        """Of every hash that begins so, the plan that was kept last; newest first."""
        begins = PlanRow.plan_hash.startswith(name, autoescape=True)
        newest = select(func.max(PlanRow.id)).where(begins).group_by(PlanRow.plan_hash)
        return self._plans([PlanRow.id.in_(newest)])

    def open_at(self, flow: str, account: str, marketplace_id: str) -> list[KeptPlan]:
        """The open plans of one place, newest first."""
        place = _at(flow, account, marketplace_id)
        return self._plans([PlanRow.state.in_(_OPEN), *place])

    def asked_by(self, run_id: str) -> list[KeptPlan]:
        """The plans for which a run waits."""
        return self._plans([PlanRow.run_id == run_id, PlanRow.state == PlanState.PROPOSED])

    def ask_anew(self, plan_id: int, run_id: str) -> None:
        """Another run waits for the plan from now on."""
        self._update([PlanRow.id == plan_id], run_id=run_id)

    def recent(self, limit: int) -> list[KeptPlan]:
        """The plans that were kept last, newest first."""
        return self._plans([], limit=limit)

    def fields(self, plan_id: int) -> list[PlannedField]:
        """What a plan would change, in its order."""
        statement = (
            select(PlannedFieldRow)
            .where(PlannedFieldRow.plan_id == plan_id)
            .order_by(PlannedFieldRow.position)
        )
        return [
            PlannedField(row.operation, row.key, row.field, row.before, row.after, row.why)
            for row in self._session.scalars(statement)
        ]

    def decide(
        self, plan_id: int, decision: Decision, at: datetime, expires_at: datetime
    ) -> KeptPlan | None:
        """Write a decision down, by one statement; None where the plan is not open any more."""
        decided = self._update(
            [PlanRow.id == plan_id, PlanRow.state.in_(_OPEN), PlanRow.expires_at > at],
            state=PlanState.APPROVED if decision.approves else PlanState.REFUSED,
            decided_by=decision.decided_by,
            decided_at=at,
            comment=decision.comment,
            expires_at=expires_at,
        )
        return self._plans([PlanRow.id == plan_id])[0] if decided else None

    def note_applied(
        self, proposal: Proposal, decided_by: str, at: datetime, expires_at: datetime
    ) -> None:
        """Note that a plan was sent; a plan that takes its place afterwards begins anew."""
        applied = {"state": PlanState.APPLIED, "applied_by": proposal.run_id, "applied_at": at}
        waiting = [PlanRow.plan_hash == proposal.plan_hash, PlanRow.state.in_(_OPEN)]
        told = self._update([*waiting, PlanRow.decided_by != ""], **applied)
        told += self._update(waiting, **applied, decided_by=decided_by, decided_at=at)
        if not told:
            row = _row(proposal, PlanState.APPLIED, at, expires_at)
            self._add(row | applied | {"decided_by": decided_by, "decided_at": at})
        self._close(PlanState.SUPERSEDED, *_place_of(proposal))

    def expire(self, at: datetime) -> None:
        """Close every open plan whose time is over."""
        self._close(PlanState.EXPIRED, PlanRow.expires_at <= at)

    def _close(self, state: PlanState, *conditions: ColumnElement[bool]) -> None:
        self._update([PlanRow.state.in_(_OPEN), *conditions], state=state)

    def _update(self, conditions: Sequence[ColumnElement[bool]], **values: Any) -> int:
        statement = update(table_of(PlanRow)).where(*conditions).values(**values)
        return self._session.connection().execute(statement).rowcount

    def _add(self, values: Values) -> KeptPlan:
        row = PlanRow(**values)
        self._session.add(row)
        self._session.flush()
        return _plan(row)

    def _plans(
        self, conditions: Sequence[ColumnElement[bool]], *, limit: int | None = None
    ) -> list[KeptPlan]:
        statement = select(PlanRow).where(*conditions).order_by(PlanRow.id.desc()).limit(limit)
        fresh = statement.execution_options(populate_existing=True)
        return [_plan(row) for row in self._session.scalars(fresh)]


def _row(proposal: Proposal, state: PlanState, at: datetime, expires_at: datetime) -> Values:
    told = asdict(proposal) | {"objections": list(proposal.objections)}
    return {**told, **_UNDECIDED, "state": state, "proposed_at": at, "expires_at": expires_at}


def _place_of(proposal: Proposal) -> list[ColumnElement[bool]]:
    return _at(proposal.flow, proposal.account, proposal.marketplace_id)


def _at(flow: str, account: str, marketplace_id: str) -> list[ColumnElement[bool]]:
    return [
        PlanRow.flow == flow,
        PlanRow.account == account,
        PlanRow.marketplace_id == marketplace_id,
    ]


def _plan(row: PlanRow) -> KeptPlan:
    values = {name: getattr(row, name) for name in _SHARED}
    return KeptPlan(row.id, **values | {"objections": tuple(row.objections)})
