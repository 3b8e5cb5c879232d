"""The Amazon connector held against Amazon's own models: what it asks, and what it understands."""

from __future__ import annotations

import hashlib
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from amazon_by_example import AmazonByExample, dictionaries
from amazon_examples import Example, amazon_of_models, examples_of, read_by_example
from amazon_readings import QUEUE, READINGS, change
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from vendor_specifications import Judge

from affluent.domain.amazon_catalog import ParentageLevel
from affluent.domain.feed import Feed, FeedMessage, FeedStatus
from affluent.domain.listing import Requirements
from affluent.domain.notification import EventBridge
from affluent.domain.plan import Change, Operation
from affluent.domain.shipment import Carrier, ShipmentConfirmation
from connectors.amazon.account import AmazonAccount
from connectors.amazon.listing_filter import ListingFilter
from tests.builders.listings import deletion

US = "ATVPDKIKX0DER"
NOW = datetime(2026, 11, 24, tzinfo=UTC)
SCHEMA = b'{"properties":{}}'
SCHEMA_MD5 = hashlib.md5(SCHEMA, usedforsecurity=False).hexdigest()


@pytest.fixture(scope="module")
def examples(shared: Path) -> list[Example]:
    return examples_of(shared)


@pytest.fixture
def amazon(judge: Judge, shared: Path) -> AmazonByExample:
    return amazon_of_models(judge, shared)


def test_every_example_answer_is_read_without_loss(
    amazon: AmazonByExample, examples: list[Example]
) -> None:
    lost = [
        (operation, number, got, told)
        for number, (operation, body) in enumerate(examples)
        for got, told in READINGS[operation].facts(read_by_example(amazon, operation, body), body)
        if got != told
    ]
    assert lost == []
    assert {operation for operation, _ in examples} >= READINGS.keys() - {"getFeedDocument"}


def writes(account: AmazonAccount) -> None:
    attributes = {"item_name": [{"value": "A lamp", "language_tag": "en_US"}]}
    put = Change(
        Operation.PUT_LISTING, "us", US, "A/1 %+é", after={}, why="",
        payload={"productType": "HOME", "requirements": "LISTING", "attributes": attributes},
    )  # fmt: skip
    patches = [
        {"op": op, "path": "/attributes/item_name", "value": attributes["item_name"]}
        for op in ("add", "replace", "merge", "delete")
    ]
    patch = Change(
        Operation.PATCH_OFFER, "us", US, "S1", after={}, why="",
        payload={"productType": "PRODUCT", "patches": patches},
    )  # fmt: skip
    account.listings.put(put)
    account.listings.patch(patch)
    account.listings.preview(put)
    account.listings.preview(patch)
    account.listings.delete(deletion("A/1"))
    messages = [
        FeedMessage(3, "A", "UPDATE", put.payload),
        FeedMessage(5, "B", "PARTIAL_UPDATE", {"productType": "HOME", "attributes": attributes}),
        FeedMessage(7, "C", "PATCH", patch.payload),
        FeedMessage(9, "D", "DELETE", {}),
    ]
    for part in account.feeds.parts(messages):
        account.feeds.create(account.feeds.upload(part), US)
    confirmation = ShipmentConfirmation(
        order_id="111-1", marketplace_id=US, reference_id="42", carrier=Carrier("Other", "Boats"),
        method="Standard", tracking_number="T1", shipped_at=NOW, quantities=(("i1", 2),),
    )  # fmt: skip
    account.orders.confirm(confirmation)


def reads(account: AmazonAccount) -> None:
    account.sellers.state()
    account.restrictions.of(US, "B01", "used_good", "LAMP")
    list(account.catalog_items.match(US, ["4006381333931", "036000291452", "10614141000415"]))
    account.catalog_items.item(US, "B01")
    list(account.listings.find(US, ["S1", "with, comma"]))
    by_time = ListingFilter(
        created_after=NOW, created_before=NOW, updated_after=NOW, updated_before=NOW,
        issue_severities=["ERROR", "WARNING"], statuses=["BUYABLE"],
        without_statuses=["DISCOVERABLE"],
    )  # fmt: skip
    list(account.listings.search(US, by_time))
    list(account.listings.search(US, ListingFilter(parent_sku="P")))
    list(account.listings.search(US, ListingFilter(["B01"], identifiers_type="ASIN")))
    list(account.orders.updated_since([US, "A2EUQ1WTGCTBG2"], NOW))
    account.orders.order("111-1")
    account.fba_inventory.of(US)
    account.fba_inventory.of(US, ["S1", "with, comma"])
    account.product_types.search(US, keywords=["lamp", "light"])
    account.product_types.search(US, item_name="A lamp")


