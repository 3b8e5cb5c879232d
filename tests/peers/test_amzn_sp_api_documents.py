"""Amazon's own SDK on feeds and reports: documents there and back."""

from __future__ import annotations

import gzip
import json
from typing import Any

import httpx
import pytest
from amazon_sdk import AmazonSdk, amazon_sdk
from spapi import FeedsApi, ReportsApi
from spapi.models.feeds_v2021_06_30 import (
    CreateFeedDocumentSpecification,
    CreateFeedSpecification,
)
from spapi.models.reports_v2021_06_30 import CreateReportSpecification
from waiting import wait_until

from tests.sandbox.running import RunningSandbox

US = "ATVPDKIKX0DER"
JSON_DOCUMENT = "application/json; charset=UTF-8"
ALL_LISTINGS = "GET_MERCHANT_LISTINGS_ALL_DATA"


@pytest.fixture
def amazon(sandbox: RunningSandbox) -> AmazonSdk:
    return amazon_sdk(sandbox)


def is_finished(work: Any) -> bool:
    return work.processing_status not in ("IN_QUEUE", "IN_PROGRESS")


def quantity_feed(seller_id: str) -> bytes:
    """One message that Amazon takes and one that it refuses."""
    stock = [{"fulfillment_channel_code": "DEFAULT", "quantity": 3}]
    patch = {"op": "replace", "path": "/attributes/fulfillment_availability", "value": stock}
    nameless = {"op": "replace", "path": "/attributes/item_name", "value": [{"value": 5}]}
    messages = [
        {"messageId": 1, "sku": "OLD-MOKA-6", "patches": [patch]},
        {"messageId": 2, "sku": "OLD-MOKA-6", "patches": [nameless]},
    ]
    usual = {"operationType": "PATCH", "productType": "KITCHEN"}
    header = {"sellerId": seller_id, "version": "2.0", "issueLocale": "en_US"}
    document = {"header": header, "messages": [{**usual, **message} for message in messages]}
    return json.dumps(document).encode()


@pytest.mark.parametrize("unpacked", [False, True])
def test_a_feed_is_uploaded_and_its_report_comes_back(amazon: AmazonSdk, unpacked: bool) -> None:
    feeds = FeedsApi(amazon.client)

    target = amazon.read(
        feeds.create_feed_document, CreateFeedDocumentSpecification(content_type=JSON_DOCUMENT)
    )
    body = quantity_feed(amazon.seller_id)
    uploaded = httpx.put(target.url, content=body, headers={"Content-Type": JSON_DOCUMENT})
    specification = CreateFeedSpecification(
        feed_type="JSON_LISTINGS_FEED",
        marketplace_ids=[US],
        input_feed_document_id=target.feed_document_id,
    )
    feed_id = amazon.read(feeds.create_feed, specification).feed_id
    feed = wait_until(lambda: amazon.read(feeds.get_feed, feed_id), is_finished)
    document = amazon.read(
        feeds.get_feed_document,
        feed.result_feed_document_id,
        enable_content_encoding_url_header=unpacked,
    )
    downloaded = httpx.get(document.url)
    newest = amazon.read(feeds.get_feeds, feed_types=["JSON_LISTINGS_FEED"], page_size=1).feeds

    assert uploaded.status_code == 200
    assert (feed.processing_status, document.compression_algorithm) == ("DONE", "GZIP")
    assert ("gzip" in downloaded.headers.get("content-encoding", "")) is unpacked
    report = json.loads(downloaded.content if unpacked else gzip.decompress(downloaded.content))
    assert report["summary"]["messagesAccepted"] == 1
    assert {issue["messageId"] for issue in report["issues"]} == {2}
    assert newest == [feed]


def test_a_report_of_all_listings_is_asked_for_and_read(amazon: AmazonSdk) -> None:
    reports = ReportsApi(amazon.client)

    specification = CreateReportSpecification(report_type=ALL_LISTINGS, marketplace_ids=[US])
    report_id = amazon.read(reports.create_report, specification).report_id
    report = wait_until(lambda: amazon.read(reports.get_report, report_id), is_finished)
    document = amazon.read(reports.get_report_document, report.report_document_id)
    text = gzip.decompress(httpx.get(document.url).content).decode("utf-8-sig")
    listed = amazon.read(reports.get_reports, report_types=[ALL_LISTINGS]).reports

    header, *rows = (line.split("\t") for line in text.splitlines())
    skus = {dict(zip(header, row, strict=False))["seller-sku"] for row in rows}
    assert report.processing_status == "DONE"
    assert report.processing_end_time >= report.processing_start_time
    assert {"OLD-MOKA-3", "OLD-PRESS"} <= skus
    assert report_id in [one.report_id for one in listed]
