"""The ledger looked back upon: how long writes took, and what was written last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from affluent.domain.effect import Effect, EffectState
from affluent.domain.plan import LISTING_WRITES, Operation
from affluent.storage.bulk import chunks
from affluent.storage.effect_rows import effect_from
from affluent.storage.tables import EffectRow, TransitionRow

_TAKEN: Final = (EffectState.ACCEPTED, EffectState.EFFECTIVE)
_NEWEST: Final = 5_000


class SqlHistory:
    """The History of affluent.ports.storage."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def times_to_effect(self, run_id: str) -> list[float]:
        """Seconds from receipt to effect of one run's writes."""
        return self._seconds(_effective().where(EffectRow.run_id == run_id))

    def recent_times_to_effect(
        self, account: str, marketplace_id: str, since: datetime, until: datetime
    ) -> list[float]:
        """Seconds from receipt to effect of the newest 5,000 writes of a span of time."""
        return self._seconds(
            _effective()
            .where(
                EffectRow.account == account,
                EffectRow.marketplace_id == marketplace_id,
                EffectRow.created_at >= since,
                EffectRow.created_at < until,
            )
            .order_by(EffectRow.id.desc())
            .limit(_NEWEST)
        )

    def tries(self, account: str, marketplace_id: str, keys: Sequence[str]) -> list[Effect]:
        """The ignored and effective patches of the keys that Amazon has ever ignored."""
        patches = [
            EffectRow.operation == Operation.PATCH_OFFER,
            EffectRow.account == account,
            EffectRow.marketplace_id == marketplace_id,
        ]
        ignored = {
            key
            for chunk in chunks(keys)
            for key in self._session.scalars(
                select(EffectRow.key).where(
                    *patches, EffectRow.key.in_(chunk), EffectRow.state == EffectState.IGNORED
                )
            )
        }
        told = (EffectState.IGNORED, EffectState.EFFECTIVE)
        return self._effects(sorted(ignored), [*patches, EffectRow.state.in_(told)])

    def contents(self, account: str, marketplace_id: str, keys: Sequence[str]) -> list[Effect]:
        """Of every key, the newest put that Amazon took."""
        newest: list[Effect] = []
        for chunk in chunks(keys):
            ids = (
                select(func.max(EffectRow.id))
                .where(
                    EffectRow.operation == Operation.PUT_LISTING,
                    EffectRow.account == account,
                    EffectRow.marketplace_id == marketplace_id,
                    EffectRow.key.in_(chunk),
                    EffectRow.state.in_(_TAKEN),
                )
                .group_by(EffectRow.key)
            )
            newest += self._effects(chunk, [EffectRow.id.in_(ids)])
        return newest

    def latest_writes(self, account: str, marketplace_id: str, keys: Sequence[str]) -> list[Effect]:
        """Of every key, the newest write by state and by the fields that it names."""
        named = [EffectRow.after[name].as_string().is_not(None) for name in ("price", "quantity")]
        newest = (
            func.row_number()
            .over(
                partition_by=(EffectRow.key, EffectRow.state, *named),
                order_by=EffectRow.id.desc(),
            )
            .label("place")
        )
        latest: list[Effect] = []
        for chunk in chunks(keys):
            ranked = (
                select(EffectRow.id, newest)
                .where(
                    EffectRow.operation.in_(LISTING_WRITES),
                    EffectRow.account == account,
                    EffectRow.marketplace_id == marketplace_id,
                    EffectRow.key.in_(chunk),
                )
                .subquery()
            )
            ids = select(ranked.c.id).where(ranked.c.place == 1)
            latest += self._effects(chunk, [EffectRow.id.in_(ids)])
        return latest

    def last_contents(
        self, account: str, marketplace_id: str, keys: Sequence[str]
    ) -> dict[str, Mapping[str, Any]]:
        """By key, the attributes of the last put that Amazon took."""
        taken = [
            EffectRow.operation == Operation.PUT_LISTING,
            EffectRow.account == account,
            EffectRow.marketplace_id == marketplace_id,
            EffectRow.state.in_((EffectState.ACCEPTED, EffectState.EFFECTIVE)),
        ]
        last: dict[str, Mapping[str, Any]] = {}
        for chunk in chunks(keys):
            ids = select(func.max(EffectRow.id)).where(*taken, EffectRow.key.in_(chunk))
            statement = select(EffectRow.key, EffectRow.payload).where(
                EffectRow.id.in_(ids.group_by(EffectRow.key))
            )
            for key, payload in self._session.execute(statement).tuples():
                last[key] = payload["attributes"]
        return last

    def _effects(
        self, keys: Sequence[str], conditions: Sequence[ColumnElement[bool]]
    ) -> list[Effect]:
        return [
            effect_from(row)
            for chunk in chunks(keys)
            for row in self._session.scalars(
                select(EffectRow)
                .where(*conditions, EffectRow.key.in_(chunk))
                .order_by(EffectRow.id)
            )
        ]

    def _seconds(self, effective: Select[tuple[int]]) -> list[float]:
        steps = (
            select(
                _first_at(EffectState.SENT),
                _first_at(EffectState.ACCEPTED),
                _first_at(EffectState.EFFECTIVE),
            )
            .where(TransitionRow.effect_id.in_(effective))
            .group_by(TransitionRow.effect_id)
        )
        return [
            max((shown - (accepted or sent)).total_seconds(), 0.0)
            for sent, accepted, shown in self._session.execute(steps).tuples()
            if shown and (accepted or sent)
        ]


def _effective() -> Select[tuple[int]]:
    return select(EffectRow.id).where(
        EffectRow.operation.in_(LISTING_WRITES), EffectRow.state == EffectState.EFFECTIVE
    )


def _first_at(state: EffectState) -> ColumnElement[datetime]:
    return func.min(case((TransitionRow.state == state, TransitionRow.at)))
