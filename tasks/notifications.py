"""Amazon's notifications: receiving them, recording what they tell of, removing them."""

from __future__ import annotations

from affluent.bootstrap import Application
from affluent.domain.account import Account
from affluent.domain.errors import InvariantBroken
from affluent.domain.notification import QueuedNotification
from affluent.orders.notifications import Taken, take_notifications
from affluent.orders.spans import mark_drained
from affluent.ports.notifications import NotificationQueue
from affluent.submissions.context import Sender
from tasks.runtime import Voyage, reading, writing


@reading
def receive(application: Application, wait_seconds: int) -> list[QueuedNotification]:
    """The next messages of the queue, waited for a while."""
    return _queue(application).receive(wait_seconds)


@reading
def record_changed_orders(voyage: Voyage, messages: list[QueuedNotification]) -> Taken:
    """Record the orders that the messages tell of, each asked for once."""
    return take_notifications(messages, _accounts(voyage), lambda one: _sender(voyage, one))


@reading
def note_empty_queue(voyage: Voyage) -> None:
    """Nothing waits: what the queue had until now has been seen."""
    for account in _accounts(voyage):
        mark_drained(account.name, _sender(voyage, account))


@writing
def remove(application: Application, messages: list[QueuedNotification]) -> None:
    """Remove messages whose orders are recorded."""
    _queue(application).remove(messages)


def _queue(application: Application) -> NotificationQueue:
    queue = application.notification_queue
    if queue is None:
        raise InvariantBroken("Notifications were asked for, and no queue is set up.")
    return queue


def _accounts(voyage: Voyage) -> list[Account]:
    application = voyage.application
    return [application.account(one.name) for one in application.settings.accounts]


def _sender(voyage: Voyage, account: Account) -> Sender:
    return voyage.sender(account.name, account.marketplaces[0])
