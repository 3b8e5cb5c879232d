from urllib.parse import parse_qs

import httpx
import pytest
from scripted_amazon import LOGIN, ScriptedAmazon, answer, refusal

from affluent.domain.errors import OutcomeUnknown, Refused
from affluent.domain.notification import Destination, EventBridge, SqsQueue, Subscription

ROOT = "/notifications/v1"
CREATE = f"POST {ROOT}/destinations"
ARN = "arn:aws:sqs:us-east-1:123:queue"
QUEUE = {"destinationId": "d1", "name": "ours", "resource": {"sqs": {"arn": ARN}}, "new": 1}
SUBSCRIPTION = {"subscriptionId": "s1", "destinationId": "d1", "payloadVersion": "1.0"}
ORDERS = f"{ROOT}/subscriptions/ORDER_CHANGE"


def by_grant() -> ScriptedAmazon:
    """An Amazon that gives every grant a token of its own name."""

    def login(request: httpx.Request) -> httpx.Response:
        form = parse_qs(request.content.decode())
        token = "/".join(form["grant_type"] + form.get("scope", []))
        return answer({"access_token": token, "expires_in": 3_600_000_000})

    return ScriptedAmazon().on(LOGIN, login)


def test_destinations_belong_to_the_application_and_are_grantless() -> None:
    amazon = by_grant().on(CREATE, answer({"payload": QUEUE}))
    amazon.on(f"GET {ROOT}/destinations", answer({"payload": [QUEUE]}))
    amazon.on(f"GET {ROOT}/destinations/d1", answer({"payload": QUEUE}))
    amazon.on(f"DELETE {ROOT}/destinations/d1", answer({}))
    notifications = amazon.account().notifications
    ours = Destination("d1", "ours", SqsQueue(ARN))
    assert notifications.create_destination("ours", SqsQueue(ARN)) == ours
    assert notifications.destinations() == (ours,)
    assert notifications.destination("d1") == ours
    notifications.delete_destination("d1")
    api = [request for request in amazon.requests if request.url.path.startswith(ROOT)]
    assert {request.headers["x-amz-access-token"] for request in api} == {
        "client_credentials/sellingpartnerapi::notifications"
    }
    (form,) = [parse_qs(request.content.decode()) for request in amazon.sent(LOGIN)]
    assert "refresh_token" not in form
    assert amazon.body(CREATE) == {"name": "ours", "resourceSpecification": {"sqs": {"arn": ARN}}}


def test_an_event_bus_is_a_destination_too_and_an_unknown_kind_is_none() -> None:
    bus = {"eventBridge": {"name": "n", "region": "eu-west-1", "accountId": "1"}}
    made = {"destinationId": "d2", "name": "bus", "resource": bus}
    strange = {"destinationId": "d3", "name": "pigeon", "resource": {"carrierPigeon": {}}}
    amazon = by_grant().on(CREATE, answer({"payload": made}))
    amazon.on(f"GET {ROOT}/destinations", answer({"payload": [strange]}))
    notifications = amazon.account().notifications
    resource = EventBridge("eu-west-1", "1")
    assert notifications.create_destination("bus", resource).resource == resource
    assert notifications.destinations()[0].resource is None
    assert amazon.body(CREATE)["resourceSpecification"] == {
        "eventBridge": {"region": "eu-west-1", "accountId": "1"}
    }


def test_a_seller_subscribes_in_his_own_name_and_is_found_again() -> None:
    amazon = by_grant().on(f"POST {ORDERS}", answer({"payload": SUBSCRIPTION}))
    amazon.on(f"GET {ORDERS}", answer({"payload": SUBSCRIPTION}))
    notifications = amazon.account().notifications
    made = notifications.subscribe("ORDER_CHANGE", "d1", "1.0")
    assert made == Subscription("s1", "ORDER_CHANGE", "d1", "1.0")
    assert notifications.subscription("ORDER_CHANGE") == made
    assert amazon.body(f"POST {ORDERS}") == {"payloadVersion": "1.0", "destinationId": "d1"}
    for call in (f"POST {ORDERS}", f"GET {ORDERS}"):
        assert amazon.sent(call)[0].headers["x-amz-access-token"] == "refresh_token"


def test_a_subscription_is_read_and_ended_by_its_id_without_a_seller() -> None:
    path = f"{ORDERS}/s1"
    amazon = by_grant().on(f"GET {path}", answer({"payload": SUBSCRIPTION}))
    amazon.on(f"DELETE {path}", answer({}))
    notifications = amazon.account().notifications
    assert notifications.subscription_by_id("ORDER_CHANGE", "s1").subscription_id == "s1"
    notifications.unsubscribe("ORDER_CHANGE", "s1")
    for call in (f"GET {path}", f"DELETE {path}"):
        assert amazon.sent(call)[0].headers["x-amz-access-token"].startswith("client_credentials")


def test_no_subscription_is_none() -> None:
    amazon = by_grant().on(f"GET {ORDERS}", refusal(404, "NotFound", "No subscription."))
    assert amazon.account().notifications.subscription("ORDER_CHANGE") is None


def test_what_exists_already_is_refused_and_a_lost_answer_is_not_sent_again() -> None:
    amazon = by_grant().on(CREATE, refusal(409, "Conflict", "There is one for this queue."))
    with pytest.raises(Refused, match="There is one"):
        amazon.account().notifications.create_destination("ours", SqsQueue(ARN))
    amazon = by_grant().on(CREATE, httpx.ReadTimeout("late"))
    with pytest.raises(OutcomeUnknown):
        amazon.account().notifications.create_destination("ours", SqsQueue(ARN))
    assert len(amazon.sent(CREATE)) == 1
