"""Orders come by notification, search and sweep: a loss in any one of them is repaired and named.

Amazon's queue is a real one on this machine; what the sandbox would deliver is put into it.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest

from tests.behaviours.buyers import item
from tests.behaviours.merchant import Json, Merchant
from tests.integration.queues import KEY_ID, SECRET, LocalQueue, new_queue, queue_server

BY_ALL = "701-0000001-0000001"
NOT_NOTIFIED = "702-0000001-0000001"
NOT_SEARCHED = "703-0000001-0000001"
ONLY_SWEPT = "704-0000001-0000001"
TWICE = "705-0000001-0000001"
SALT = item("FOOD-SALT")
#: Longer than three searches overlap.
_LATE = 2400.0


class Post:
    """Amazon's delivery: what the sandbox has to tell goes into the queue, each message once."""

    def __init__(self, merchant: Merchant, queue: LocalQueue) -> None:
        self._merchant = merchant
        self._queue = queue
        self._delivered = 0

    def deliver(self) -> int:
        sent = self._merchant.admin.amazon_notifications()
        self._queue.put(*sent[self._delivered :])
        count, self._delivered = len(sent) - self._delivered, len(sent)
        return count


@pytest.fixture(scope="module")
def queue() -> Iterator[LocalQueue]:
    with queue_server() as endpoint:
        yield new_queue(endpoint)


@pytest.fixture(scope="module")
def subscribed(merchant: Merchant, queue: LocalQueue) -> Iterator[Merchant]:
    """The merchant, whose Amazon account tells the queue of its orders."""
    section = {
        "queue_arn": queue.arn,
        "endpoint": queue.endpoint,
        "access_key_id": {"env": "TEST_KEY_ID"},
        "secret_access_key": {"env": "TEST_KEY_SECRET"},
    }
    merchant.write(notifications=section)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("TEST_KEY_ID", KEY_ID)
        environment.setenv("TEST_KEY_SECRET", SECRET)
        merchant.ask("notifications", "setup")
        yield merchant


@pytest.fixture(scope="module")
def post(subscribed: Merchant, queue: LocalQueue) -> Post:
    return Post(subscribed, queue)


def follow(merchant: Merchant) -> Json:
    return merchant.run("follow_notifications", seconds=0).as_dict()


def search(merchant: Merchant) -> None:
    merchant.await_orders()
    merchant.run("import_orders", account="demo")


def test_orders_are_told_once_the_account_is_subscribed(subscribed: Merchant) -> None:
    told = json.loads(subscribed.ask("notifications", "status", "--json"))

    assert [(one["account"], one["told"]) for one in told["accounts"]] == [("demo", True)]
    assert "was subscribed already" in subscribed.ask("notifications", "setup")


@pytest.mark.behaviour("N12")
def test_a_loss_in_any_source_is_repaired_by_another_and_named(
    subscribed: Merchant, post: Post, queue: LocalQueue
) -> None:
    search(subscribed)
    follow(subscribed)
    subscribed.run("reconcile_orders", account="demo")
    subscribed.buy(BY_ALL, SALT)
    subscribed.buy(NOT_NOTIFIED, SALT, notices=0)
    subscribed.buy(NOT_SEARCHED, SALT, indexSeconds=_LATE)
    subscribed.buy(ONLY_SWEPT, SALT, notices=0, indexSeconds=_LATE)
    subscribed.buy(TWICE, SALT, notices=2)

    assert post.deliver() == 4
    report = follow(subscribed)

    assert report["unchanged"] == 0
    assert queue.left() == 0
    for told in (BY_ALL, NOT_SEARCHED, TWICE):
        assert len(subscribed.orders_in_store(told)) == 1
    search(subscribed)
    assert len(subscribed.orders_in_store(NOT_NOTIFIED)) == 1
    assert subscribed.orders_in_store(ONLY_SWEPT) == []

    for _ in range(3):
        pass_time(subscribed, _LATE / 3)
        search(subscribed)
    follow(subscribed)
    notes = subscribed.run("reconcile_orders", account="demo").notes

    for order_id in (BY_ALL, NOT_NOTIFIED, NOT_SEARCHED, ONLY_SWEPT, TWICE):
        assert len(subscribed.orders_in_store(order_id)) == 1
    named = {note.split(" ")[0]: note for note in notes if "has not shown it" in note}
    assert set(named) == {NOT_NOTIFIED, NOT_SEARCHED, ONLY_SWEPT}
    assert "the notification has not" in named[NOT_NOTIFIED]
    assert "the search has not" in named[NOT_SEARCHED]
    assert "the sweep did" in named[ONLY_SWEPT]


def pass_time(merchant: Merchant, seconds: float) -> None:
    """Let so much of the sandbox's time pass."""
    speed = merchant.admin.summary()["speed"]
    time.sleep(seconds / float(speed))
