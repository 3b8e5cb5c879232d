"""The queue's connector with real boto3 against a real SQS, as moto serves it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from affluent.domain.errors import ConfigurationError, Retryable
from connectors.amazon.queue import SqsQueue
from tests.integration.queues import KEY_ID, REGION, SECRET, LocalQueue, new_queue, queue_server


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with queue_server() as endpoint:
        yield endpoint


@pytest.fixture
def local(server: str) -> LocalQueue:
    return new_queue(server)


@pytest.fixture
def queue(local: LocalQueue) -> SqsQueue:
    return opened(local)


def opened(local: LocalQueue, arn: str = "") -> SqsQueue:
    return SqsQueue(arn or local.arn, lambda: KEY_ID, lambda: SECRET, endpoint=local.endpoint)


def order_change(order_id: str, number: int = 1, **envelope: Any) -> dict[str, Any]:
    """A message after Amazon's schema of ORDER_CHANGE 1.0."""
    return {
        "NotificationVersion": "1.0",
        "NotificationType": "ORDER_CHANGE",
        "PayloadVersion": "1.0",
        "EventTime": "2026-11-24T10:00:00.000Z",
        "Payload": {
            "OrderChangeNotification": {
                "NotificationLevel": "OrderLevel",
                "SellerId": "A1SELLER",
                "AmazonOrderId": order_id,
                "OrderChangeType": "OrderStatusChange",
                "OrderChangeTrigger": {"TimeOfOrderChange": None, "ChangeReason": "x"},
                "Summary": {
                    "MarketplaceId": "ATVPDKIKX0DER",
                    "OrderStatus": "Unshipped",
                    "DestinationPostalCode": "89501",
                    "OrderItems": [],
                },
            }
        },
        "NotificationMetadata": {"NotificationId": f"n-{number}"},
        **envelope,
    }


def test_a_message_says_which_order_of_which_seller_has_changed(
    local: LocalQueue, queue: SqsQueue
) -> None:
    local.put(order_change("111-1"))

    [one] = queue.receive(0)

    assert (one.notification_id, one.notification_type) == ("n-1", "ORDER_CHANGE")
    assert (one.seller_id, one.marketplace_id) == ("A1SELLER", "ATVPDKIKX0DER")
    assert (one.order_id, one.problem) == ("111-1", "")
    assert "89501" not in repr(one)


def test_an_event_bus_may_have_wrapped_it(local: LocalQueue, queue: SqsQueue) -> None:
    local.put({"version": "0", "detail-type": "ORDER_CHANGE", "detail": order_change("111-2")})

    [one] = queue.receive(0)

    assert one.order_id == "111-2"


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("{", "not a JSON object"),
        ("[1]", "not a JSON object"),
        ("{}", "no notification of Amazon's"),
        (json.dumps(order_change("1", NotificationMetadata="x")), "no notification"),
        (json.dumps(order_change("1", NotificationType="PRICING_HEALTH")), "PRICING_HEALTH"),
        (json.dumps(order_change("1", Payload={})), "no OrderChangeNotification"),
        (json.dumps(order_change("")), "not what Amazon's schema"),
        (json.dumps(order_change("1", Payload=[])), "not what Amazon's schema"),
    ],
)
def test_what_cannot_be_read_says_why_and_repeats_nothing(
    local: LocalQueue, queue: SqsQueue, body: str, problem: str
) -> None:
    local.put(body)

    [one] = queue.receive(0)

    assert problem in one.problem
    assert one.order_id == ""
    assert "89501" not in repr(one)


def test_what_is_not_removed_comes_again_and_what_is_removed_does_not(
    local: LocalQueue, queue: SqsQueue
) -> None:
    local.put(*(order_change(f"111-{number}", number) for number in range(23)))
    received = [one for _ in range(3) for one in queue.receive(0)]

    queue.remove(received[1:])

    assert len({one.order_id for one in received}) == 23
    assert local.left() == 1
    local.client.change_message_visibility(
        QueueUrl=local.url, ReceiptHandle=received[0].receipt, VisibilityTimeout=0
    )
    [again] = queue.receive(0)
    assert again.order_id == received[0].order_id
    assert again.receipt != received[0].receipt


def test_a_receipt_that_is_refused_does_not_stop_the_others(
    local: LocalQueue, queue: SqsQueue, caplog: pytest.LogCaptureFixture
) -> None:
    local.put(order_change("111-1"))
    [one] = queue.receive(0)
    queue.remove([replace(one, receipt="no receipt"), one])

    assert local.left() == 0
    assert "1 messages were not removed" in caplog.text


def test_an_empty_queue_answers_nothing(queue: SqsQueue, local: LocalQueue) -> None:
    assert queue.receive(0) == []
    assert queue.depth() == 0


def test_a_queue_that_does_not_exist_is_named_with_its_fix(local: LocalQueue) -> None:
    arn = f"arn:aws:sqs:{REGION}:123456789012:nowhere"

    with pytest.raises(ConfigurationError, match="nowhere") as raised:
        opened(local, arn).receive(0)

    assert "queue_arn" in raised.value.fix


def test_a_server_that_is_not_there_may_be_asked_again() -> None:
    arn = f"arn:aws:sqs:{REGION}:123456789012:affluent"

    with pytest.raises(Retryable, match="was not reached"):
        SqsQueue(arn, lambda: KEY_ID, lambda: SECRET, endpoint="http://127.0.0.1:9").receive(0)


def test_without_its_extra_the_error_names_it(
    local: LocalQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "boto3", None)

    with pytest.raises(ConfigurationError, match=r"affluent\[aws\]"):
        opened(local).receive(0)
