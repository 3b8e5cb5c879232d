"""What of our own records a person should be told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from affluent.domain.alarm import Alarm
from affluent.domain.effect import Effect, EffectState
from affluent.domain.error_book import explain
from affluent.domain.marketplace import find_marketplace
from affluent.domain.notice import Incident, NoticeKind, NoticeRules
from affluent.domain.order import OrderState
from affluent.domain.plan import Operation
from affluent.domain.run_figures import RunFigures
from affluent.ports.storage import UnitOfWork

#: A stopped batch counts until a later run goes through, or for so long.
_STOPS_COUNT: Final = timedelta(days=2)
_FAILED: Final = (EffectState.HELD, EffectState.REFUSED, EffectState.UNKNOWN)
_FEED_UNDER_WAY: Final = (
    EffectState.PLANNED,
    EffectState.SENT,
    EffectState.ACCEPTED,
    EffectState.UNKNOWN,
)
_LONGEST_TITLE: Final = 120


def find_incidents(
    accounts: Sequence[str], rules: NoticeRules, work: UnitOfWork, now: datetime
) -> list[Incident]:
    """What is open by our own records, of the kinds that are told."""
    found = [
        *(one for account in accounts for one in _failed_orders(account, work)),
        *(one for account in accounts for one in _failed_confirmations(account, work)),
        *(one for account in accounts for one in _stuck_feeds(account, rules, work, now)),
        *_stopped_batches(work.runs.between(now - _STOPS_COUNT, now)),
        *_held_items(rules, work),
    ]
    return [one for one in found if one.kind in rules.kinds]


def expired(accounts: Iterable[str], now: datetime) -> list[Incident]:
    """Accounts whose authorisation Amazon no longer accepts."""
    return [
        Incident(
            kind=NoticeKind.EXPIRED_ACCOUNTS,
            account=account,
            key="authorisation",
            title="The account is Expired",
            words="Amazon no longer accepts the account's authorisation.",
            fix="Authorise the application again in Seller Central, and put the new refresh token "
            "where the settings say. `affluent check --connect` tells whether it is accepted.",
            since=now,
        )
        for account in accounts
    ]


def alarmed(alarms: Iterable[Alarm]) -> list[Incident]:
    """Alarms as incidents."""
    return [
        Incident(
            kind=NoticeKind.ALARMS,
            account=alarm.account,
            key=alarm.subject,
            title=alarm.title,
            words=f"{alarm.what} {alarm.why}",
            fix=alarm.fix,
            since=alarm.since,
        )
        for alarm in alarms
    ]


def _failed_orders(account: str, work: UnitOfWork) -> Iterator[Incident]:
    for order in work.orders.in_states(account, [OrderState.WAITING]):
        yield _explained(
            NoticeKind.FAILED_ORDERS,
            account,
            order.order_id,
            order.reason,
            f"Ask `affluent explain order {order.order_id}`.",
            order.created_at,
        )


def _failed_confirmations(account: str, work: UnitOfWork) -> Iterator[Incident]:
    for effect in work.ledger.in_states(Operation.CONFIRM_SHIPMENT, account, _FAILED):
        order_id = effect.key.partition("/")[0]
        words = effect.messages[0] if effect.messages else f"The confirmation is {effect.state}."
        yield _explained(
            NoticeKind.FAILED_CONFIRMATIONS,
            account,
            effect.key,
            words,
            f"Ask `affluent explain order {order_id}`.",
            effect.created_at,
        )


def _explained(
    kind: NoticeKind, account: str, key: str, words: str, otherwise: str, since: datetime
) -> Incident:
    """An incident in the error book's words, or in its own where the book has none."""
    entry = explain(words)
    title = entry.title if entry else words[:_LONGEST_TITLE]
    return Incident(kind, account, key, title, words, entry.fix if entry else otherwise, since)


def _stuck_feeds(
    account: str, rules: NoticeRules, work: UnitOfWork, now: datetime
) -> Iterator[Incident]:
    for feed in work.ledger.in_states(Operation.SUBMIT_FEED, account, _FEED_UNDER_WAY):
        if now - feed.created_at > rules.feed:
            yield Incident(
                kind=NoticeKind.STUCK_FEEDS,
                account=account,
                key=_feed_name(feed),
                title="A feed does not end",
                words=f"It is {feed.state} since {feed.created_at:%Y-%m-%d %H:%M} UTC.",
                fix="Nothing must be done for what is urgent: it has left by single calls. If "
                "Amazon never ends the feed, its items are planned again.",
                since=feed.created_at,
            )


def _feed_name(feed: Effect) -> str:
    return feed.reference or f"effect {feed.effect_id}"


def _stopped_batches(runs: Iterable[RunFigures]) -> Iterator[Incident]:
    """What the breaker stopped, unless a later run of the same flow went through."""
    open_since: dict[tuple[str, str, str], datetime] = {}
    latest: dict[tuple[str, str, str], RunFigures] = {}
    for run in runs:
        place = (run.flow, run.account, run.marketplace)
        latest[place] = run
        if run.stopped:
            open_since.setdefault(place, run.ended_at)
        else:
            open_since.pop(place, None)
    for place, since in open_since.items():
        flow, account, marketplace = place
        yield Incident(
            kind=NoticeKind.STOPPED_BATCHES,
            account=account,
            key=f"{flow} {marketplace}".strip(),
            title="A batch was stopped whole",
            words=" ".join(latest[place].stopped),
            fix="Look at the held items of the run. If the source is wrong, mend it there; if the "
            "values are right, raise the limit of the offer profile.",
            since=since,
        )


def _held_items(rules: NoticeRules, work: UnitOfWork) -> Iterator[Incident]:
    for held in work.vitals.held_listings():
        if held.count > rules.held_over:
            marketplace = find_marketplace(held.marketplace_id)
            yield Incident(
                kind=NoticeKind.HELD_ITEMS,
                account=held.account,
                key=marketplace.country if marketplace else held.marketplace_id,
                title="Many items are held",
                words=f"{held.count} items are held; more than {rules.held_over} are told.",
                fix="`affluent lists` shows them with their reasons; `affluent errors` tells what "
                "to do about each reason.",
                since=held.oldest,
            )
