"""JSON_LISTINGS_FEED: many changes in one document, each message's result brought home.

The order of events makes a crash harmless: the document is uploaded, which changes nothing; the
feed and all its items are marked as sent; only then is the feed created. A message's id is that of
its row in the ledger, so a result finds its item whatever else the feed carried.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import Final

from affluent.domain.effect import Effect, EffectState, Resolution
from affluent.domain.errors import MalformedAnswer, NotFound, OutcomeUnknown
from affluent.domain.feed import Feed, FeedMessage, FeedStatus, ProcessingReport
from affluent.domain.issue import Issue, Severity
from affluent.domain.plan import Change, Operation
from affluent.submissions.context import Sender

_POLL_SECONDS: Final = 15.0

_OPERATION_TYPES: Final = {
    Operation.PUT_LISTING: "UPDATE",
    Operation.PATCH_OFFER: "PATCH",
    Operation.DELETE_LISTING: "DELETE",
}


def submit_feeds(
    waiting: Sequence[tuple[Effect, Change]], plan_hash: str, sender: Sender
) -> list[Effect]:
    """Submit planned changes in as few feeds as Amazon allows; answers the feeds' own effects.

    All are submitted before any is waited for.
    """
    messages = (
        FeedMessage(
            effect.effect_id, change.key, _OPERATION_TYPES[change.operation], change.payload
        )
        for effect, change in waiting
    )
    parts = sender.amazon.feeds.parts(messages)
    return [_submit(part, plan_hash, sender) for part in parts]


def collect_feed(feed_effect: Effect, sender: Sender, patience_seconds: float) -> bool:
    """Wait until Amazon is done with the feed and resolve every item that still rides in it.

    Answers whether the feed has ended; it is asked once more when the patience is used up.
    """
    feed = _await_end(feed_effect.reference, sender, patience_seconds)
    if not feed.status.is_final:
        return False
    report = _report(feed, sender)
    with sender.units() as work:
        riding = work.ledger.children(feed_effect.effect_id)
        sent = [child for child in riding if child.state is EffectState.SENT]
        results = list(_results(sent, len(riding), feed, report))
        results.append(_feed_result(feed_effect, feed, report))
        work.ledger.resolve(results, sender.clock.now())
        work.commit()
    return True


def _await_end(feed_id: str, sender: Sender, patience_seconds: float) -> Feed:
    """A feed that Amazon no longer knows counts as aborted: it may have done anything."""
    waited = 0.0
    try:
        feed = sender.amazon.feeds.status(feed_id)
        while not feed.status.is_final and waited < patience_seconds:
            sender.progress.show("feeds waited for", 0, 1)
            sender.clock.sleep(_POLL_SECONDS)
            waited += _POLL_SECONDS
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


def wait_for_unfinished(known: Container[str], sender: Sender, patience_seconds: float) -> bool:
    """Let every feed that Amazon still holds, but for the known ones, run out.

    Answers whether there is none left that could overwrite what comes next.
    """
    waited = 0.0
    while any(feed.feed_id not in known for feed in sender.amazon.feeds.unfinished()):
        if waited >= patience_seconds:
            return False
        sender.clock.sleep(_POLL_SECONDS)
        waited += _POLL_SECONDS
    return True


def _submit(part: Sequence[FeedMessage], plan_hash: str, sender: Sender) -> Effect:
    document_id = sender.amazon.feeds.upload(part)
    items = [message.message_id for message in part]
    feed_effect = _mark_sent(items, document_id, plan_hash, sender)
    try:
        feed_id = sender.amazon.feeds.create(document_id, sender.marketplace_id)
    except OutcomeUnknown as lost:
        unknown = Resolution(feed_effect.effect_id, EffectState.UNKNOWN, messages=(lost.what,))
        _resolve([unknown], sender)
        raise
    _resolve([Resolution(feed_effect.effect_id, EffectState.ACCEPTED, reference=feed_id)], sender)
    return _feed_effect(feed_effect.effect_id, sender)


def _mark_sent(items: Sequence[int], document_id: str, plan_hash: str, sender: Sender) -> Effect:
    feed_change = Change(
        operation=Operation.SUBMIT_FEED,
        account=sender.account,
        marketplace_id=sender.marketplace_id,
        key=document_id,
        after={"messages": len(items)},
        why="more items than single calls would send in the same time",
    )
    now = sender.clock.now()
    with sender.units() as work:
        [feed_effect] = work.ledger.record([feed_change], sender.run, now, plan_hash=plan_hash)
        parent = feed_effect.effect_id
        work.ledger.resolve([Resolution(parent, EffectState.SENT)], now)
        riding = [Resolution(item, EffectState.SENT, parent_id=parent) for item in items]
        work.ledger.resolve(riding, now)
        work.commit()
    return feed_effect


def _results(
    items: Sequence[Effect], carried: int, feed: Feed, report: ProcessingReport | None
) -> Iterator[Resolution]:
    """What became of each item; without a report only Amazon's listings themselves can tell."""
    for item in items:
        if report is not None and report.processed:
            yield _result(item, feed, report, is_whole=report.processed >= carried)
        elif report is None and feed.status is not FeedStatus.CANCELLED:
            words = f"Feed {feed.feed_id} ended {feed.status} without a processing report."
            yield _as_a_whole(item, feed, EffectState.UNKNOWN, words)
        else:
            words = f"Feed {feed.feed_id} ended {feed.status} with nothing processed."
            issues = report.issues.get(0, ()) if report else ()
            yield _as_a_whole(item, feed, EffectState.REFUSED, words, issues)


def _as_a_whole(
    item: Effect, feed: Feed, state: EffectState, words: str, issues: tuple[Issue, ...] = ()
) -> Resolution:
    return Resolution(
        item.effect_id,
        state,
        reference=feed.feed_id,
        issues=issues,
        messages=(words, *(issue.text() for issue in issues)),
    )


def _result(item: Effect, feed: Feed, report: ProcessingReport, *, is_whole: bool) -> Resolution:
    """What is said of the item itself; silence means acceptance only where all was processed."""
    by_message = report.issues.get(item.effect_id, ())
    issues = (*by_message, *report.issues_by_sku.get(item.key, ()))
    if not issues and not is_whole:
        words = f"Feed {feed.feed_id} was processed in part, and its report does not tell which."
        return _as_a_whole(item, feed, EffectState.UNKNOWN, words)
    refused = any(issue.severity is Severity.ERROR for issue in issues)
    return Resolution(
        item.effect_id,
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
