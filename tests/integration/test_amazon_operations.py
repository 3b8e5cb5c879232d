"""The operations that no river uses yet, against the sandbox's Amazon."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from affluent.domain.amazon_catalog import ParentageLevel, RestrictionReason
from affluent.domain.errors import Refused
from affluent.domain.listing import Requirements, SubmissionStatus
from affluent.domain.notification import SqsQueue, Subscription
from affluent.domain.plan import Change, Operation
from connectors.amazon.account import AmazonAccount
from connectors.amazon.listing_filter import ListingFilter
from tests.builders.listings import deletion
from tests.integration.amazon_account import (
    NAME_ONLY,
    SPEED,
    US,
    barcode_of,
    effective,
    eventually,
    listing,
    offer,
    open_account,
)
from tests.sandbox.running import RunningSandbox, running_sandbox

QUEUE = SqsQueue("arn:aws:sqs:us-east-2:444455556666:queue1")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[RunningSandbox]:
    with running_sandbox("--speed", str(SPEED), "--idle-exit", "120") as running:
        yield running


@pytest.fixture(scope="module")
def account(sandbox: RunningSandbox) -> Iterator[AmazonAccount]:
    opened = open_account(sandbox)
    yield opened
    opened.close()


def test_a_preview_is_told_and_nothing_of_it_is_kept(
    sandbox: RunningSandbox, account: AmazonAccount
) -> None:
    (match,) = account.catalog_items.match(US, [barcode_of(sandbox, "KIT-MUG-BLUE")])
    good = account.listings.preview(offer("PREVIEWED", match.asin, 14.5, 7))
    assert good.status is SubmissionStatus.VALID
    payload = {"productType": "KITCHEN", "requirements": "LISTING", "attributes": NAME_ONLY}
    bare = Change(Operation.PUT_LISTING, "sandbox", US, "BARE", after={}, why="", payload=payload)
    assert account.listings.preview(bare).status is SubmissionStatus.INVALID
    assert listing(account, "PREVIEWED") is None


def test_a_listing_is_found_by_its_filters_and_gone_after_its_deletion(
    sandbox: RunningSandbox, account: AmazonAccount
) -> None:
    (match,) = account.catalog_items.match(US, [barcode_of(sandbox, "KIT-MUG-BLUE")])
    account.listings.put(offer("DELETE/ME", match.asin, 14.5, 7))
    assert eventually(lambda: effective(account, "DELETE/ME", "14.50")) is not None
    since = datetime.now(UTC) - timedelta(days=1)
    new = {one.sku for one in account.listings.search(US, ListingFilter(created_after=since))}
    assert "DELETE/ME" in new
    by_asin = ListingFilter([match.asin], identifiers_type="ASIN")
    assert "DELETE/ME" in {one.sku for one in account.listings.search(US, by_asin)}

    assert account.listings.delete(deletion("DELETE/ME")).status is SubmissionStatus.ACCEPTED
    assert eventually(lambda: listing(account, "DELETE/ME") is None)


def test_what_may_be_listed_is_told_by_its_restrictions(
    sandbox: RunningSandbox, account: AmazonAccount
) -> None:
    (match,) = account.catalog_items.match(US, [barcode_of(sandbox, "KIT-MUG-BLUE")])
    assert account.restrictions.of(US, match.asin) == ()
    (unknown,) = account.restrictions.of(US, "B0NOTTHERE")
    assert unknown.reason is RestrictionReason.ASIN_NOT_FOUND
    with pytest.raises(Refused, match="conditionType"):
        account.restrictions.of(US, match.asin, "like_new")


def test_an_asin_and_a_product_type_are_looked_up(
    sandbox: RunningSandbox, account: AmazonAccount
) -> None:
    (match,) = account.catalog_items.match(US, [barcode_of(sandbox, "KIT-MUG-BLUE")])
    item = account.catalog_items.item(US, match.asin)
    assert item is not None
    assert item.item_name == match.item_name
    assert match.barcode in {code for codes in item.identifiers.values() for code in codes}
    assert account.catalog_items.item(US, "B0NOTTHERE") is None
    names = {one.name for one in account.product_types.search(US, keywords=["kitchen"])}
    assert "KITCHEN" in names


def test_a_definition_is_not_downloaded_while_its_checksum_is_known(
    sandbox: RunningSandbox, account: AmazonAccount
) -> None:
    types = account.product_types
    first = types.definition(US, "KITCHEN", Requirements.LISTING)
    again = types.definition(
        US, "KITCHEN", Requirements.LISTING, parentage_level=ParentageLevel.NONE, known=first
    )
    assert again.schema is first.schema


def test_stock_in_amazons_centres_is_read(account: AmazonAccount) -> None:
    stock = account.fba_inventory.of(US)
    assert stock["OLD-PRESS"].fulfillable > 0
    assert account.fba_inventory.of(US, ["OLD-PRESS", "NONE"]).keys() == {"OLD-PRESS"}


def test_a_report_is_asked_for_once_and_shared_by_two_workers() -> None:
    """Two accounts stand for two processes: nothing ties them but Amazon."""
    with running_sandbox("--speed", "10", "--idle-exit", "120") as sandbox:
        workers = [open_account(sandbox, speed=10.0) for _ in range(2)]
        first, second = (worker.reports.all_listings(US) for worker in workers)
        with ThreadPoolExecutor(2) as pool:
            early = pool.submit(list, first)
            assert eventually(lambda: asked_for(sandbox))
            late = pool.submit(list, second)
            assert [row.sku for row in early.result()] == [row.sku for row in late.result()]
        assert asked_for(sandbox) == 1
        for worker in workers:
            worker.close()


def asked_for(sandbox: RunningSandbox) -> int:
    """How many reports Amazon was asked for."""
    with sandbox.admin() as admin:
        rows = admin.get("/requests").json()
    return sum(row["operation"] == "createReport" for row in rows)


def test_a_seller_subscribes_to_notifications(account: AmazonAccount) -> None:
    told = account.notifications
    destination = told.create_destination("ours", QUEUE)
    assert told.destinations() == (destination,)
    with pytest.raises(Refused, match="already"):
        told.create_destination("ours again", QUEUE)
    assert told.subscription("ORDER_CHANGE") is None
    made = told.subscribe("ORDER_CHANGE", destination.destination_id, "1.0")
    assert isinstance(made, Subscription)
    assert told.subscription("ORDER_CHANGE") == made
    assert told.subscription_by_id("ORDER_CHANGE", made.subscription_id) == made
    told.unsubscribe("ORDER_CHANGE", made.subscription_id)
    told.delete_destination(destination.destination_id)
    assert told.destinations() == ()
