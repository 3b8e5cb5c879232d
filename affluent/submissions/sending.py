"""The one way out for a gated batch: choose the path, send, collect, and clear what was left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from affluent.domain.effect import UNRESOLVED, Effect, EffectState, Resolution
from affluent.domain.listing import SubmissionPath
from affluent.domain.plan import Change, Held, Operation
from affluent.submissions.context import Sender
from affluent.submissions.feed import collect_feed, submit_feeds, wait_for_unfinished
from affluent.submissions.path import choose_path
from affluent.submissions.readback import look_again
from affluent.submissions.single import send_singly

_ITEM_OPERATIONS: Final = (Operation.PUT_LISTING, Operation.PATCH_OFFER)


def clear_what_was_left(sender: Sender) -> int:
    """Settle what an earlier run, dead by now, left unresolved. Answers how many rows that were."""
    with sender.units() as work:
        left = [
            effect
            for operation in (*_ITEM_OPERATIONS, Operation.SUBMIT_FEED)
            for effect in work.ledger.in_states(
                operation, sender.account, [*UNRESOLVED, EffectState.ACCEPTED]
            )
            if effect.marketplace_id == sender.marketplace_id
        ]
    if not left:
        return 0
    feeds = [effect for effect in left if effect.operation is Operation.SUBMIT_FEED]
    for feed in feeds:
        if feed.state is EffectState.ACCEPTED:
            collect_feed(feed, sender)
    if feeds:
        wait_for_unfinished(sender)
        _give_up([feed for feed in feeds if feed.state in UNRESOLVED], sender)
    look_again(_still_open(left, sender), sender)
    return len(left)


def send(
    changes: Sequence[Change], plan_hash: str, path: SubmissionPath, sender: Sender
) -> list[Effect]:
    """Send every change on the faster path; answers the effects of this run that Amazon took."""
    if choose_path(path, len(changes)) is SubmissionPath.FEED:
        for feed_effect in submit_feeds(changes, plan_hash, sender):
            collect_feed(feed_effect, sender)
    else:
        send_singly(changes, plan_hash, sender)
    return under_way(sender)


def under_way(sender: Sender) -> list[Effect]:
    """This run's items whose effect is still to be read back."""
    return _of_this_run(sender, EffectState.ACCEPTED, EffectState.UNKNOWN)


def refused(sender: Sender) -> list[Effect]:
    """This run's items that Amazon refused."""
    return _of_this_run(sender, EffectState.REFUSED)


def _of_this_run(sender: Sender, *states: EffectState) -> list[Effect]:
    with sender.units() as work:
        effects = work.ledger.of_run(sender.run.run_id, states)
    return [effect for effect in effects if effect.operation in _ITEM_OPERATIONS]


def record_held(held: Sequence[Held], plan_hash: str, sender: Sender) -> None:
    """Write what the gate held into the ledger, each with its reasons."""
    messages = {one.change.key: tuple(finding.message for finding in one.findings) for one in held}
    with sender.units() as work:
        work.ledger.record(
            [one.change for one in held],
            sender.run,
            sender.clock.now(),
            plan_hash=plan_hash,
            state=EffectState.HELD,
            messages=messages,
        )
        work.commit()


def _give_up(feeds: Sequence[Effect], sender: Sender) -> None:
    words = ("The run that made this feed ended early; Amazon holds no unfinished feed any more.",)
    with sender.units() as work:
        work.ledger.resolve(
            [Resolution(feed.effect_id, EffectState.SUPERSEDED, messages=words) for feed in feeds],
            sender.clock.now(),
        )
        work.commit()


def _still_open(left: Sequence[Effect], sender: Sender) -> list[Effect]:
    """The effects as they stand now, after the feeds that carried some of them were collected."""
    ids = {effect.effect_id for effect in left}
    with sender.units() as work:
        return [
            effect
            for operation in _ITEM_OPERATIONS
            for effect in work.ledger.in_states(
                operation, sender.account, [*UNRESOLVED, EffectState.ACCEPTED]
            )
            if effect.effect_id in ids
        ]
