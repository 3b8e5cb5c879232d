"""Amazon's notifications: where they are sent, and which ones a seller has subscribed to."""

from __future__ import annotations

from dataclasses import dataclass


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
