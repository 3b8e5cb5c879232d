"""Destinations of the application and subscriptions of the seller."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

from sandbox.amazon.wire import ApiError, Json, NotFound


@dataclass(frozen=True)
class Destination:
    """A queue or an event bus, as it was asked for."""

    destination_id: str
    name: str
    resource: Json


@dataclass(frozen=True)
class Subscription:
    """One notification type in one payload version, sent to one destination."""

    subscription_id: str
    notification_type: str
    payload_version: str
    destination_id: str


class NotificationBook:
    """Everything that was made, by its id, and every message that was sent, oldest first."""

    def __init__(self) -> None:
        self._destinations: dict[str, Destination] = {}
        self._subscriptions: dict[str, Subscription] = {}
        self._numbers = count(1)
        self.sent: list[Json] = []

    def add_destination(self, name: str, resource: Json) -> Destination:
        """Make a destination; 409 where there is one for this resource."""
        if any(one.resource == resource for one in self._destinations.values()):
            raise conflict("There is a destination for this resource already.")
        destination = Destination(self._next_id(), name, resource)
        self._destinations[destination.destination_id] = destination
        return destination

    def destinations(self) -> list[Destination]:
        """All of them."""
        return list(self._destinations.values())

    def destination(self, destination_id: str) -> Destination:
        """One of them, or 404."""
        try:
            return self._destinations[destination_id]
        except KeyError:
            raise NotFound from None

    def remove_destination(self, destination_id: str) -> None:
        """Forget one; 404 where there is none, 409 while a subscription uses it."""
        self.destination(destination_id)
        if any(one.destination_id == destination_id for one in self._subscriptions.values()):
            raise conflict("A subscription uses this destination.")
        del self._destinations[destination_id]

    def subscribe(
        self, notification_type: str, payload_version: str, destination_id: str
    ) -> Subscription:
        """Make a subscription; 409 where there is one of this type and version."""
        found = self.subscriptions(notification_type)
        if any(one.payload_version == payload_version for one in found):
            raise conflict("There is a subscription to this notification type already.")
        self.destination(destination_id)
        made = Subscription(self._next_id(), notification_type, payload_version, destination_id)
        self._subscriptions[made.subscription_id] = made
        return made

    def subscriptions(self, notification_type: str) -> list[Subscription]:
        """The seller's subscriptions to one type, oldest first."""
        found = self._subscriptions.values()
        return [one for one in found if one.notification_type == notification_type]

    def subscription(self, notification_type: str, subscription_id: str) -> Subscription:
        """One subscription, or 404."""
        for one in self.subscriptions(notification_type):
            if one.subscription_id == subscription_id:
                return one
        raise NotFound

    def unsubscribe(self, notification_type: str, subscription_id: str) -> None:
        """End one subscription, or 404."""
        del self._subscriptions[
            self.subscription(notification_type, subscription_id).subscription_id
        ]

    def next_notification_id(self) -> str:
        """An id that no notification has yet."""
        return self._next_id()

    def _next_id(self) -> str:
        return f"00000000-0000-4000-8000-{next(self._numbers):012}"


def conflict(message: str) -> ApiError:
    """409: what is asked for stands in the way of what exists."""
    return ApiError(409, message, code="Conflict")
