"""Destinations and subscriptions, through Amazon's own SDK and through python-amazon-sp-api."""

from __future__ import annotations

import pytest
from amazon_sdk import amazon_sdk
from saleweaver import Saleweaver
from sp_api.api import Notifications
from sp_api.base.exceptions import SellingApiForbiddenException
from spapi import NotificationsApi
from spapi.models.notifications_v1 import (
    CreateDestinationRequest,
    CreateSubscriptionRequest,
    DestinationResourceSpecification,
    SqsResource,
)

from tests.sandbox.running import RunningSandbox

QUEUE = "arn:aws:sqs:us-east-1:123456789012:peers"
ORDER_CHANGE = "ORDER_CHANGE"


def test_amazons_sdk_subscribes_a_queue(sandbox: RunningSandbox) -> None:
    application = amazon_sdk(sandbox, scope="sellingpartnerapi::notifications")
    seller = amazon_sdk(sandbox)
    destinations = NotificationsApi(application.client)
    subscriptions = NotificationsApi(seller.client)
    queue = DestinationResourceSpecification(sqs=SqsResource(arn=f"{QUEUE}-sdk"))

    made = application.read(
        destinations.create_destination,
        CreateDestinationRequest(resource_specification=queue, name="peers-sdk"),
    ).payload
    listed = application.read(destinations.get_destinations).payload
    subscribed = seller.read(
        subscriptions.create_subscription,
        ORDER_CHANGE,
        CreateSubscriptionRequest(payload_version="1.0", destination_id=made.destination_id),
    ).payload
    read = seller.read(subscriptions.get_subscription, ORDER_CHANGE).payload
    application.read(
        destinations.delete_subscription_by_id, subscribed.subscription_id, ORDER_CHANGE
    )
    application.read(destinations.delete_destination, made.destination_id)

    assert made.resource.sqs.arn == f"{QUEUE}-sdk"
    assert made in listed
    assert read == subscribed
    assert application.read(destinations.get_destinations).payload == []


def test_python_amazon_sp_api_subscribes_a_queue_but_cannot_end_it(
    sandbox: RunningSandbox,
) -> None:
    notifications = Saleweaver(sandbox).client(Notifications)

    made = notifications.create_destination("peers", arn=QUEUE).payload
    subscribed = notifications.create_subscription(
        ORDER_CHANGE, destination_id=made["destinationId"]
    ).payload
    read = notifications.get_subscription(ORDER_CHANGE).payload
    with pytest.raises(SellingApiForbiddenException, match="scope"):
        # Amazon's model calls the operation grantless; the library sends the seller's token.
        notifications.delete_notification_subscription(ORDER_CHANGE, subscribed["subscriptionId"])
    application = amazon_sdk(sandbox, scope="sellingpartnerapi::notifications")
    NotificationsApi(application.client).delete_subscription_by_id(
        subscribed["subscriptionId"], ORDER_CHANGE
    )
    notifications.delete_destination(made["destinationId"])

    assert made["resource"]["sqs"]["arn"] == QUEUE
    assert read == subscribed
    assert subscribed["destinationId"] == made["destinationId"]
