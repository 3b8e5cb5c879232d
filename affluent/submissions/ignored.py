"""What Amazon accepts and ignores: sent once more by the next plan, then at growing pauses only.

What is urgent is never held back: it keeps from selling what is not there, or below its floor.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from affluent.domain.effect import Effect, EffectState
from affluent.domain.lane import Lane, lane_of
from affluent.domain.plan import Change, Operation
from affluent.submissions.context import Sender

#: So often a value is sent before its tries have pauses between them.
_TRIES_AT_ONCE: Final = 2
_FIRST_PAUSE: Final = timedelta(minutes=30)
_LONGEST_PAUSE: Final = timedelta(days=1)
_FIELDS: Final = ("price", "quantity")
_PREFIX: Final = "Not sent again yet. "


def still_ignored(changes: Sequence[Change], sender: Sender) -> dict[str, tuple[str, ...]]:
    """Of planned changes those that are not to be sent again yet: by SKU, the words why."""
    patient = [
        change
        for change in changes
        if change.operation is Operation.PATCH_OFFER and lane_of(change) is not Lane.SAFETY
    ]
    with sender.units() as work:
        told = work.history.tries(
            sender.account, sender.marketplace_id, [change.key for change in patient]
        )
    by_key: dict[str, list[Effect]] = {}
    for effect in told:
        by_key.setdefault(effect.key, []).append(effect)
    now = sender.clock.now()
    return {
        change.key: (words,)
        for change in patient
        for words in [_words(change, by_key.get(change.key, ()), now)]
        if words
    }


def ignored_notes(sender: Sender) -> tuple[str, ...]:
    """A sentence on what this run did not send because Amazon has ignored it more than once."""
    with sender.units() as work:
        held = work.ledger.of_run(sender.run.run_id, [EffectState.HELD])
    words = [text for one in held for text in one.messages[:1] if text.startswith(_PREFIX)]
    if not words:
        return ()
    return (f"Offers that rest, because Amazon accepts and ignores them: {len(words)}. {words[0]}",)


def tries_in_a_row(name: str, value: Any, told: Iterable[Effect]) -> list[Effect]:
    """The latest tries, newest first, that all wanted this value of a field and were ignored.

    `told` are the ignored and effective patches of the SKU, oldest first.
    """
    tries: list[Effect] = []
    for effect in reversed(list(told)):
        if name not in effect.after:
            continue
        if effect.state is not EffectState.IGNORED or effect.after[name] != value:
            break
        tries.append(effect)
    return tries


def pause_after(tries: int) -> timedelta:
    """How long a value rests that was ignored so many times in a row."""
    if tries < _TRIES_AT_ONCE:
        return timedelta()
    pause = _FIRST_PAUSE
    for _ in range(tries - _TRIES_AT_ONCE):
        pause = min(2 * pause, _LONGEST_PAUSE)
    return pause


def _words(change: Change, told: Sequence[Effect], now: datetime) -> str:
    """Empty where the change may be sent: where any field of it may."""
    rows = [
        tries_in_a_row(name, change.after[name], told) for name in _FIELDS if name in change.after
    ]
    if not rows or not all(rows):
        return ""
    latest = max((tries[0] for tries in rows), key=lambda effect: effect.effect_id)
    count = min(map(len, rows))
    again_at = latest.created_at + pause_after(count)
    if now >= again_at:
        return ""
    return (
        f"{_PREFIX}{' '.join(latest.messages)} It was sent {count} times, and is sent again after"
        f" {again_at:%Y-%m-%d %H:%M} UTC."
    )
