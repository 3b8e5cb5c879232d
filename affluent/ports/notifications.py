"""Amazon's notifications: the queue they come through, who may send there, what came already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from affluent.domain.notification import (
    Destination,
    EventBridge,
    QueuedNotification,
    ReceivedNotification,
    SqsQueue,
    Subscription,
)


class NotificationQueue(Protocol):
    """The queue of the application. What is received is hidden from others for a while, and comes
    again unless it is removed."""

    def receive(self, wait_seconds: int) -> list[QueuedNotification]:
        """The next few messages; none where nothing came for so long (at most 20 seconds)."""
        ...

    def depth(self) -> int:
        """About how many messages wait."""
        ...

    def remove(self, messages: Sequence[QueuedNotification]) -> None:
        """Remove messages for good."""
        ...


class NotificationsPort(Protocol):
    """Notifications API v1 of one seller."""

    def create_destination(self, name: str, resource: SqsQueue | EventBridge) -> Destination:
        """Make the application's destination for a resource; Refused where there is one."""
        ...

    def destinations(self) -> tuple[Destination, ...]:
        """All of the application's."""
        ...

    def delete_destination(self, destination_id: str) -> None:
        """End a destination."""
        ...

    def subscribe(
        self, notification_type: str, destination_id: str, payload_version: str
    ) -> Subscription:
        """Subscribe the seller; Refused where the seller has a subscription of this type."""
        ...

    def subscription(self, notification_type: str) -> Subscription | None:
        """The seller's subscription to this type, or None."""
        ...

    def unsubscribe(self, notification_type: str, subscription_id: str) -> None:
        """End a subscription."""
        ...


class ReceivedNotifications(Protocol):
    """The notifications that came, so that one that comes again is recognised."""

    def save(self, notifications: Sequence[ReceivedNotification]) -> None:
        """Keep them, in bulk; the first outcome of each stays."""
        ...

    def known(self, notification_ids: Sequence[str]) -> set[str]:
        """Which of these came before."""
        ...

    def forget(self, before: datetime) -> None:
        """Forget what came before then: no queue keeps a message for longer than two weeks."""
        ...
