"""Amazon's usage plans in use: which buckets bind a call, and how long a batch takes."""

import threading
from dataclasses import dataclass
from typing import Any

import pytest

from affluent.domain.forecast import feed_seconds
from affluent.domain.lane import Lane
from affluent.domain.plan import Change, Operation
from connectors.amazon.forecast import Forecasts
from connectors.amazon.usage_plans import RATE_HEADER, buckets_of, plan_of, preview_of
from connectors.http.quota import InMemoryBuckets
from connectors.http.token_buckets import TokenBuckets
from sandbox.amazon.throttling import Throttle
from sandbox.amazon.usage_plans import USAGE_PLANS

OFFER = {"path": "/attributes/purchasable_offer"}
TITLE = {"path": "/attributes/item_name"}
PARENT = {"path": "/attributes/child_parent_sku_relationship"}


@dataclass
class Time:
    """One clock for both sides, which moves only when somebody pauses."""

    now: float = 1_795_521_600.0
    speed: float = 20.0

    def pause(self, _call: threading.Event, seconds: float) -> None:
        self.now += seconds

    def seconds(self) -> float:
        """The vendor's time, as the sandbox asks for it."""
        return self.now * self.speed


def quota(time: Time) -> TokenBuckets:
    return TokenBuckets(
        buckets_of,
        InMemoryBuckets(),
        account="seller",
        rate_header=RATE_HEADER,
        speed=time.speed,
        now=lambda: time.now,
        pause=time.pause,
    )


def change(operation: Operation = Operation.PATCH_OFFER, **payload: Any) -> Change:
    return Change(operation, "us", "US", "A-1", after={}, why="", payload=payload)


@pytest.mark.parametrize(
    ("operation", "payload", "shared"),
    [
        ("patchListingsItem", {"patches": [OFFER]}, ["patchListingsItem"]),
        (
            "patchListingsItem",
            {"patches": [OFFER, TITLE]},
            ["patchListingsItem", "patchListingsItem: product data"],
        ),
        (
            "patchListingsItem",
            {"patches": [TITLE, PARENT]},
            ["patchListingsItem", "patchListingsItem: relationships"],
        ),
        ("putListingsItem", {"attributes": {"item_name": []}}, ["putListingsItem"]),
        (
            "putListingsItem",
            {"attributes": {"item_name": [], "variation_theme": []}},
            ["putListingsItem", "putListingsItem: relationships"],
        ),
    ],
)
def test_what_a_call_writes_decides_on_the_applications_buckets(
    operation: str, payload: dict[str, Any], shared: list[str]
) -> None:
    account, *application = buckets_of(plan_of(operation, payload))
    assert (account.name, account.is_shared) == (operation, False)
    assert [bucket.name for bucket in application] == shared
    assert all(bucket.is_shared and not bucket.rate_is_told for bucket in application)


def test_a_preview_draws_from_a_bucket_of_its_own() -> None:
    assert buckets_of(preview_of("putListingsItem"))[-1].rate == 20.0


def test_no_bucket_is_believed_to_be_larger_or_faster_than_amazons() -> None:
    for name, plan in USAGE_PLANS.items():
        operation, _, feed_type = name.partition(":")
        if operation == "createFeed" and not feed_type:
            continue  # ours sends one feed type only, which has the other plan
        bucket = buckets_of(operation)[0]
        assert bucket.rate == pytest.approx(plan.rate), name
        assert bucket.burst <= plan.burst, name


def test_two_accounts_share_the_applications_buckets_and_nothing_else() -> None:
    time, store = Time(speed=1.0), InMemoryBuckets()
    one, another = (
        TokenBuckets(
            buckets_of, store, account=name, now=lambda: time.now, pause=time.pause
        )
        for name in ("one", "another")
    )  # fmt: skip
    for quota_of in (one, another):
        quota_of.wait("patchListingsItem", count=4, lane=Lane.SAFETY)
    application = store.look("application/patchListingsItem").full_at
    assert time.now == 1_795_521_600.0
    assert application - time.now == pytest.approx(2 * 25 / 500, rel=0.02)


def test_a_batch_of_patches_takes_as_long_as_foretold_and_is_never_throttled() -> None:
    time = Time()
    metered = quota(time)
    throttle = Throttle(time, enabled=True)
    patches = [change(patches=[OFFER])] * 500
    foretold = Forecasts(metered).of(patches).singly.calls[0]
    began = time.seconds()
    for _ in patches:
        metered.wait("patchListingsItem", lane=Lane.OFFERS)
        assert throttle.admits("patchListingsItem", "seller")
    assert (foretold.operation, foretold.count) == ("patchListingsItem", 500)
    assert time.seconds() - began == pytest.approx(foretold.seconds, rel=0.1)


def test_the_forecast_knows_what_the_buckets_hold_and_what_amazon_told() -> None:
    time = Time()
    metered = quota(time)
    forecasts, batch = Forecasts(metered), [change(patches=[OFFER])] * 100
    full = forecasts.of(batch).singly.seconds
    metered.wait("patchListingsItem", count=2)
    emptier = forecasts.of(batch).singly.seconds
    assert emptier - full == pytest.approx(2 / 5, rel=0.05)
    metered.learn("patchListingsItem", {RATE_HEADER: "2.5"}, 200)
    assert forecasts.of(batch).singly.calls[0].seconds == pytest.approx(40, rel=0.05)


def test_a_feed_is_foretold_with_its_calls() -> None:
    puts = [change(Operation.PUT_LISTING, attributes={"item_name": []})] * 30_000
    orders = [change(Operation.CREATE_ORDER)]
    foretold = Forecasts(quota(Time())).of(puts + orders).as_feed
    counts = {one.operation: one.count for one in foretold.calls}
    processing = feed_seconds(25_000) + feed_seconds(5_000)
    assert foretold.processing_seconds == processing
    assert foretold.seconds > processing
    assert counts == {
        "createFeedDocument": 2,
        "createFeed": 2,
        "getFeed": int(processing // 15),
        "getFeedDocument": 2,
        "searchListingsItems": 1_500,
    }


@pytest.mark.behaviour("N10")
def test_a_thousand_shipments_are_foretold_with_the_orders_that_are_read_back() -> None:
    """2 confirmations a second after 10 at once, and 0.5 orders a second after 30 at once."""
    confirmations = [
        change(Operation.CONFIRM_SHIPMENT, order_id=f"order-{number % 500}")
        for number in range(1000)
    ]
    foretold = Forecasts(quota(Time())).of(confirmations).singly

    calls = {one.operation: (one.count, one.seconds) for one in foretold.calls}
    assert calls == {
        "confirmShipment": (1000, pytest.approx(495, rel=0.02)),
        "getOrder": (500, pytest.approx(940, rel=0.02)),
    }
