"""What we need of our own store to keep plans, their approvals, and where values came from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from affluent.domain.kept_plan import Decision, KeptPlan, Proposal
from affluent.domain.plan import Change
from affluent.domain.planned_field import PlannedField
from affluent.domain.sent_value import SentValue


class Plans(Protocol):
    """The plans that wait for a person, and those that were decided or applied."""

    def propose(
        self, proposal: Proposal, changes: Sequence[Change], at: datetime, expires_at: datetime
    ) -> KeptPlan:
        """Keep a plan with each field that it would change, in bulk. It takes the place of every
        other open plan of its flow, account and marketplace."""
        ...

    def newest(self, plan_hash: str) -> KeptPlan | None:
        """The plan of this hash that was kept last."""
        ...

    def called(self, name: str) -> list[KeptPlan]:
        """Of every hash that begins so, the plan that was kept last; newest first."""
        ...

    def open_at(self, flow: str, account: str, marketplace_id: str) -> list[KeptPlan]:
        """The plans of one place that may still be decided or applied, newest first."""
        ...

    def asked_by(self, run_id: str) -> list[KeptPlan]:
        """The plans for which a run waits."""
        ...

    def ask_anew(self, plan_id: int, run_id: str) -> None:
        """Another run waits for the plan from now on."""
        ...

    def recent(self, limit: int) -> list[KeptPlan]:
        """The plans that were kept last, newest first."""
        ...

    def fields(self, plan_id: int) -> list[PlannedField]:
        """What a plan would change, in its order. One that nobody had to approve has none: the
        ledger has its changes."""
        ...

    def decide(
        self, plan_id: int, decision: Decision, at: datetime, expires_at: datetime
    ) -> KeptPlan | None:
        """Write a decision down; None where the plan is not open any more."""
        ...

    def note_applied(
        self, proposal: Proposal, decided_by: str, at: datetime, expires_at: datetime
    ) -> None:
        """Note that a plan was sent. `decided_by` is what let it pass where no person did."""
        ...

    def expire(self, at: datetime) -> None:
        """Close every open plan whose time is over."""
        ...


class Origins(Protocol):
    """Where the values that were sent came from; written with the ledger's rows."""

    def of_sku(self, sku: str) -> list[SentValue]:
        """Every value that was sent of one of Amazon's SKUs, newest first."""
        ...
