"""What must not wait is sent beside whatever else is sent, and has the last word.

A rush, which sends quantities of zero and prices below their floor, runs beside the other writers
of its account. Whatever another run planned before has its value from an older reading, so its
rows give way where they would write something else: they are due again in the next run. Both mark
their rows as sent before they ask for each other's, so that at least one of them sees the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from affluent.domain.effect import UNRESOLVED, Effect, EffectState, Resolution
from affluent.domain.plan import Change
from affluent.submissions.context import Sender

#: The flow whose rows nothing overtakes.
RUSH: Final = "rush_offers"

Pair = tuple[Effect, Change]

_CONTESTED: Final = frozenset({"quantity", "price"})
_GIVEN_WAY: Final = "Something urgent was sent while this waited, which was planned before it."
_POLL_SECONDS: Final = 1.0
#: Longer than a chunk of single calls takes, and than any request of a dead worker is on its way.
_LONGEST_WAIT_SECONDS: Final = 60.0
#: A rush is over by then; what it left unresolved is a dead one's.
_LIFETIME: Final = timedelta(minutes=5)


def in_turn(marked: Sequence[Pair], sender: Sender) -> list[Pair]:
    """What may leave of the rows that this run has just marked as sent: a rush waits until nothing
    older of its SKUs is on its way, everything else gives way to a rush."""
    if sender.run.flow == RUSH:
        _await_older(marked, sender)
        return list(marked)
    return giving_way(marked, sender)


def giving_way(waiting: Sequence[Pair], sender: Sender) -> list[Pair]:
    """The rows that no rush has overtaken since this run began; the others are superseded."""
    with sender.units() as work:
        rushed = _values_by_sku(
            work.ledger.sent_by(
                RUSH, sender.account, sender.began_at, [effect.key for effect, _ in waiting]
            )
        )
        overtaken = {
            effect.effect_id
            for effect, change in waiting
            if _says_otherwise(change, rushed.get(effect.key, {}))
        }
        work.ledger.resolve(
            [
                Resolution(one, EffectState.SUPERSEDED, messages=(_GIVEN_WAY,))
                for one in sorted(overtaken)
            ],
            sender.clock.now(),
        )
        work.commit()
    return [pair for pair in waiting if pair[0].effect_id not in overtaken]


def is_rushing(effect: Effect, now: datetime) -> bool:
    """Whether a row belongs to a rush that may be alive: nobody else settles it."""
    is_open = effect.state in UNRESOLVED
    return is_open and effect.flow == RUSH and now - effect.created_at < _LIFETIME


def _values_by_sku(rushed: Iterable[Effect]) -> Mapping[str, Mapping[str, Any]]:
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for effect in rushed:
        found[effect.key] |= effect.after
    return found


def _says_otherwise(change: Change, rushed: Mapping[str, Any]) -> bool:
    shared = change.after.keys() & rushed.keys() & _CONTESTED
    return any(change.after[name] != rushed[name] for name in shared)


def _await_older(marked: Sequence[Pair], sender: Sender) -> None:
    own = {effect.effect_id for effect, _ in marked}
    waited = 0.0
    while waited < _LONGEST_WAIT_SECONDS and _on_their_way(marked, sender) - own:
        sender.clock.sleep(_POLL_SECONDS)
        waited += _POLL_SECONDS


def _on_their_way(marked: Sequence[Pair], sender: Sender) -> set[int]:
    with sender.units() as work:
        found = work.ledger.on_their_way(sender.account, [effect.key for effect, _ in marked])
    return {effect.effect_id for effect in found}
