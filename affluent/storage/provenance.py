"""Where sent values came from: one compact row for each effect that has an origin to tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from affluent.domain.effect import Effect
from affluent.domain.plan import LISTING_WRITES, Change
from affluent.domain.provenance import Provenance
from affluent.domain.sent_value import SentValue
from affluent.storage.bulk import Values, chunks, insert
from affluent.storage.plan_tables import ProvenanceRow
from affluent.storage.tables import EffectRow, TransitionRow


class SqlOrigins:
    """The Origins of affluent.ports.plans."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of_sku(self, sku: str) -> list[SentValue]:
        """Every value that was sent of one of Amazon's SKUs, newest first."""
        statement = (
            select(EffectRow, ProvenanceRow.origins)
            .join(ProvenanceRow, ProvenanceRow.effect_id == EffectRow.id)
            .where(EffectRow.key == sku, EffectRow.operation.in_(LISTING_WRITES))
            .order_by(EffectRow.id.desc())
        )
        found = self._session.execute(statement).tuples().all()
        steps = self._steps([effect.id for effect, _ in found])
        return [
            value
            for effect, origins in found
            for value in _values(effect, _read(origins), steps[effect.id])
        ]

    def _steps(self, effect_ids: Sequence[int]) -> Mapping[int, list[TransitionRow]]:
        """The transitions of each effect, oldest first."""
        steps: dict[int, list[TransitionRow]] = defaultdict(list)
        for chunk in chunks(effect_ids):
            statement = select(TransitionRow).where(TransitionRow.effect_id.in_(chunk))
            for step in self._session.scalars(statement.order_by(TransitionRow.id)):
                steps[step.effect_id].append(step)
        return steps


def add_provenance(session: Session, recorded: Iterable[tuple[Effect, Change]]) -> None:
    """Keep where the values of effects came from that were just recorded, in bulk."""
    rows: list[Values] = [
        {"effect_id": effect.effect_id, "origins": _written(change.provenance)}
        for effect, change in recorded
        if change.provenance
    ]
    insert(session, ProvenanceRow, rows)


def _values(
    effect: EffectRow, origins: Iterable[Provenance], steps: Sequence[TransitionRow]
) -> Iterator[SentValue]:
    by_attribute: dict[str, list[Provenance]] = defaultdict(list)
    for origin in origins:
        by_attribute[origin.attribute].append(origin)
    request_ids = [step.request_id for step in steps if step.request_id]
    for attribute, own in by_attribute.items():
        yield SentValue(
            account=effect.account,
            marketplace_id=effect.marketplace_id,
            key=effect.key,
            attribute=attribute,
            value=_sent(effect.payload, attribute),
            origins=tuple(own),
            operation=effect.operation,
            state=effect.state,
            run_id=effect.run_id,
            flow=effect.flow,
            plan_hash=effect.plan_hash,
            sent_at=effect.created_at,
            request_id=request_ids[-1] if request_ids else "",
            reference=effect.reference,
            remarks=tuple(steps[0].messages) if steps else (),
        )


def _written(origins: Sequence[Provenance]) -> dict[str, list[list[Any]]]:
    """By version and profile, so that both stand there once."""
    grouped: dict[str, list[list[Any]]] = {}
    for one in origins:
        entry = [one.path, one.source, one.raw, list(one.steps), one.override]
        grouped.setdefault(f"{one.version} {one.profile}", []).append(entry)
    return grouped


def _read(origins: Mapping[str, list[list[Any]]]) -> Iterator[Provenance]:
    for made_by, entries in origins.items():
        version, _, profile = made_by.partition(" ")
        for path, source, raw, steps, override in entries:
            yield Provenance(path, source, raw, tuple(steps), profile, version, override)


def _sent(payload: Mapping[str, Any], attribute: str) -> object:
    """What the payload of a put or patch says of an attribute."""
    if "attributes" in payload:
        return payload["attributes"].get(attribute)
    values = [
        patch["value"]
        for patch in payload.get("patches", ())
        if patch["path"] == f"/attributes/{attribute}"
    ]
    return values[0] if len(values) == 1 else values
