"""Feeds that take too long: reported, waited for no longer, and never the last word.

Amazon works feeds off in order, and nobody can hurry it. An overdue feed is left to itself: what
is urgent in it goes out as patches at once, and later runs work past it. When it ends after all,
what was sent since by single calls is sent again, so that the later value always wins.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from affluent.domain.attributes import AVAILABILITY
from affluent.domain.effect import Effect, EffectState, Resolution, Run
from affluent.domain.forecast import feed_seconds
from affluent.domain.offer import beside_price
from affluent.domain.plan import LISTING_WRITES, Change, Operation
from affluent.submissions.context import Sender
from affluent.submissions.feed import collect_feed
from affluent.submissions.single import send_singly

logger = logging.getLogger(__name__)

#: A feed may take so many times as long as foretold before it is overdue.
_TOLERANCE: Final = 3.0
#: What a feed can take back of a later write.
_FIELDS: Final = ("quantity", "price", "lead_time_days")


def expected_seconds(messages: int) -> float:
    """After how long a feed of so many messages is overdue."""
    return _TOLERANCE * feed_seconds(messages)


def patience_for(feed: Effect, now: datetime) -> float:
    """For how many seconds more a feed is waited for."""
    if _is_overdue(feed):
        return 0.0
    age = (now - feed.created_at).total_seconds()
    return max(expected_seconds(feed.after["messages"]) - age, 0.0)


def collect(feed: Effect, sender: Sender) -> bool:
    """Bring the results of a feed home; where it is overdue, send what is urgent in it as patches.

    Answers whether the feed has ended.
    """
    if collect_feed(feed, sender, patience_for(feed, sender.clock.now())):
        _send_again(feed, sender)
        return True
    if not _is_overdue(feed):
        _mark_overdue(feed, sender)
    _send_urgent(feed, sender)
    return False


def overdue_feeds(sender: Sender) -> list[Effect]:
    """The feeds of this account and marketplace that nobody waits for any longer."""
    with sender.units() as work:
        accepted = work.ledger.in_states(
            Operation.SUBMIT_FEED, sender.account, [EffectState.ACCEPTED]
        )
    return [
        feed
        for feed in accepted
        if feed.marketplace_id == sender.marketplace_id and _is_overdue(feed)
    ]


def overdue_notes(sender: Sender) -> tuple[str, ...]:
    """A sentence for each overdue feed."""
    return tuple(feed.messages[0] for feed in overdue_feeds(sender))


def urgent_first(
    waiting: Iterable[tuple[Effect, Change]], sender: Sender
) -> list[tuple[Effect, Change]]:
    """While a feed is overdue, patch what is urgent at once; answers what may go by feed."""
    pairs = list(waiting)
    if not overdue_feeds(sender):
        return pairs
    send_singly([pair for pair in pairs if is_urgent(pair[1])], sender)
    return [pair for pair in pairs if not is_urgent(pair[1])]


def is_urgent(change: Change) -> bool:
    """Whether a change must not wait for a feed: it keeps from selling what is not there."""
    return change.operation is Operation.PATCH_OFFER and change.after.get("quantity") == 0


def _is_overdue(feed: Effect) -> bool:
    """Of the feeds that Amazon holds, only an overdue one has words."""
    return feed.state is EffectState.ACCEPTED and bool(feed.messages)


def _mark_overdue(feed: Effect, sender: Sender) -> None:
    count = feed.after["messages"]
    words = (
        f"Feed {feed.reference} with {count} messages has not ended"
        f" {expected_seconds(count) / 60:.0f} minutes after it was submitted; Amazon is usually"
        " done in a third of that. Quantities of zero in it are sent as patches, and later runs"
        " no longer wait for it."
    )
    logger.warning("%s", words)
    with sender.units() as work:
        overdue = Resolution(feed.effect_id, EffectState.ACCEPTED, messages=(words,))
        work.ledger.resolve([overdue], sender.clock.now())
        work.commit()


def _send_urgent(feed: Effect, sender: Sender) -> None:
    """Patch what still rides in the feed and is urgent, unless a later quantity has left since."""
    with sender.units() as work:
        later = {one.key for one in work.ledger.sent_since(feed) if "quantity" in one.after}
        riding = [
            (item, change_of(item))
            for item in work.ledger.children(feed.effect_id)
            if rides(item) and item.key not in later
        ]
    send_singly([(item, change) for item, change in riding if is_urgent(change)], sender)


def _send_again(feed: Effect, sender: Sender) -> None:
    """Send again what left after the feed, where the feed may have undone it."""
    with sender.units() as work:
        later = work.ledger.sent_since(feed)
        carried = {item.key: item for item in work.ledger.children(feed.effect_id)}
        changes = list(_undone(later, carried, feed))
        if not changes:
            return
        run = Run(f"{sender.run.run_id}+{feed.reference}", sender.run.flow)
        effects = work.ledger.record(changes, run, sender.clock.now(), plan_hash=feed.plan_hash)
        work.commit()
    pairs = list(zip(effects, changes, strict=True))
    for operation in LISTING_WRITES:
        send_singly([pair for pair in pairs if pair[1].operation is operation], sender)


def _undone(
    later: Sequence[Effect], carried: Mapping[str, Effect], feed: Effect
) -> Iterator[Change]:
    by_key: dict[str, list[Effect]] = {}
    for effect in later:
        if effect.key in carried:
            by_key.setdefault(effect.key, []).append(effect)
    why = f"feed {feed.reference} ended after this had been sent"
    for key, effects in by_key.items():
        if any(_differs(effect, carried[key]) for effect in effects):
            yield from (replace(change, why=why) for change in _last_words(effects))


def _differs(later: Effect, earlier: Effect) -> bool:
    if Operation.DELETE_LISTING in (later.operation, earlier.operation):
        return later.operation is not earlier.operation
    if later.operation is earlier.operation is Operation.PUT_LISTING:
        return later.payload != earlier.payload
    shared = [name for name in _FIELDS if name in later.after and name in earlier.after]
    if "price" in shared and beside_price(later.after) != beside_price(earlier.after):
        return True
    return any(later.after[name] != earlier.after[name] for name in shared)


def _last_words(effects: Sequence[Effect]) -> Iterator[Change]:
    """The last put or deletion of a listing, if there was one, and the last patch of each subject
    after it.

    What still rides in a feed of its own is left out: Amazon works feeds off in order, so that feed
    has the last word, and to send an older one again would only bring it back.
    """
    whole = [place for place, one in enumerate(effects) if one.operation.is_whole]
    if whole and not rides(effects[whole[-1]]):
        yield change_of(effects[whole[-1]])
    yield from _as_one(effects[whole[-1] + 1 if whole else 0 :])


def _as_one(patches: Sequence[Effect]) -> Iterator[Change]:
    after: dict[str, Any] = {}
    by_subject: dict[tuple[str, ...], Any] = {}
    for effect in patches:
        says = {_subject(patch): patch for patch in effect.payload["patches"]}
        if rides(effect):
            after = {name: value for name, value in after.items() if name not in effect.after}
            by_subject = {one: patch for one, patch in by_subject.items() if one not in says}
        else:
            after |= effect.after
            by_subject |= says
    if by_subject:
        last = change_of(patches[-1])
        payload = {**last.payload, "patches": [*by_subject.values()]}
        yield replace(last, after=after, payload=payload)


def _subject(patch: Mapping[str, Any]) -> tuple[str, ...]:
    """An attribute; of the stock its quantity and its handling time apart, as they are sent."""
    path: str = patch["path"]
    return (path, *sorted(patch["value"][0])) if path.endswith(AVAILABILITY) else (path,)


def rides(effect: Effect) -> bool:
    """Whether the effect waits in a feed that has not ended, and was not overtaken by a patch."""
    return effect.parent_id is not None and effect.state is EffectState.SENT


def change_of(effect: Effect) -> Change:
    """What an effect does, to be sent once more."""
    return Change(
        operation=effect.operation,
        account=effect.account,
        marketplace_id=effect.marketplace_id,
        key=effect.key,
        after=effect.after,
        payload=effect.payload,
        why="",
    )
