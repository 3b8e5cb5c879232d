"""Feeds and reports: documents, queues, processing reports and the listings report."""

from __future__ import annotations

import gzip
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.sandbox.amazon_store import (
    KNOWN_ASIN,
    US,
    AmazonStore,
    feed_of,
    mug,
    offer,
    stock,
)


@pytest.fixture
def store() -> AmazonStore:
    return AmazonStore()


def update(sku: str, attributes: Any) -> dict[str, Any]:
    return {
        "sku": sku,
        "operationType": "UPDATE",
        "productType": "MUG",
        "requirements": "LISTING",
        "attributes": attributes,
    }


def test_feed_goes_through_its_states_and_reports_each_message(store):
    store.listed("OLD", mug())
    feed_id = store.submit_feed(
        feed_of(
            update("NEW", mug()),
            update("BAD", mug(number_of_items=None)),
            {
                "sku": "OLD",
                "operationType": "PARTIAL_UPDATE",
                "productType": "MUG",
                "attributes": {"fulfillment_availability": [stock(99)]},
            },
            {
                "sku": "OLD",
                "operationType": "PATCH",
                "productType": "MUG",
                "patches": [
                    {
                        "op": "replace",
                        "path": "/attributes/purchasable_offer",
                        "value": [offer(44.0)],
                    }
                ],
            },
            {"sku": "GONE", "operationType": "DELETE", "attributes": {}},
        )
    )
    states = []
    for _ in range(4):
        states.append(store.feed(feed_id)["processingStatus"])
        store.clock.pass_by(10)
    assert states == ["IN_QUEUE", "IN_PROGRESS", "IN_PROGRESS", "DONE"]

    report = store.processing_report(feed_id)
    assert report["summary"] == {
        "errors": 2,
        "warnings": 0,
        "messagesProcessed": 5,
        "messagesAccepted": 3,
        "messagesInvalid": 2,
    }
    assert [(issue["messageId"], issue["code"]) for issue in report["issues"]] == [
        (2, "90220"),
        (5, "4002008"),
    ]
    assert report["issues"][0]["attributeName"] == "number_of_items"
    rows = {row["sku"]: row for row in store.state.listings()}
    assert set(rows) == {"OLD", "NEW"}
    assert (rows["OLD"]["quantity"], rows["OLD"]["price"]) == (99, "44.00")


def test_feeds_are_processed_strictly_in_order(store):
    first = store.submit_feed(feed_of(update("A", mug(fulfillment_availability=[stock(1)]))))
    second = store.submit_feed(feed_of(update("A", mug(fulfillment_availability=[stock(2)]))))
    store.clock.pass_by(21)
    assert store.feed(first)["processingStatus"] == "DONE"
    assert store.feed(second)["processingStatus"] == "IN_PROGRESS"
    store.clock.pass_by(20)
    assert store.state.listings()[0]["quantity"] == 2


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ({"version": "1.0"}, "4002006"),
        ({"sellerId": "SOMEONE"}, "BAD_REQUEST"),
        (None, "4002005"),
    ],
)
def test_refused_header_is_done_with_nothing_processed(store, header, code):
    document = feed_of(update("A", mug()), **(header or {}))
    if header is None:
        del document["header"]
    feed_id = store.submit_feed(document)
    store.clock.pass_by(60)
    assert store.feed(feed_id)["processingStatus"] == "DONE"
    report = store.processing_report(feed_id)
    assert [issue["code"] for issue in report["issues"]] == [code]
    assert report["summary"]["messagesProcessed"] == 0
    assert store.state.listings() == []


@pytest.mark.parametrize(
    ("document", "feed_type"),
    [
        (b"<AmazonEnvelope/>", "POST_PRODUCT_DATA"),
        (b"{not json", "JSON_LISTINGS_FEED"),
        (feed_of(*[{"sku": "A"}] * 25_001), "JSON_LISTINGS_FEED"),
    ],
)
def test_unreadable_feed_is_fatal(store, document, feed_type):
    feed_id = store.submit_feed(document, feed_type)
    store.clock.pass_by(60)
    feed = store.feed(feed_id)
    assert feed["processingStatus"] == "FATAL"
    assert "resultFeedDocumentId" not in feed


def test_report_with_items_waits_until_they_are_in_effect(store):
    included = {"includedData": ["summaries", "issues"], "apiVersion": "2021-08-01"}
    feed_id = store.submit_feed(feed_of(update("A", mug()), report=included))
    store.clock.pass_by(60)
    report = store.processing_report(feed_id)
    assert report["items"][0]["summaries"][0]["status"] == ["BUYABLE", "DISCOVERABLE"]
    assert report["summary"]["itemSummary"] == {"items": 1, "errors": 0, "warnings": 0}


