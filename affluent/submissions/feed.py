"""JSON_LISTINGS_FEED: many changes in one document, each message's result brought home.

The order of events makes a crash harmless: the document is uploaded, which changes nothing; the
feed and all its items are marked as sent; only then is the feed created.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from affluent.domain.effect import Effect, EffectState, Resolution
from affluent.domain.errors import MalformedAnswer, NotFound, OutcomeUnknown
from affluent.domain.issue import Issue, Severity
from affluent.domain.listing import Feed, FeedMessage, FeedStatus, ProcessingReport
from affluent.domain.plan import Change, Operation
from affluent.submissions.context import Sender

#: Amazon takes so many messages in one feed.
LARGEST_FEED: Final = 25_000
_POLL_SECONDS: Final = 15.0

_OPERATION_TYPES: Final = {Operation.PUT_LISTING: "UPDATE", Operation.PATCH_OFFER: "PATCH"}


def submit_feeds(
    waiting: Sequence[tuple[Effect, Change]], plan_hash: str, sender: Sender
) -> list[Effect]:
    """Submit planned changes in as few feeds as Amazon allows; answers the feeds' own effects."""
    in_order = sorted(waiting, key=lambda pair: pair[0].effect_id)
    return [
        _submit(in_order[start : start + LARGEST_FEED], plan_hash, sender)
        for start in range(0, len(in_order), LARGEST_FEED)
    ]


def collect_feed(feed_effect: Effect, sender: Sender) -> None:
    """Wait until Amazon is done with the feed and resolve every item that it carried."""
    feed = _await_end(feed_effect.reference, sender)
    report = _report(feed, sender)
    with sender.units() as work:
        children = work.ledger.children(feed_effect.effect_id)
        work.ledger.resolve(list(_results(children, feed, report)), sender.clock.now())
        work.ledger.resolve([_feed_result(feed_effect, feed, report)], sender.clock.now())
        work.commit()


def _await_end(feed_id: str, sender: Sender) -> Feed:
    """A feed that Amazon no longer knows counts as aborted: it may have done anything."""
    try:
        feed = sender.amazon.feeds.status(feed_id)
        while not feed.status.is_final:
            sender.progress.show("feeds waited for", 0, 1)
            sender.clock.sleep(_POLL_SECONDS)
            feed = sender.amazon.feeds.status(feed_id)
    except NotFound:
        return Feed(feed_id, FeedStatus.FATAL)
    return feed


def _report(feed: Feed, sender: Sender) -> ProcessingReport | None:
    """The feed's processing report; None where there is none, or none that can be read."""
    if feed.status is not FeedStatus.DONE or not feed.report_document_id:
        return None
    try:
        return sender.amazon.feeds.report(feed)
    except (NotFound, MalformedAnswer):
        return None


def wait_for_unfinished(sender: Sender) -> None:
    """Let every feed that Amazon still holds run out, so that none overwrites what comes next."""
    while sender.amazon.feeds.unfinished():
        sender.clock.sleep(_POLL_SECONDS)


def _submit(waiting: Sequence[tuple[Effect, Change]], plan_hash: str, sender: Sender) -> Effect:
    messages = [
        FeedMessage(number, change.key, _OPERATION_TYPES[change.operation], change.payload)
        for number, (_, change) in enumerate(waiting, start=1)
    ]
    document_id = sender.amazon.feeds.upload(messages)
    feed_effect = _mark_sent(waiting, document_id, plan_hash, sender)
    try:
        feed_id = sender.amazon.feeds.create(document_id, sender.marketplace_id)
    except OutcomeUnknown as lost:
        unknown = Resolution(feed_effect.effect_id, EffectState.UNKNOWN, messages=(lost.what,))
        _resolve([unknown], sender)
        raise
    _resolve([Resolution(feed_effect.effect_id, EffectState.ACCEPTED, reference=feed_id)], sender)
    return _feed_effect(feed_effect.effect_id, sender)


def _mark_sent(
    waiting: Sequence[tuple[Effect, Change]], document_id: str, plan_hash: str, sender: Sender
) -> Effect:
    feed_change = Change(
        operation=Operation.SUBMIT_FEED,
        account=sender.account,
        marketplace_id=sender.marketplace_id,
        key=document_id,
        after={"messages": len(waiting)},
        why="more items than single calls would send in the same time",
    )
    now = sender.clock.now()
    with sender.units() as work:
        [feed_effect] = work.ledger.record([feed_change], sender.run, now, plan_hash=plan_hash)
        parent = feed_effect.effect_id
        work.ledger.resolve([Resolution(parent, EffectState.SENT)], now)
        items = [
            Resolution(effect.effect_id, EffectState.SENT, parent_id=parent)
            for effect, _ in waiting
        ]
        work.ledger.resolve(items, now)
        work.commit()
    return feed_effect


def _results(
    children: Sequence[Effect], feed: Feed, report: ProcessingReport | None
) -> Iterator[Resolution]:
    """What became of each item; without a report only Amazon's listings themselves can tell."""
    for number, child in enumerate(children, start=1):
        if report is not None and report.processed:
            yield _result(child, feed, report.issues.get(number, ()))
        elif report is None and feed.status is not FeedStatus.CANCELLED:
            words = f"Feed {feed.feed_id} ended {feed.status} without a processing report."
            yield _as_a_whole(child, feed, EffectState.UNKNOWN, words)
        else:
            words = f"Feed {feed.feed_id} ended {feed.status} with nothing processed."
            issues = report.issues.get(0, ()) if report else ()
            yield _as_a_whole(child, feed, EffectState.REFUSED, words, issues)


def _as_a_whole(
    child: Effect, feed: Feed, state: EffectState, words: str, issues: tuple[Issue, ...] = ()
) -> Resolution:
    return Resolution(
        child.effect_id,
        state,
        reference=feed.feed_id,
        issues=issues,
        messages=(words, *(issue.text() for issue in issues)),
    )


def _result(child: Effect, feed: Feed, issues: tuple[Issue, ...]) -> Resolution:
    refused = any(issue.severity is Severity.ERROR for issue in issues)
    return Resolution(
        child.effect_id,
        EffectState.REFUSED if refused else EffectState.ACCEPTED,
        reference=feed.feed_id,
        issues=issues,
        messages=tuple(issue.text() for issue in issues),
    )


def _feed_result(effect: Effect, feed: Feed, report: ProcessingReport | None) -> Resolution:
    done = report.processed > 0 if report else feed.status is FeedStatus.DONE
    words = (
        f"{report.accepted} accepted, {report.invalid} invalid"
        if report
        else f"{feed.status}, without a processing report"
    )
    return Resolution(
        effect.effect_id,
        EffectState.EFFECTIVE if done else EffectState.REFUSED,
        reference=feed.feed_id,
        messages=(words,),
    )


def _resolve(resolutions: Sequence[Resolution], sender: Sender) -> None:
    with sender.units() as work:
        work.ledger.resolve(resolutions, sender.clock.now())
        work.commit()


def _feed_effect(effect_id: int, sender: Sender) -> Effect:
    with sender.units() as work:
        accepted = work.ledger.in_states(
            Operation.SUBMIT_FEED, sender.account, [EffectState.ACCEPTED]
        )
    return next(effect for effect in accepted if effect.effect_id == effect_id)
