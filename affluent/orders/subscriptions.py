"""Who tells the queue of changed orders: a destination, and a subscription of each seller."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from affluent.domain.notification import (
    ORDER_CHANGE,
    ORDER_CHANGE_VERSION,
    Destination,
    SqsQueue,
    Subscription,
)
from affluent.ports.notifications import NotificationsPort

_NAME: Final = "Affluent"


@dataclass(frozen=True)
class Standing:
    """What Amazon has for one account. `destination` is the one of our queue."""

    destination: Destination | None
    subscription: Subscription | None

    @property
    def is_told(self) -> bool:
        """Whether the account's orders are told to our queue."""
        return (
            self.destination is not None
            and self.subscription is not None
            and self.subscription.destination_id == self.destination.destination_id
        )


def standing_of(queue_arn: str, amazon: NotificationsPort) -> Standing:
    """What Amazon has now."""
    ours = [one for one in amazon.destinations() if one.resource == SqsQueue(queue_arn)]
    return Standing(ours[0] if ours else None, amazon.subscription(ORDER_CHANGE))


def subscribe(queue_arn: str, amazon: NotificationsPort) -> bool:
    """Let the account's orders be told to the queue; answers whether something was missing.

    A seller has one subscription for each type: one that leads elsewhere is ended first.
    """
    standing = standing_of(queue_arn, amazon)
    if standing.is_told:
        return False
    destination = standing.destination or amazon.create_destination(_NAME, SqsQueue(queue_arn))
    if standing.subscription is not None:
        amazon.unsubscribe(ORDER_CHANGE, standing.subscription.subscription_id)
    amazon.subscribe(ORDER_CHANGE, destination.destination_id, ORDER_CHANGE_VERSION)
    return True


def unsubscribe(queue_arn: str, amazon: NotificationsPort) -> bool:
    """End the account's subscription to our queue; answers whether there was one."""
    standing = standing_of(queue_arn, amazon)
    if not standing.is_told or standing.subscription is None:
        return False
    amazon.unsubscribe(ORDER_CHANGE, standing.subscription.subscription_id)
    return True
