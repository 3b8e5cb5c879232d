"""Amazon's notifications: where they are sent, and which ones a seller has subscribed to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

#: Told of an order that is new, paid, shipped or cancelled.
ORDER_CHANGE: Final = "ORDER_CHANGE"
ORDER_CHANGE_VERSION: Final = "1.0"


@dataclass(frozen=True, slots=True)
class SqsQueue:
    """A standard queue of Amazon's Simple Queue Service."""

    arn: str


@dataclass(frozen=True, slots=True)
class EventBridge:
    """An event bus of an Amazon Web Services account."""

    region: str
    account_id: str


@dataclass(frozen=True, slots=True)
class Destination:
    """Where notifications go. `resource` is None where it is of a kind that we do not know."""

    destination_id: str
    name: str
    resource: SqsQueue | EventBridge | None


@dataclass(frozen=True, slots=True)
class Subscription:
    """One notification type of one seller, sent to one destination."""

    subscription_id: str
    notification_type: str
    destination_id: str
    payload_version: str


@dataclass(frozen=True, slots=True)
class QueuedNotification:
    """A message of the queue, as far as it concerns us: which order of which seller has changed.

    `receipt` is what the queue wants back to remove it. `problem` says why nothing can be done
    with it. The message itself, which may hold a buyer's postal code, goes no further.
    """

    message_id: str
    receipt: str
    notification_id: str = ""
    notification_type: str = ""
    seller_id: str = ""
    marketplace_id: str = ""
    order_id: str = ""
    problem: str = ""


class Outcome(StrEnum):
    """What became of a notification."""

    RECORDED = "recorded"
    SET_ASIDE = "set aside"


@dataclass(frozen=True, slots=True)
class ReceivedNotification:
    """What we keep of a notification: enough to recognise it when it comes again."""

    notification_id: str
    notification_type: str
    account: str
    order_id: str
    outcome: Outcome
    reason: str
    received_at: datetime
