"""Notifications API v1: destinations, and what a seller has subscribed to.

Destinations, and a subscription by its id, belong to the application: those calls are grantless.
https://developer-docs.amazon.com/sp-api/docs/notifications-api-v1-reference
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from affluent.domain.errors import NotFound
from affluent.domain.notification import Destination, EventBridge, SqsQueue, Subscription
from connectors.amazon.wire import Json, path_to
from connectors.http.exchange import Request
from connectors.http.transport import HttpClient

_DESTINATIONS: Final = ("notifications", "v1", "destinations")
_SUBSCRIPTIONS: Final = ("notifications", "v1", "subscriptions")


class Notifications:
    """Notifications of one seller. `grantless` is the client that acts for the application."""

    def __init__(self, client: HttpClient, grantless: HttpClient) -> None:
        self._client = client
        self._grantless = grantless

    def create_destination(self, name: str, resource: SqsQueue | EventBridge) -> Destination:
        """createDestination. Refused where the application has one for this resource already."""
        body = {"name": name, "resourceSpecification": _specification(resource)}
        request = Request("createDestination", "POST", path_to(*_DESTINATIONS), body=body)
        return self._grantless.send(request).read(lambda body: _destination(body["payload"]))

    def destinations(self) -> tuple[Destination, ...]:
        """getDestinations: all of the application's."""
        request = Request("getDestinations", "GET", path_to(*_DESTINATIONS))
        return self._grantless.send(request).read(
            lambda body: tuple(_destination(one) for one in body.get("payload") or ())
        )

    def destination(self, destination_id: str) -> Destination:
        """getDestination."""
        request = Request("getDestination", "GET", path_to(*_DESTINATIONS, destination_id))
        return self._grantless.send(request).read(lambda body: _destination(body["payload"]))

    def delete_destination(self, destination_id: str) -> None:
        """deleteDestination."""
        path = path_to(*_DESTINATIONS, destination_id)
        self._grantless.send(Request("deleteDestination", "DELETE", path))

    def subscribe(
        self, notification_type: str, destination_id: str, payload_version: str
    ) -> Subscription:
        """createSubscription. Refused where the seller has one of this type already."""
        request = Request(
            "createSubscription",
            "POST",
            path_to(*_SUBSCRIPTIONS, notification_type),
            body={"payloadVersion": payload_version, "destinationId": destination_id},
        )
        return self._client.send(request).read(_subscription(notification_type))

    def subscription(self, notification_type: str) -> Subscription | None:
        """getSubscription: the seller's subscription to this type, or None."""
        path = path_to(*_SUBSCRIPTIONS, notification_type)
        try:
            answer = self._client.send(Request("getSubscription", "GET", path))
        except NotFound:
            return None
        return answer.read(_subscription(notification_type))

    def subscription_by_id(self, notification_type: str, subscription_id: str) -> Subscription:
        """getSubscriptionById, of any seller of the application."""
        path = path_to(*_SUBSCRIPTIONS, notification_type, subscription_id)
        answer = self._grantless.send(Request("getSubscriptionById", "GET", path))
        return answer.read(_subscription(notification_type))

    def unsubscribe(self, notification_type: str, subscription_id: str) -> None:
        """deleteSubscriptionById."""
        path = path_to(*_SUBSCRIPTIONS, notification_type, subscription_id)
        self._grantless.send(Request("deleteSubscriptionById", "DELETE", path))


def _specification(resource: SqsQueue | EventBridge) -> Json:
    if isinstance(resource, SqsQueue):
        return {"sqs": {"arn": resource.arn}}
    return {"eventBridge": {"region": resource.region, "accountId": resource.account_id}}


def _destination(body: Json) -> Destination:
    resource = body.get("resource") or {}
    queue, bridge = resource.get("sqs"), resource.get("eventBridge")
    where: SqsQueue | EventBridge | None = None
    if queue:
        where = SqsQueue(str(queue["arn"]))
    elif bridge:
        where = EventBridge(str(bridge["region"]), str(bridge["accountId"]))
    return Destination(str(body["destinationId"]), str(body.get("name") or ""), where)


def _subscription(notification_type: str) -> Callable[[Json], Subscription]:
    def read(body: Json) -> Subscription:
        payload = body["payload"]
        return Subscription(
            subscription_id=str(payload["subscriptionId"]),
            notification_type=notification_type,
            destination_id=str(payload["destinationId"]),
            payload_version=str(payload["payloadVersion"]),
        )

    return read
