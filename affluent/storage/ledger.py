"""The ledger: effects, made once by constraint and moved from state to state."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from affluent.domain.effect import Effect, EffectState, LogEntry, Resolution, Run
from affluent.domain.errors import InvariantBroken
from affluent.domain.plan import LISTING_WRITES, Change, Operation
from affluent.storage.bulk import Values, chunks, insert, insert_missing
from affluent.storage.effect_rows import effect_from
from affluent.storage.moves import MOVE, MOVE_AS_READ, move, move_as_read, sendings
from affluent.storage.provenance import add_provenance
from affluent.storage.tables import EffectRow, TransitionRow
from affluent.storage.transitions import add_first_steps, entries_with_key, step

_LEFT: Final = (
    EffectState.SENT,
    EffectState.ACCEPTED,
    EffectState.EFFECTIVE,
    EffectState.UNKNOWN,
)


_UNCOUNTED: Final = (Operation.SUBMIT_FEED, Operation.RECORD_ORDER, Operation.LINK)


class _Series(NamedTuple):
    """The unique constraint without its key: what the changes of a batch mostly share."""

    operation: Operation
    account: str
    marketplace_id: str
    revision: str


class SqlLedger:
    """The Ledger of affluent.ports.storage."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def record(
        self,
        changes: Sequence[Change],
        run: Run,
        at: datetime,
        *,
        plan_hash: str,
        state: EffectState = EffectState.PLANNED,
        messages: Mapping[str, tuple[str, ...]] | None = None,
    ) -> list[Effect]:
        """Write the rows that do not exist yet, in bulk; answers the rows of all these changes,
        in order, in whatever state they are by now. `messages` is keyed by the change's key."""
        words = messages or {}
        is_sent = state is not EffectState.HELD
        shared: Values = {
            "plan_hash": plan_hash,
            "state": state,
            "attempts": sendings(state),
            "created_at": at,
            "updated_at": at,
        }
        rows = [
            {
                **_to_row(change, run),
                **shared,
                "messages": [*words.get(change.key, ()), *(change.remarks if is_sent else ())],
            }
            for change in changes
        ]
        # Two workers that meet the same orders must not wait for each other crosswise.
        rows.sort(key=lambda row: "" if row["revision"] == run.run_id else row["key"])
        insert_missing(self._session, EffectRow, rows)
        known = self._known(changes, run)
        fresh = {one.effect_id for one in add_first_steps(self._session, list(known.values()))}
        effects = [known[_series(change, run), change.key] for change in changes]
        if is_sent:
            pairs = zip(effects, changes, strict=True)
            add_provenance(self._session, [pair for pair in pairs if pair[0].effect_id in fresh])
        return effects

    def resolve(self, resolutions: Sequence[Resolution], at: datetime) -> None:
        """Move effects to their new states, in bulk, each with a transition.

        InvariantBroken where an effect does not exist, or is effective and would be moved back.
        """
        if not resolutions:
            return
        # By id, so that two workers never lock the same rows in opposite orders.
        ordered = sorted(resolutions, key=lambda resolution: resolution.effect_id)
        moves = [move(resolution, at) for resolution in ordered]
        moved = self._session.connection().execute(MOVE, moves).rowcount
        if moved != len(resolutions):
            raise self._why_not_moved(resolutions)
        steps = [step(resolution, at) for resolution in resolutions]
        insert(self._session, TransitionRow, steps)

    def claim(self, effect: Effect, at: datetime) -> bool:
        """Move one effect to SENT if nobody has touched it since it was read."""
        claimed = Resolution(effect.effect_id, EffectState.SENT)
        values = move_as_read(claimed, effect, at)
        moved = self._session.connection().execute(MOVE_AS_READ, values).rowcount
        if moved:
            insert(self._session, TransitionRow, [step(claimed, at)])
        return moved == 1

    def effect(self, effect_id: int) -> Effect:
        """One effect as it stands now; InvariantBroken where there is none."""
        found = self._effects(select(EffectRow).where(EffectRow.id == effect_id))
        if not found:
            raise InvariantBroken(f"The ledger has no effect {effect_id}.")
        return found[0]

    def in_states(
        self, operation: Operation, account: str, states: Iterable[EffectState]
    ) -> list[Effect]:
        """The effects of one operation and account in any of these states, oldest first."""
        return self._effects(
            select(EffectRow).where(
                EffectRow.operation == operation,
                EffectRow.account == account,
                EffectRow.state.in_(list(states)),
            )
        )

    def of_run(self, run_id: str, states: Iterable[EffectState]) -> list[Effect]:
        """The effects that one run recorded and that are in any of these states now."""
        return self._effects(
            select(EffectRow).where(EffectRow.run_id == run_id, EffectRow.state.in_(list(states)))
        )

    def count_states(self, run_id: str) -> dict[EffectState, int]:
        """How many effects of one run are in each state; not the feeds that carried them, nor what
        was only told in the log of a listing or an order."""
        statement = (
            select(EffectRow.state, func.count())
            .where(EffectRow.run_id == run_id, EffectRow.operation.not_in(_UNCOUNTED))
            .group_by(EffectRow.state)
        )
        return dict(self._session.execute(statement).tuples().all())

    def children(self, effect_id: int) -> list[Effect]:
        """The effects that one feed carried, in the order in which they were recorded."""
        return self._effects(select(EffectRow).where(EffectRow.parent_id == effect_id))

    def sent_since(self, effect: Effect) -> list[Effect]:
        """The writes to listings of the same account and marketplace that were recorded after this
        feed's effect (or by another run after what it carries), have left on another way than in
        it, and were not refused, oldest first."""
        carried = select(func.min(EffectRow.id)).where(EffectRow.parent_id == effect.effect_id)
        return self._effects(
            select(EffectRow).where(
                or_(
                    EffectRow.id > effect.effect_id,
                    and_(
                        EffectRow.id > carried.scalar_subquery(), EffectRow.run_id != effect.run_id
                    ),
                ),
                EffectRow.operation.in_(LISTING_WRITES),
                EffectRow.account == effect.account,
                EffectRow.marketplace_id == effect.marketplace_id,
                EffectRow.state.in_(_LEFT),
                or_(EffectRow.parent_id.is_(None), EffectRow.parent_id != effect.effect_id),
            )
        )

    def sent_by(
        self, flow: str, account: str, since: datetime, keys: Sequence[str]
    ) -> list[Effect]:
        """The writes to listings of these SKUs, on any marketplace, that runs of one flow have
        recorded since then, that have left and were not refused."""
        return self._writes_of(
            account,
            keys,
            EffectRow.flow == flow,
            EffectRow.created_at >= since,
            EffectRow.state.in_(_LEFT),
        )

    def on_their_way(self, account: str, keys: Sequence[str]) -> list[Effect]:
        """The writes to listings of these SKUs, on any marketplace, that are marked as sent one by
        one and have no answer yet."""
        return self._writes_of(
            account, keys, EffectRow.state == EffectState.SENT, EffectRow.parent_id.is_(None)
        )

    def of_orders(
        self, operation: Operation, account: str, order_ids: Sequence[str]
    ) -> list[Effect]:
        """The effects of one operation whose keys are `order/…` of these orders, oldest first."""
        prefixes: dict[int, list[str]] = defaultdict(list)
        for order_id in dict.fromkeys(order_ids):
            prefixes[len(order_id) + 1].append(f"{order_id}/")
        return [
            effect
            for length, same_length in prefixes.items()
            for chunk in chunks(same_length)
            for effect in self._effects(
                select(EffectRow).where(
                    EffectRow.operation == operation,
                    EffectRow.account == account,
                    func.substr(EffectRow.key, 1, length).in_(chunk),
                )
            )
        ]

    def log(self, key: str) -> list[LogEntry]:
        """Every transition of every effect with this key, oldest first; an order's key also
        stands for its shipments."""
        return entries_with_key(self._session, key)

    def _known(self, changes: Sequence[Change], run: Run) -> dict[tuple[_Series, str], Effect]:
        keys: dict[_Series, dict[str, None]] = defaultdict(dict)
        for change in changes:
            keys[_series(change, run)][change.key] = None
        return {
            (series, effect.key): effect
            for series, series_keys in keys.items()
            for chunk in chunks(list(series_keys))
            for effect in self._effects(
                select(EffectRow).where(
                    EffectRow.operation == series.operation,
                    EffectRow.account == series.account,
                    EffectRow.marketplace_id == series.marketplace_id,
                    EffectRow.revision == series.revision,
                    EffectRow.key.in_(chunk),
                )
            )
        }

    def _writes_of(
        self, account: str, keys: Sequence[str], *conditions: ColumnElement[bool]
    ) -> list[Effect]:
        return [
            effect
            for chunk in chunks(keys)
            for effect in self._effects(
                select(EffectRow).where(
                    EffectRow.operation.in_(LISTING_WRITES),
                    EffectRow.account == account,
                    EffectRow.key.in_(chunk),
                    *conditions,
                )
            )
        ]

    def _effects(self, statement: Select[tuple[EffectRow]]) -> list[Effect]:
        rows = self._session.scalars(statement.order_by(EffectRow.id))
        return [effect_from(row) for row in rows]

    def _why_not_moved(self, resolutions: Sequence[Resolution]) -> InvariantBroken:
        ids = [resolution.effect_id for resolution in resolutions]
        states: dict[int, EffectState] = {}
        for chunk in chunks(ids):
            rows = self._session.execute(
                select(EffectRow.id, EffectRow.state).where(EffectRow.id.in_(chunk))
            )
            states.update((row.id, row.state) for row in rows)
        if unknown := sorted(set(ids) - states.keys()):
            return InvariantBroken(f"The ledger has no effect {unknown[0]}.")
        effective = [key for key, state in states.items() if state is EffectState.EFFECTIVE]
        return InvariantBroken(
            f"An effect was to be moved though it is effective: one of {sorted(effective)[:10]}.",
            why="What is effective has happened; only a new effect can change it.",
        )


def _series(change: Change, run: Run) -> _Series:
    revision = change.revision if change.operation.happens_once else run.run_id
    return _Series(change.operation, change.account, change.marketplace_id, revision)


def _to_row(change: Change, run: Run) -> Values:
    return {
        **_series(change, run)._asdict(),
        "key": change.key,
        "before": dict(change.before),
        "after": dict(change.after),
        "why": change.why,
        "payload": dict(change.payload),
        "payload_hash": hashlib.sha256(change.fingerprint().encode()).hexdigest(),
        "run_id": run.run_id,
        "flow": run.flow,
        "reference": "",
        "parent_id": None,
    }
