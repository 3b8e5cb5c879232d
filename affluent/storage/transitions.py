"""The steps of the effects: written with each move, read as logs and timelines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from affluent.domain.effect import Effect, LogEntry, Resolution
from affluent.domain.issue import Issue, Severity
from affluent.domain.plan import Operation
from affluent.storage.bulk import Values, chunks, insert
from affluent.storage.tables import EffectRow, TransitionRow

_FOR_AN_ORDER: Final = (
    Operation.CONFIRM_SHIPMENT,
    Operation.RAISE_STOCK,
    Operation.UPDATE_ORDER,
    Operation.ACKNOWLEDGE_ORDER,
    Operation.RECORD_ORDER,
)


def add_first_steps(session: Session, effects: Sequence[Effect]) -> list[Effect]:
    """Add the step into the state in which an effect was recorded, to those just recorded, and
    answer which these are.

    An effect and its first step become visible together, so one without any step is our own.
    """
    told: set[int] = set()
    for chunk in chunks([effect.effect_id for effect in effects]):
        statement = select(TransitionRow.effect_id).where(TransitionRow.effect_id.in_(chunk))
        told.update(session.scalars(statement.distinct()))
    fresh = [effect for effect in effects if effect.effect_id not in told]
    steps = [
        step(
            Resolution(effect.effect_id, effect.state, messages=effect.messages), effect.created_at
        )
        for effect in fresh
    ]
    insert(session, TransitionRow, steps)
    return fresh


def step(resolution: Resolution, at: datetime) -> Values:
    """The step that a resolution tells of."""
    return {
        "effect_id": resolution.effect_id,
        "at": at,
        "state": resolution.state,
        "reference": resolution.reference,
        "request_id": resolution.request_id,
        "issues": [asdict(issue) for issue in resolution.issues],
        "messages": list(resolution.messages),
    }


def entries_with_key(session: Session, key: str) -> list[LogEntry]:
    """Every step of every effect with this key, oldest first, whatever the account.

    An order's key also stands for what was done for it, whose keys are `order/…`.
    Amazon's issues follow the messages, each as a merchant knows it and each text once.
    """
    for_the_order = and_(
        EffectRow.operation.in_(_FOR_AN_ORDER),
        EffectRow.key.startswith(f"{key}/", autoescape=True),
    )
    statement = (
        select(TransitionRow, EffectRow)
        .join(EffectRow, TransitionRow.effect_id == EffectRow.id)
        .where(or_(EffectRow.key == key, for_the_order))
        .order_by(TransitionRow.at, TransitionRow.id)
    )
    return [
        _entry(transition, effect) for transition, effect in session.execute(statement).tuples()
    ]


def _entry(transition: TransitionRow, effect: EffectRow) -> LogEntry:
    issues = [_to_issue(issue).text() for issue in transition.issues]
    return LogEntry(
        at=transition.at,
        operation=effect.operation,
        account=effect.account,
        marketplace_id=effect.marketplace_id,
        key=effect.key,
        state=transition.state,
        run_id=effect.run_id,
        request_id=transition.request_id,
        reference=transition.reference,
        messages=tuple(dict.fromkeys([*transition.messages, *issues])),
        after=effect.after,
        why=effect.why,
    )


def _to_issue(document: dict[str, Any]) -> Issue:
    return Issue(
        code=document["code"],
        message=document["message"],
        severity=Severity(document["severity"]),
        attribute_names=tuple(document["attribute_names"]),
        categories=tuple(document["categories"]),
    )
