"""Orders that a notification tells of: each is asked for, recorded, and then its message may go.

What a message says is a hint and no more: it comes twice, late, out of order, or from a stranger.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from affluent.domain.account import Account
from affluent.domain.errors import ConfigurationError, Refused
from affluent.domain.notification import Outcome, QueuedNotification, ReceivedNotification
from affluent.domain.order import TO_CREATE, AmazonOrder
from affluent.domain.order_source import OrderSource
from affluent.orders.extract import Recorded, keep_orders
from affluent.submissions.context import Sender

#: A queue keeps a message for two weeks at most.
_MEMORY: Final = timedelta(days=30)

SenderOf = Callable[[Account], Sender]


@dataclass
class Taken:
    """A batch of messages after its orders were recorded.

    `recorded` is by account. `removable` may leave the queue; what is in neither comes again.
    """

    recorded: dict[str, Recorded] = field(default_factory=dict)
    removable: list[QueuedNotification] = field(default_factory=list)
    received: list[ReceivedNotification] = field(default_factory=list)
    duplicates: int = 0
    notes: list[str] = field(default_factory=list)


def take_notifications(
    messages: Sequence[QueuedNotification], accounts: Sequence[Account], sender_of: SenderOf
) -> Taken:
    """Record the orders of a batch, with one getOrder for each.

    An account that Amazon bars keeps its messages in the queue; the others go on.
    """
    taken = Taken()
    for account, ours in _sorted_out(messages, accounts, sender_of, taken).items():
        try:
            _take(account, ours, sender_of(account), taken)
        except ConfigurationError as barred:
            taken.notes.append(f"{account.name}: {len(ours)} notifications wait: {barred}")
    return taken


def _sorted_out(
    messages: Sequence[QueuedNotification],
    accounts: Sequence[Account],
    sender_of: SenderOf,
    taken: Taken,
) -> dict[Account, list[QueuedNotification]]:
    """The messages by account; what came before and what is nobody's is settled here."""
    sender = sender_of(accounts[0])
    now = sender.clock.now()
    with sender.units() as work:
        known = work.notifications.known([one.notification_id for one in messages])
    ours: dict[Account, list[QueuedNotification]] = defaultdict(list)
    strange: list[ReceivedNotification] = []
    for message in messages:
        account = _account_of(message, accounts)
        if message.notification_id in known:
            taken.duplicates += 1
            taken.removable.append(message)
        elif message.problem or account is None:
            problem = message.problem or "no account of the settings has its seller and marketplace"
            strange.append(_received(message, "", problem, now))
            taken.removable.append(message)
        else:
            ours[account].append(message)
    _set_aside(strange, taken)
    with sender.units() as work:
        work.notifications.save(strange)
        work.notifications.forget(now - _MEMORY)
        work.commit()
    return ours


def _take(
    account: Account, messages: Sequence[QueuedNotification], sender: Sender, taken: Taken
) -> None:
    """Ask for the orders, record them, and remember the messages in the same transaction."""
    orders: dict[str, AmazonOrder] = {}
    refused: dict[str, str] = {}
    for order_id in sorted({one.order_id for one in messages}):
        try:
            orders[order_id] = sender.amazon.orders.order(order_id)
        except Refused as refusal:
            refused[order_id] = f"Amazon does not show its order {order_id}: {refusal.what}"
    now = sender.clock.now()
    received = [
        _received(one, account.name, refused.get(one.order_id, ""), now) for one in messages
    ]
    with sender.units() as work:
        keep_orders(orders.values(), account, OrderSource.NOTIFICATION, work, now, sender.safe)
        work.notifications.save(received)
        waiting = work.orders.in_states(account.name, TO_CREATE)
        orders |= sender.safe.recall(account.name, list(orders), work)
        work.commit()
    _set_aside([one for one in received if one.reason], taken)
    taken.received += received
    taken.removable += messages
    known = {one.order_id: one for one in waiting if one.order_id in orders}
    to_create = {key: orders[key] for key in known if orders[key].status.is_paid}
    taken.recorded[account.name] = Recorded(
        len(orders), to_create, {key: known[key] for key in to_create}
    )


def _set_aside(strange: Iterable[ReceivedNotification], taken: Taken) -> None:
    taken.notes += [f"Notification {one.notification_id}: {one.reason}." for one in strange]


def _received(
    message: QueuedNotification, account: str, reason: str, now: datetime
) -> ReceivedNotification:
    return ReceivedNotification(
        notification_id=message.notification_id,
        notification_type=message.notification_type,
        account=account,
        order_id=message.order_id,
        outcome=Outcome.SET_ASIDE if reason else Outcome.RECORDED,
        reason=reason,
        received_at=now,
    )


def _account_of(message: QueuedNotification, accounts: Sequence[Account]) -> Account | None:
    for account in accounts:
        marketplaces = [one.marketplace_id for one in account.marketplaces]
        if account.seller_id == message.seller_id and message.marketplace_id in marketplaces:
            return account
    return None
