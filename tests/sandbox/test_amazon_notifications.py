"""Destinations and subscriptions: who may ask for them, and what stands in the way."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.sandbox.amazon_store import AmazonStore

ROOT = "/notifications/v1"
ARN = "arn:aws:sqs:us-east-2:444455556666:queue1"
QUEUE = {"name": "ours", "resourceSpecification": {"sqs": {"arn": ARN}}}


class Application:
    """The application's two ways to ask: for the seller, and for itself."""

    def __init__(self, store: AmazonStore) -> None:
        self._store = store
        scope = "sellingpartnerapi::notifications"
        login = store.log_in(grant_type="client_credentials", scope=scope)
        self._grantless = {"x-amz-access-token": login["access_token"]}

    def ask(self, method: str, path: str, body: Any = None) -> httpx.Response:
        return self._store.client.request(method, ROOT + path, json=body, headers=self._grantless)

    def ask_for_the_seller(self, method: str, path: str, body: Any = None) -> httpx.Response:
        return self._store.client.request(method, ROOT + path, json=body)

    def destination_id(self) -> str:
        made: str = self.ask("POST", "/destinations", QUEUE).json()["payload"]["destinationId"]
        return made


@pytest.fixture
def application() -> Application:
    return Application(AmazonStore())


def test_a_destination_is_made_found_and_deleted(application: Application) -> None:
    destination_id = application.destination_id()
    expected = {"destinationId": destination_id, "name": "ours", "resource": {"sqs": {"arn": ARN}}}
    assert application.ask("GET", "/destinations").json() == {"payload": [expected]}
    path = f"/destinations/{destination_id}"
    assert application.ask("GET", path).json() == {"payload": expected}
    assert application.ask("DELETE", path).json() == {}
    assert application.ask("GET", path).status_code == 404


def test_an_event_bus_gets_a_name(application: Application) -> None:
    bus = {"eventBridge": {"region": "us-east-1", "accountId": "1"}}
    body = {"name": "bus", "resourceSpecification": bus}
    made = application.ask("POST", "/destinations", body).json()["payload"]
    assert made["resource"]["eventBridge"]["name"].endswith("/1/bus")


def test_a_second_destination_for_a_queue_is_a_conflict(application: Application) -> None:
    application.destination_id()
    refused = application.ask("POST", "/destinations", {**QUEUE, "name": "again"})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "Conflict")


@pytest.mark.parametrize(
    "specification",
    [None, {}, {"sqs": {"arn": "arn:aws:sns:1:2:3"}}, {"sqs": {}}, {"sms": {}}, {"sqs": "queue"}],
)
def test_a_destination_must_be_one_queue_or_bus(
    application: Application, specification: Any
) -> None:
    body = {"name": "x", "resourceSpecification": specification}
    assert application.ask("POST", "/destinations", body).status_code == 400


def test_destinations_need_a_grantless_token(application: Application) -> None:
    refused = application.ask_for_the_seller("GET", "/destinations")
    assert refused.status_code == 403
    assert "scope" in refused.json()["errors"][0]["details"]


def test_a_seller_subscribes_once_to_each_version_of_a_type(application: Application) -> None:
    body = {"payloadVersion": "1.0", "destinationId": application.destination_id()}
    path = "/subscriptions/ORDER_CHANGE"
    made = application.ask_for_the_seller("POST", path, body)
    assert made.status_code == 200
    assert application.ask_for_the_seller("GET", path).json() == made.json()
    assert application.ask_for_the_seller("POST", path, body).status_code == 409
    newer = application.ask_for_the_seller("POST", path, {**body, "payloadVersion": "2.0"})
    assert application.ask_for_the_seller("GET", path).json() == newer.json()
    older = application.ask_for_the_seller("GET", f"{path}?payloadVersion=1.0")
    assert older.json() == made.json()
    assert application.ask_for_the_seller("GET", "/subscriptions/PRICING_HEALTH").status_code == 404


def test_a_subscription_needs_a_destination_that_exists(application: Application) -> None:
    body = {"payloadVersion": "1.0", "destinationId": "nowhere"}
    refused = application.ask_for_the_seller("POST", "/subscriptions/ORDER_CHANGE", body)
    assert refused.status_code == 404


def test_a_subscription_is_ended_by_its_id_without_the_seller(application: Application) -> None:
    destination_id = application.destination_id()
    body = {"payloadVersion": "1.0", "destinationId": destination_id}
    made = application.ask_for_the_seller("POST", "/subscriptions/ORDER_CHANGE", body).json()
    path = f"/subscriptions/ORDER_CHANGE/{made['payload']['subscriptionId']}"
    assert application.ask("DELETE", f"/destinations/{destination_id}").status_code == 409
    assert application.ask_for_the_seller("GET", path).status_code == 403
    assert application.ask("GET", path).json() == made
    assert application.ask("DELETE", path).json() == {}
    assert application.ask("DELETE", path).status_code == 404
    assert application.ask("DELETE", f"/destinations/{destination_id}").status_code == 200
