"""The statements that move an effect from state to state, each atomic."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, func, or_, update

from affluent.domain.effect import Effect, EffectState, Resolution
from affluent.storage.bulk import Values, table_of
from affluent.storage.columns import Document, UtcTime, Whole, Word
from affluent.storage.tables import EffectRow

_EFFECTS: Final = table_of(EffectRow).columns
_STATE: Final = bindparam("to_state", type_=Word(EffectState))

#: Moves one effect unless it is effective already and would be something else. An empty reference
#: or parent keeps what is known; the messages are those of the new state.
MOVE: Final = (
    update(table_of(EffectRow))
    .where(
        _EFFECTS.id == bindparam("effect_id", type_=Whole),
        or_(_EFFECTS.state != EffectState.EFFECTIVE, _STATE == EffectState.EFFECTIVE),
    )
    .values(
        state=_STATE,
        attempts=_EFFECTS.attempts + bindparam("sendings", type_=Whole),
        reference=func.coalesce(func.nullif(bindparam("to_reference"), ""), _EFFECTS.reference),
        messages=bindparam("to_messages", type_=Document),
        parent_id=func.coalesce(bindparam("to_parent", type_=Whole), _EFFECTS.parent_id),
        updated_at=bindparam("at", type_=UtcTime),
    )
)

#: Moves one effect if it is still as it was read.
MOVE_AS_READ: Final = MOVE.where(
    _EFFECTS.state == bindparam("from_state", type_=Word(EffectState)),
    _EFFECTS.attempts == bindparam("from_attempts", type_=Whole),
)


def move(resolution: Resolution, at: datetime) -> Values:
    """What MOVE is told."""
    return {
        "effect_id": resolution.effect_id,
        "to_state": resolution.state,
        "sendings": sendings(resolution.state),
        "to_reference": resolution.reference,
        "to_messages": list(resolution.messages),
        "to_parent": resolution.parent_id,
        "at": at,
    }


def move_as_read(resolution: Resolution, effect: Effect, at: datetime) -> Values:
    """What MOVE_AS_READ is told."""
    as_read = {"from_state": effect.state, "from_attempts": effect.attempts}
    return move(resolution, at) | as_read


def sendings(state: EffectState) -> int:
    """How many attempts a step into this state counts for."""
    return 1 if state is EffectState.SENT else 0
