"""Notifications API v1: destinations and subscriptions."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import Response

from sandbox.amazon import parameters
from sandbox.amazon.notifications.book import Destination, Subscription
from sandbox.amazon.state import AmazonState
from sandbox.amazon.wire import Json, NotFound, json_response

_QUEUE_ARN = re.compile(r"arn:aws:sqs:\S+:\S+:\S+")
_LONGEST_NAME = 256


class NotificationsApi:
    """Takes down what was asked for; the messages are for the admin port to hand out."""

    def __init__(self, state: AmazonState) -> None:
        self._state = state

    async def create_destination(self, request: Request) -> Response:
        """POST /notifications/v1/destinations."""
        body = await parameters.json_body(request)
        name = _text(body, "name")
        if len(name) > _LONGEST_NAME:
            raise parameters.invalid("name")
        resource = _resource(body.get("resourceSpecification"), name)
        made = self._state.notifications.add_destination(name, resource)
        return json_response({"payload": _destination_json(made)})

    async def get_destinations(self, _request: Request) -> Response:
        """GET /notifications/v1/destinations."""
        found = self._state.notifications.destinations()
        return json_response({"payload": [_destination_json(one) for one in found]})

    async def get_destination(self, request: Request) -> Response:
        """GET /notifications/v1/destinations/{destinationId}."""
        destination_id = request.path_params["destination_id"]
        found = self._state.notifications.destination(destination_id)
        return json_response({"payload": _destination_json(found)})

    async def delete_destination(self, request: Request) -> Response:
        """DELETE /notifications/v1/destinations/{destinationId}."""
        self._state.notifications.remove_destination(request.path_params["destination_id"])
        return json_response({})

    async def create_subscription(self, request: Request) -> Response:
        """POST /notifications/v1/subscriptions/{notificationType}."""
        body = await parameters.json_body(request)
        made = self._state.notifications.subscribe(
            request.path_params["notification_type"],
            _text(body, "payloadVersion"),
            _text(body, "destinationId"),
        )
        return json_response({"payload": _subscription_json(made)})

    async def get_subscription(self, request: Request) -> Response:
        """GET /notifications/v1/subscriptions/{notificationType}: the latest version's, or one."""
        version = request.query_params.get("payloadVersion")
        found = [
            one
            for one in self._state.notifications.subscriptions(
                request.path_params["notification_type"]
            )
            if version in (None, one.payload_version)
        ]
        if not found:
            raise NotFound
        latest = max(found, key=lambda one: one.payload_version)
        return json_response({"payload": _subscription_json(latest)})

    async def get_subscription_by_id(self, request: Request) -> Response:
        """GET /notifications/v1/subscriptions/{notificationType}/{subscriptionId}."""
        found = self._state.notifications.subscription(**request.path_params)
        return json_response({"payload": _subscription_json(found)})

    async def delete_subscription_by_id(self, request: Request) -> Response:
        """DELETE /notifications/v1/subscriptions/{notificationType}/{subscriptionId}."""
        self._state.notifications.unsubscribe(**request.path_params)
        return json_response({})


def _text(body: Json, name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise parameters.invalid(name)
    return value


def _resource(specification: object, name: str) -> Json:
    """The resource that a specification makes: exactly one queue or event bus."""
    if not isinstance(specification, dict) or len(specification) != 1:
        raise parameters.invalid("resourceSpecification")
    [(kind, wanted)] = specification.items()
    if not isinstance(wanted, dict):
        raise parameters.invalid(kind)
    if kind == "sqs":
        arn = _text(wanted, "arn")
        if not _QUEUE_ARN.fullmatch(arn):
            raise parameters.invalid("arn")
        return {"sqs": {"arn": arn}}
    if kind == "eventBridge":
        region, account_id = _text(wanted, "region"), _text(wanted, "accountId")
        source = f"aws.partner/sellingpartnerapi.amazon.com/{account_id}/{name}"
        return {"eventBridge": {"name": source, "region": region, "accountId": account_id}}
    raise parameters.invalid("resourceSpecification")


def _destination_json(destination: Destination) -> Json:
    return {
        "destinationId": destination.destination_id,
        "name": destination.name,
        "resource": destination.resource,
    }


def _subscription_json(subscription: Subscription) -> Json:
    return {
        "subscriptionId": subscription.subscription_id,
        "payloadVersion": subscription.payload_version,
        "destinationId": subscription.destination_id,
    }
