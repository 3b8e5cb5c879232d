"""A plan that is kept: by which run it was made, and what became of it.

proposed ─┬─ approved ─── applied      expired: nobody decided, or nothing followed, in time
          └─ refused                   superseded: the source moved, a later plan took its place
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from affluent.domain.planned_field import PlannedField

_NAMED: Final = 3
#: How much of a hash a person reads and types.
_SHORT: Final = 12


class PlanState(StrEnum):
    """What became of a plan."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    APPLIED = "applied"
    REFUSED = "refused"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"

    @property
    def is_open(self) -> bool:
        """Whether a person may still decide otherwise."""
        return self in (PlanState.PROPOSED, PlanState.APPROVED, PlanState.REFUSED)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A plan to be kept: its hash, its place, the run that made it, and why it must be approved.

    `moved` tells how it differs from the plan whose place it takes.
    """

    plan_hash: str
    flow: str
    account: str
    marketplace_id: str
    run_id: str
    changes: int
    objections: tuple[str, ...] = ()
    moved: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's answer to a plan."""

    approves: bool
    decided_by: str
    comment: str = ""


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """A plan as it is kept. `decided_by` is empty while nobody has decided."""

    plan_id: int
    plan_hash: str
    flow: str
    account: str
    marketplace_id: str
    run_id: str
    changes: int
    objections: tuple[str, ...]
    moved: str
    state: PlanState
    proposed_at: datetime
    expires_at: datetime
    decided_by: str = ""
    decided_at: datetime | None = None
    comment: str = ""
    applied_by: str = ""
    applied_at: datetime | None = None

    @property
    def name(self) -> str:
        """The beginning of its hash, by which people and commands call it."""
        return short(self.plan_hash)

    def in_words(self) -> str:
        """Where the plan stands, in a sentence."""
        told = f": {self.comment}" if self.comment else "."
        match self.state:
            case PlanState.PROPOSED:
                return (
                    f"Plan {self.name} waits for approval, since {'; '.join(self.objections)}."
                    f"{self.moved and f' {self.moved}'}"
                )
            case PlanState.APPROVED | PlanState.REFUSED if self.decided_at is not None:
                decided = f"{self.state} by {self.decided_by} on {self.decided_at:%Y-%m-%d %H:%M}"
                return f"Plan {self.name} was {decided} UTC{told}"
            case _:
                return f"Plan {self.name} is {self.state}."


def short(plan_hash: str) -> str:
    """A hash as people read and type it."""
    return plan_hash[:_SHORT]


def moved_words(before: Iterable[PlannedField], after: Iterable[PlannedField], name: str) -> str:
    """How a plan differs from the one called `name` whose place it takes."""
    old, new = _by_field(before), _by_field(after)
    other = {one for one in old.keys() & new.keys() if old[one] != new[one]}
    parts = [
        *_listed("new", new.keys() - old.keys()),
        *_listed("gone", old.keys() - new.keys()),
        *_listed("different", other),
    ]
    return f"The source moved since plan {name}: {'; '.join(parts)}." if parts else ""


def _by_field(fields: Iterable[PlannedField]) -> Mapping[tuple[str, str], PlannedField]:
    return {(one.key, one.field): one for one in fields}


def _listed(word: str, fields: Iterable[tuple[str, str]]) -> list[str]:
    named = sorted(fields)
    if not named:
        return []
    shown = ", ".join(f"{key} {field}" for key, field in named[:_NAMED])
    more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
    return [f"{word} {shown}{more}"]
