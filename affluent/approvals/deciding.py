"""Writing down what a person decided about a plan."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from affluent.domain.errors import AffluentError
from affluent.domain.kept_plan import Decision, KeptPlan
from affluent.ports.storage import UnitsOfWork

_FEWEST_CHARACTERS: Final = 6


def find_plan(name: str, units: UnitsOfWork, at: datetime) -> KeptPlan:
    """The plan whose hash begins so. Raises AffluentError where there is none, or are several."""
    if len(name) < _FEWEST_CHARACTERS:
        raise AffluentError(
            f"'{name}' is too short to name a plan.",
            fix=f"Give at least {_FEWEST_CHARACTERS} characters of its hash.",
        )
    with units() as work:
        work.plans.expire(at)
        work.commit()
        found = work.plans.called(name)
    if len(found) != 1:
        hashes = ", ".join(one.plan_hash for one in found)
        what = f"Several plans begin with {name}: {hashes}." if found else f"No plan is {name}."
        raise AffluentError(what, fix="`affluent plans` shows them.")
    return found[0]


def decide(
    plan: KeptPlan, decision: Decision, wait: timedelta, units: UnitsOfWork, at: datetime
) -> KeptPlan:
    """Approve or refuse. Raises AffluentError where that is decided no more.

    An answer holds for `wait`, and an approval for one application."""
    with units() as work:
        decided = work.plans.decide(plan.plan_id, decision, at, at + wait)
        work.commit()
    if decided is None:
        raise AffluentError(
            f"Plan {plan.name} cannot be decided any more: it is {plan.state}.",
            fix=f"Run `affluent plan {plan.flow}` for the plan as it is now.",
        )
    return decided
