"""The one way out for a gated batch: choose the path, send, collect, and clear what was left."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import Final

from affluent.domain.effect import UNRESOLVED, Effect, EffectState, Resolution
from affluent.domain.listing import SubmissionPath
from affluent.domain.plan import LISTING_WRITES, Change, Gated, Held, Operation
from affluent.submissions.by_hand import kept_by_hand
from affluent.submissions.context import Sender
from affluent.submissions.feed import submit_feeds, wait_for_unfinished
from affluent.submissions.ignored import still_ignored
from affluent.submissions.path import choose_path
from affluent.submissions.readback import look_again
from affluent.submissions.rush import giving_way, is_rushing
from affluent.submissions.single import send_singly
from affluent.submissions.watchdog import collect, patience_for, urgent_first

#: How the words of a change begin that was held because its whole batch was.
STOPPED: Final = "The whole batch was stopped: "


def clear_what_was_left(sender: Sender) -> int:
    """Settle what an earlier run, dead by now, left unresolved. Answers how many rows that were."""
    with sender.units() as work:
        left = [
            effect
            for operation in (*LISTING_WRITES, Operation.SUBMIT_FEED)
            for effect in work.ledger.in_states(
                operation, sender.account, [*UNRESOLVED, EffectState.ACCEPTED]
            )
            if effect.marketplace_id == sender.marketplace_id
            and not is_rushing(effect, sender.clock.now())
        ]
    if not left:
        return 0
    feeds = [effect for effect in left if effect.operation is Operation.SUBMIT_FEED]
    accepted = [feed for feed in feeds if feed.state is EffectState.ACCEPTED]
    with_amazon = [feed for feed in accepted if not collect(feed, sender)]
    lost = [feed for feed in feeds if feed.state in UNRESOLVED]
    if lost:
        patience = max(patience_for(feed, sender.clock.now()) for feed in lost)
        known = {feed.reference for feed in with_amazon}
        if wait_for_unfinished(known, sender, patience):
            _give_up(lost, sender)
        else:
            with_amazon += lost
    look_again(_still_open(left, with_amazon, sender), sender)
    return len(left)


def send(
    changes: Sequence[Change],
    plan_hash: str,
    path: SubmissionPath,
    sender: Sender,
    words: Mapping[str, tuple[str, ...]] | None = None,
) -> list[Effect]:
    """Send every change on the faster path, but for those that Amazon keeps ignoring or that the
    merchant made there by hand and keeps; answers the effects of this run that Amazon took.

    `words`, keyed by SKU, go into the log of what is sent.
    """
    resting = {**still_ignored(changes, sender), **kept_by_hand(changes, sender)}
    _record(
        [one for one in changes if one.key in resting], plan_hash, EffectState.HELD, resting, sender
    )
    ready = [change for change in changes if change.key not in resting]
    effects = _record(ready, plan_hash, EffectState.PLANNED, words or {}, sender)
    waiting = [
        (effect, change)
        for effect, change in zip(effects, ready, strict=True)
        if effect.state is EffectState.PLANNED
    ]
    if choose_path(path, sender.amazon.forecast.of(ready)) is SubmissionPath.FEED:
        by_feed = giving_way(urgent_first(waiting, sender), sender)
        for feed in submit_feeds(by_feed, plan_hash, sender):
            collect(feed, sender)
    else:
        send_singly(waiting, sender)
    return under_way(sender)


def under_way(sender: Sender) -> list[Effect]:
    """This run's items whose effect is still to be read back."""
    with sender.units() as work:
        effects = work.ledger.of_run(sender.run.run_id, [EffectState.ACCEPTED, EffectState.UNKNOWN])
    return [effect for effect in effects if effect.operation in LISTING_WRITES]


def refused(sender: Sender) -> list[Effect]:
    """This run's items that Amazon refused for what they say.

    What a feed carried that Amazon refused as a whole is not among them: it was never judged.
    """
    with sender.units() as work:
        effects = work.ledger.of_run(sender.run.run_id, [EffectState.REFUSED])
    feeds = {one.effect_id for one in effects if one.operation is Operation.SUBMIT_FEED}
    return [
        one for one in effects if one.operation in LISTING_WRITES and one.parent_id not in feeds
    ]


def record_held(held: Sequence[Held], plan_hash: str, sender: Sender) -> None:
    """Write what the gate held into the ledger, each with its reasons."""
    changes = [one.change for one in held]
    _record(changes, plan_hash, EffectState.HELD, words_of(held), sender)


def record_stopped(gated: Gated, sender: Sender, sent: Container[str]) -> None:
    """Write what a stopped batch would have done into the ledger, as held, with why it was stopped;
    but for the SKUs of which something else is sent in this run."""
    words = (STOPPED + " ".join(one.message for one in gated.stops),)
    changes = [one for one in gated.passed if one.key not in sent]
    why = dict.fromkeys((one.key for one in changes), words)
    _record(changes, gated.plan.hash, EffectState.HELD, why, sender)


def words_of(held: Sequence[Held]) -> dict[str, tuple[str, ...]]:
    """Why each change was held, by its SKU."""
    return {one.change.key: tuple(finding.message for finding in one.findings) for one in held}


def words_of_warnings(gated: Gated) -> dict[str, tuple[str, ...]]:
    """What is told of each change that may be sent all the same, by its SKU."""
    words: dict[str, tuple[str, ...]] = {}
    for one in gated.warnings:
        words[one.key] = (*words.get(one.key, ()), one.message)
    return words


def _record(
    changes: Sequence[Change],
    plan_hash: str,
    state: EffectState,
    words: Mapping[str, tuple[str, ...]],
    sender: Sender,
) -> list[Effect]:
    with sender.units() as work:
        effects = work.ledger.record(
            changes,
            sender.run,
            sender.clock.now(),
            plan_hash=plan_hash,
            state=state,
            messages=words,
        )
        work.commit()
    return effects


def _give_up(feeds: Sequence[Effect], sender: Sender) -> None:
    words = ("The run that made this feed ended early; Amazon holds no unfinished feed any more.",)
    with sender.units() as work:
        work.ledger.resolve(
            [Resolution(feed.effect_id, EffectState.SUPERSEDED, messages=words) for feed in feeds],
            sender.clock.now(),
        )
        work.commit()


def _still_open(
    left: Sequence[Effect], with_amazon: Sequence[Effect], sender: Sender
) -> list[Effect]:
    """The effects as they stand now, but for those that ride in a feed that has not ended."""
    ids = {effect.effect_id for effect in left}
    riding_in = {feed.effect_id for feed in with_amazon}
    with sender.units() as work:
        return [
            effect
            for operation in LISTING_WRITES
            for effect in work.ledger.in_states(
                operation, sender.account, [*UNRESOLVED, EffectState.ACCEPTED]
            )
            if effect.effect_id in ids
            and not (effect.state is EffectState.SENT and effect.parent_id in riding_in)
        ]