def test_only_a_queued_feed_can_be_cancelled(store):
    path = "/feeds/2021-06-30/feeds/"
    feed_id = store.submit_feed(feed_of(update("A", mug())))
    assert store.client.delete(path + feed_id).status_code == 200
    assert store.feed(feed_id)["processingStatus"] == "CANCELLED"
    running = store.submit_feed(feed_of(update("B", mug())))
    store.clock.pass_by(11)
    assert store.client.delete(path + running).status_code == 400
    store.clock.pass_by(60)
    assert [row["sku"] for row in store.state.listings()] == ["B"]


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        ("feed_fatal", "FATAL"),
        ("feed_cancelled", "CANCELLED"),
        ("feed_stuck", "IN_QUEUE"),
        ("lost_report", "DONE"),
    ],
)
def test_fault_marks_end_feeds_as_they_say(fault, status):
    store = AmazonStore()
    app = store.app

    async def faulty(scope, receive, send):
        scope["sandbox.fault"] = fault
        await app(scope, receive, send)

    client = store.client
    store.client = type(client)(faulty, headers=client.headers)
    feed_id = store.submit_feed(feed_of(update("A", mug())))
    store.client = client
    following = store.submit_feed(feed_of(update("B", mug())))
    store.clock.pass_by(120)
    feed = store.feed(feed_id)
    assert feed["processingStatus"] == status
    assert "resultFeedDocumentId" not in feed
    assert store.feed(following)["processingStatus"] == "DONE"


def test_upload_must_keep_its_content_type_and_its_five_minutes(store):
    def upload(content_type: str, wait: float) -> int:
        created = store.client.post(
            "/feeds/2021-06-30/documents", json={"contentType": "application/json"}
        ).json()
        store.clock.pass_by(wait)
        path = urlsplit(created["url"]).path
        headers = {"content-type": content_type}
        return store.client.put(path, content=b"{}", headers=headers).status_code

    assert upload("application/json", 0) == 200
    assert upload("text/plain", 0) == 403
    assert upload("application/json", 301) == 403


def test_feeds_are_listed_newest_first_and_paged_by_token_alone(store):
    feed_ids = [store.submit_feed(feed_of(update("A", mug()))) for _ in range(3)]
    path = "/feeds/2021-06-30/feeds"
    query = {"feedTypes": "JSON_LISTINGS_FEED", "pageSize": "2"}
    first = store.client.get(path, params=query).json()
    last = store.client.get(path, params={"nextToken": first["nextToken"]}).json()
    assert [feed["feedId"] for feed in first["feeds"] + last["feeds"]] == feed_ids[::-1]
    assert "nextToken" not in last
    assert store.client.get(path).status_code == 400


def test_five_thousand_messages_are_taken_in_one_feed():
    store = AmazonStore()
    messages = [update(f"SKU-{number}", mug(f"{number:012}0")) for number in range(5_000)]
    feed_id = store.submit_feed(feed_of(*messages))
    store.clock.pass_by(44)
    assert store.feed(feed_id)["processingStatus"] == "IN_PROGRESS"
    store.clock.pass_by(10)
    assert store.feed(feed_id)["processingStatus"] == "DONE"
    assert store.processing_report(feed_id)["summary"]["messagesAccepted"] == 5_000


def test_listings_report_has_every_row_and_no_quantity_for_fba(store):
    store.listed("MUG-1", mug())
    store.list_before("FBA-1", fulfillment_channel_code="AMAZON_NA")
    rows = listings_report(store)
    assert rows["MUG-1"]["price"] == "12.50"
    assert rows["MUG-1"]["quantity"] == "7"
    assert rows["MUG-1"]["status"] == "Active"
    assert rows["FBA-1"]["quantity"] == ""
    assert rows["FBA-1"]["fulfillment-channel"] == "AMAZON_NA"
    assert rows["FBA-1"]["asin1"] == KNOWN_ASIN


def test_report_of_an_unknown_type_is_refused(store):
    body = {"reportType": "GET_NOTHING", "marketplaceIds": [US]}
    assert store.client.post("/reports/2021-06-30/reports", json=body).status_code == 400


def listings_report(store: AmazonStore) -> dict[str, dict[str, str]]:
    body = {
        "reportType": "GET_MERCHANT_LISTINGS_ALL_DATA",
        "marketplaceIds": [US],
        "reportOptions": {"preferredReportDocumentLocale": "en_US"},
    }
    report_id = store.client.post("/reports/2021-06-30/reports", json=body).json()["reportId"]
    path = f"/reports/2021-06-30/reports/{report_id}"
    assert store.client.get(path).json()["processingStatus"] == "IN_QUEUE"
    store.clock.pass_by(20)
    report = store.client.get(path).json()
    assert report["processingStatus"] == "DONE"
    document = store.client.get(
        f"/reports/2021-06-30/documents/{report['reportDocumentId']}"
    ).json()
    text = gzip.decompress(store.client.get(document["url"]).content).decode("utf-8-sig")
    header, *lines = (line.split("\t") for line in text.splitlines())
    rows = [dict(zip(header, line, strict=True)) for line in lines]
    return {row["seller-sku"]: row for row in rows}