def documents(amazon: AmazonByExample, account: AmazonAccount) -> None:
    account.feeds.status("f1")
    account.feeds.unfinished()
    list(account.feeds.search(created_since=NOW))
    account.feeds.cancel("f1")
    account.feeds.report(Feed("f1", FeedStatus.DONE, "d1"))
    report = {"reportId": "r1", "reportType": "X", "createdTime": "2026-01-01T00:00:00Z"}
    amazon.on("getReport", {**report, "processingStatus": "DONE", "reportDocumentId": "d1"})
    amazon.content = b"seller-sku\nS1\n"
    assert [row.sku for row in account.reports.all_listings(US)] == ["S1"]
    account.reports.cancel("r1")
    link = {"resource": "https://documents.test/product-type-schemas/1", "verb": "GET"}
    _, definition = amazon.answers["getDefinitionsProductType"]
    schema = {"link": link, "checksum": SCHEMA_MD5}
    amazon.on("getDefinitionsProductType", {**definition, "schema": schema})
    amazon.content = SCHEMA
    for level in (None, *ParentageLevel):
        for requirements in Requirements:
            account.product_types.definition(US, "HOME", requirements, parentage_level=level)


def notifications(account: AmazonAccount) -> None:
    told = account.notifications
    told.create_destination("ours", QUEUE)
    told.create_destination("bus", EventBridge("us-east-1", "1"))
    told.destinations()
    told.destination("d1")
    told.subscribe("ORDER_CHANGE", "d1", "1.0")
    told.subscription("ORDER_CHANGE")
    told.subscription_by_id("ORDER_CHANGE", "s1")
    told.unsubscribe("ORDER_CHANGE", "s1")
    told.delete_destination("d1")


def test_every_request_of_every_operation_is_valid_by_amazons_model(
    amazon: AmazonByExample, judge: Judge
) -> None:
    account = amazon.account()
    writes(account)
    reads(account)
    documents(amazon, account)
    notifications(account)
    violations = [str(v) for exchange in amazon.exchanges for v in judge.violations(exchange)]
    assert violations == []
    others = {"confirmShipment", "createReport", "getReport", "getReportDocument"}
    assert amazon.operations() == READINGS.keys() | others | {"getInventorySummaries"}


def strange_fields() -> st.SearchStrategy[dict[str, Any]]:
    leaves = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
    values = st.recursive(leaves, lambda inner: st.lists(inner) | st.dictionaries(
        st.text(max_size=3), inner, max_size=2), max_leaves=4)  # fmt: skip
    names = st.text(max_size=8).map(lambda text: f"new{text}")
    return st.dictionaries(names, values, min_size=1, max_size=3)


@given(data=st.data())
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_unknown_fields_change_nothing_of_what_is_read(
    amazon: AmazonByExample, examples: list[Example], data: st.DataObject
) -> None:
    operation, body = data.draw(st.sampled_from([one for one in examples if one[1]]))
    extended = deepcopy(body)
    strange = data.draw(strange_fields())
    for one in list(dictionaries(extended)):
        one.update(deepcopy(strange))
    expected = read_by_example(amazon, operation, body)
    assert read_by_example(amazon, operation, extended) == expected


def with_new_words(value: Any, path: str = "") -> Any:
    """The document with another word in place of each that is one of an enumeration."""
    if isinstance(value, dict):
        return {name: with_new_words(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [with_new_words(each, path) for each in value]
    return "SOMETHING_NEW" if path in ENUMERATIONS else value


ENUMERATIONS = frozenset(
    {
        "status", "processingStatus", "severity", "categories", "offerType", "action",
        "fulfillmentStatus", "fulfilledBy", "type", "subtype", "programs", "identifierType",
        "reasonCode", "conditionType", "channelName", "fulfillmentChannelCode", "aliasType",
    }
)  # fmt: skip


def test_unknown_words_of_an_enumeration_break_no_reading(
    amazon: AmazonByExample, examples: list[Example]
) -> None:
    for operation, body in examples:
        if body and operation != "getFeedDocument":
            read_by_example(amazon, operation, with_new_words(body))


def test_a_receipt_of_an_unknown_kind_is_judged_by_its_issues(amazon: AmazonByExample) -> None:
    receipt = {"sku": "S1", "status": "SOMETHING_NEW", "submissionId": "s1"}
    listings = amazon.on("putListingsItem", {**receipt, "issues": []}).account().listings
    assert listings.put(change(Operation.PUT_LISTING)).status == "ACCEPTED"
    issue = {"code": "1", "message": "m", "severity": "ERROR", "categories": []}
    amazon.on("putListingsItem", {**receipt, "issues": [issue]})
    assert listings.put(change(Operation.PUT_LISTING)).status == "INVALID"
