"""The Amazon connector against the sandbox's Amazon: over HTTP, with its quotas on."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from affluent.domain.account import AccountState, FulfilledBy
from affluent.domain.feed import Feed, FeedMessage, FeedStatus
from affluent.domain.listing import Requirements, SubmissionStatus
from affluent.domain.order import AmazonOrder, OrderStatus
from affluent.domain.plan import Change, Operation
from affluent.domain.shipment import Carrier, ShipmentConfirmation
from connectors.amazon.account import AmazonAccount
from tests.integration.amazon_account import (
    NAME_ONLY,
    SPEED,
    US,
    barcode_of,
    effective,
    eventually,
    offer,
    offer_attributes,
    open_account,
)
from tests.sandbox.running import RunningSandbox, running_sandbox


@pytest.fixture(scope="module")
def sandbox() -> Iterator[RunningSandbox]:
    with running_sandbox("--speed", str(SPEED), "--orders", "6", "--idle-exit", "120") as running:
        yield running


@pytest.fixture(scope="module")
def account(sandbox: RunningSandbox) -> Iterator[AmazonAccount]:
    opened = open_account(sandbox)
    yield opened
    opened.close()


def test_the_account_is_active_and_expires_with_its_refresh_token(
    sandbox: RunningSandbox, account: AmazonAccount
) -> None:
    state, marketplaces = account.sellers.state()
    assert state is AccountState.ACTIVE
    assert US in marketplaces
    assert open_account(sandbox, refresh_token="revoked").sellers.state() == (
        AccountState.EXPIRED,
        (),
    )


def test_a_put_takes_effect_and_a_patch_changes_it(
    sandbox: RunningSandbox, account: AmazonAccount
) -> None:
    sku = "MUG/BLUE, 12 oz 100%"
    barcode = barcode_of(sandbox, "KIT-MUG-BLUE")
    (match,) = account.catalog_items.match(US, [barcode])
    assert match.barcode == barcode

    submission = account.listings.put(offer(sku, match.asin, 14.5, 7))
    assert submission.status is SubmissionStatus.ACCEPTED
    assert submission.request_id
    live = eventually(lambda: effective(account, sku, "14.50"))
    assert live is not None
    assert (live.asin, live.quantity, live.channel) == (match.asin, 7, "DEFAULT")

    patches = [
        {"op": "replace", "path": f"/attributes/{name}", "value": value}
        for name, value in offer_attributes(match.asin, 15.25, 0).items()
        if name in ("purchasable_offer", "fulfillment_availability")
    ]
    payload = {"productType": "KITCHEN", "patches": patches}
    patch = Change(Operation.PATCH_OFFER, "sandbox", US, sku, after={}, why="", payload=payload)
    assert account.listings.patch(patch).status is SubmissionStatus.ACCEPTED
    changed = eventually(lambda: effective(account, sku, "15.25"))
    assert changed is not None
    assert changed.quantity == 0


def test_an_incomplete_listing_is_invalid_and_says_why(account: AmazonAccount) -> None:
    payload = {"productType": "KITCHEN", "requirements": "LISTING", "attributes": NAME_ONLY}
    change = Change(Operation.PUT_LISTING, "sandbox", US, "BARE", after={}, why="", payload=payload)
    submission = account.listings.put(change)
    assert submission.status is SubmissionStatus.INVALID
    assert "90220" in {issue.code for issue in submission.issues}


def test_a_definition_comes_with_its_schema(account: AmazonAccount) -> None:
    definition = account.product_types.definition(US, "KITCHEN", Requirements.LISTING)
    assert definition.checksum
    assert "purchasable_offer" in definition.schema["properties"]


def test_a_feed_is_carried_through_to_its_report(
    sandbox: RunningSandbox, account: AmazonAccount
) -> None:
    (match,) = account.catalog_items.match(US, [barcode_of(sandbox, "KIT-MUG-GREEN")])
    good = {
        "productType": "KITCHEN",
        "requirements": "LISTING_OFFER_ONLY",
        "attributes": offer_attributes(match.asin, 16.0, 4),
    }
    bad = {"productType": "KITCHEN", "requirements": "LISTING", "attributes": NAME_ONLY}
    messages = [
        FeedMessage(1, "FED-GOOD", "UPDATE", good),
        FeedMessage(2, "FED-BAD", "UPDATE", bad),
    ]
    feed_id = account.feeds.create(account.feeds.upload(messages), US)
    assert feed_id in {feed.feed_id for feed in account.feeds.unfinished()}

    def finished() -> Feed | None:
        feed = account.feeds.status(feed_id)
        return feed if feed.status.is_final else None

    feed = eventually(finished, 30.0)
    assert feed is not None
    assert feed.status is FeedStatus.DONE
    report = account.feeds.report(feed)
    assert (report.processed, report.accepted, report.invalid) == (2, 1, 1)
    assert set(report.issues) == {2}
    assert eventually(lambda: effective(account, "FED-GOOD", "16.00")) is not None


def test_the_report_names_every_listing(account: AmazonAccount) -> None:
    rows = {row.sku: row for row in account.reports.all_listings(US)}
    assert rows["OLD-MOKA-3"].quantity == 12
    assert (rows["OLD-PRESS"].channel, rows["OLD-PRESS"].quantity) == ("AMAZON_NA", None)
    assert all(len(row.asin) == 10 for row in rows.values())


def test_orders_are_found_read_and_confirmed(account: AmazonAccount) -> None:
    since = datetime.now(UTC) - timedelta(days=30)
    pages = list(account.orders.updated_since([US], since))
    orders = [order for page in pages for order in page.orders]
    assert len(orders) == 6
    assert pages[-1].updated_before > since

    order = next(o for o in orders if _may_be_shipped(o))
    assert order.recipient.postal_code
    assert all(line.unit_price.amount > 0 for line in order.lines)
    confirmation = ShipmentConfirmation(
        order_id=order.order_id,
        marketplace_id=US,
        reference_id="1",
        carrier=Carrier("UPS", ""),
        method="Ground",
        tracking_number="1Z0000000000000001",
        shipped_at=order.created_at + timedelta(minutes=1),
        quantities=tuple((line.order_item_id, line.quantity) for line in order.lines),
    )
    assert account.orders.confirm(confirmation)

    def shipped() -> AmazonOrder | None:
        now = account.orders.order(order.order_id)
        return now if now.status is OrderStatus.SHIPPED else None

    confirmed = eventually(shipped)
    assert confirmed is not None
    assert confirmed.packages[0].tracking_number == "1Z0000000000000001"


def test_calls_wait_for_their_quota_instead_of_being_throttled(
    sandbox: RunningSandbox, account: AmazonAccount
) -> None:
    burst, rate = 15, 0.016 * SPEED
    beyond_burst = 2
    started = time.monotonic()
    for _ in range(burst + beyond_burst):
        account.sellers.state()
    assert time.monotonic() - started >= (beyond_burst - 1) / rate
    with sandbox.admin() as admin:
        statuses = {row["status"] for row in admin.get("/requests").json()}
    assert 200 in statuses
    assert 429 not in statuses


def _may_be_shipped(order: AmazonOrder) -> bool:
    return order.status is OrderStatus.UNSHIPPED and order.fulfilled_by is FulfilledBy.MERCHANT
