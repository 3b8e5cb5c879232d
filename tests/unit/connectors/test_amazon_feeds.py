import gzip
import json
from pathlib import Path

import httpx
import pytest
from scripted_amazon import DOCUMENT, US, ScriptedAmazon, answer

from affluent.domain.errors import MalformedAnswer, NotFound, OutcomeUnknown
from affluent.domain.feed import Feed, FeedMessage, FeedStatus

SHARED = Path(__file__).resolve().parents[3] / "../shared"
FEED_REPORT = (
    SHARED / "specs/amazon/schemas/feeds/listings-feed-processing-report-schema-v2.example.json"
)

CREATE_DOCUMENT = "POST /feeds/2021-06-30/documents"
CREATE_FEED = "POST /feeds/2021-06-30/feeds"
GET_FEEDS = "GET /feeds/2021-06-30/feeds"
GET_FEED = "GET /feeds/2021-06-30/feeds/f1"
FEED_DOCUMENT = "GET /feeds/2021-06-30/documents/d1"
DOWNLOAD = f"GET {DOCUMENT}"
UPLOAD = f"PUT {DOCUMENT}"


def feed_state(feed_id: str, status: str, **more: str) -> dict[str, object]:
    return {
        "feedId": feed_id,
        "feedType": "JSON_LISTINGS_FEED",
        "createdTime": "2026-01-01T00:00:00Z",
        "processingStatus": status,
        **more,
    }


def test_a_document_is_uploaded_with_the_content_type_it_was_created_with() -> None:
    amazon = ScriptedAmazon()
    amazon.on(CREATE_DOCUMENT, answer({"feedDocumentId": "d1", "url": DOCUMENT}, 201))
    amazon.on(UPLOAD, httpx.Response(503), httpx.Response(200))
    messages = [
        FeedMessage(1, "Ä/1", "PATCH", {"productType": "HOME", "patches": []}),
        FeedMessage(2, "S2", "DELETE", {}),
    ]
    assert amazon.account().feeds.upload(iter(messages)) == "d1"
    upload = amazon.sent(UPLOAD)[1]
    assert upload.headers["content-type"] == amazon.body(CREATE_DOCUMENT)["contentType"]
    assert "x-amz-access-token" not in upload.headers
    assert json.loads(upload.content) == {
        "header": {"sellerId": "SELLER1", "version": "2.0", "issueLocale": "en_US"},
        "messages": [
            {
                "messageId": 1,
                "sku": "Ä/1",
                "operationType": "PATCH",
                "productType": "HOME",
                "patches": [],
            },
            {"messageId": 2, "sku": "S2", "operationType": "DELETE"},
        ],
    }


def test_a_feed_is_submitted_once() -> None:
    amazon = ScriptedAmazon().on(CREATE_FEED, answer({"feedId": "f1"}, 202))
    assert amazon.account().feeds.create("d1", US) == "f1"
    assert amazon.body(CREATE_FEED) == {
        "feedType": "JSON_LISTINGS_FEED",
        "marketplaceIds": [US],
        "inputFeedDocumentId": "d1",
    }


@pytest.mark.parametrize("lost", [httpx.ReadTimeout("late"), httpx.Response(500), answer({}, 202)])
def test_a_feed_whose_answer_is_lost_may_have_been_submitted(
    lost: httpx.Response | Exception,
) -> None:
    amazon = ScriptedAmazon().on(CREATE_FEED, lost)
    with pytest.raises(OutcomeUnknown):
        amazon.account().feeds.create("d1", US)
    assert len(amazon.sent(CREATE_FEED)) == 1


@pytest.mark.parametrize(
    ("told", "status"),
    [
        (feed_state("f1", "DONE", resultFeedDocumentId="d1"), FeedStatus.DONE),
        (feed_state("f1", "FATAL"), FeedStatus.FATAL),
        (feed_state("f1", "CANCELLED"), FeedStatus.CANCELLED),
        (feed_state("f1", "SOMETHING_NEW"), FeedStatus.IN_PROGRESS),
    ],
)
def test_every_end_of_a_feed_is_a_value(told: dict[str, object], status: FeedStatus) -> None:
    amazon = ScriptedAmazon().on(GET_FEED, answer(told))
    document_id = str(told.get("resultFeedDocumentId", ""))
    assert amazon.account().feeds.status("f1") == Feed("f1", status, document_id)


def test_further_pages_of_feeds_are_asked_for_by_the_token_alone() -> None:
    amazon = ScriptedAmazon().on(
        GET_FEEDS,
        answer({"feeds": [feed_state("f1", "IN_QUEUE")], "nextToken": "t+/="}),
        answer({"feeds": [feed_state("f2", "IN_PROGRESS")]}),
    )
    feeds = amazon.account().feeds.unfinished()
    assert [feed.feed_id for feed in feeds] == ["f1", "f2"]
    assert amazon.query(GET_FEEDS)["processingStatuses"] == "IN_QUEUE,IN_PROGRESS"
    assert amazon.query(GET_FEEDS, 1) == {"nextToken": "t+/="}


def test_a_feed_without_a_report_has_none_to_read() -> None:
    with pytest.raises(NotFound, match="FATAL"):
        ScriptedAmazon().account().feeds.report(Feed("f1", FeedStatus.FATAL))


def processing_report(content: bytes) -> ScriptedAmazon:
    amazon = ScriptedAmazon()
    amazon.on(FEED_DOCUMENT, answer({"feedDocumentId": "d1", "url": DOCUMENT}))
    return amazon.on(DOWNLOAD, httpx.Response(200, content=content))


@pytest.mark.skipif(not FEED_REPORT.is_file(), reason="Amazon's example report is missing")
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_processing_report_brings_every_issue_to_its_message(pack: type[bytes]) -> None:
    amazon = processing_report(pack(FEED_REPORT.read_bytes()))
    report = amazon.account().feeds.report(Feed("f1", FeedStatus.DONE, "d1"))
    assert (report.processed, report.accepted, report.invalid) == (4, 2, 2)
    assert {number: len(found) for number, found in report.issues.items()} == {4: 2, 5: 1}
    assert report.issues[5][0].attribute_names == ("purchasable_offer.our_price",)
    assert "x-amz-access-token" not in amazon.sent(DOWNLOAD)[0].headers


def test_an_issue_of_the_whole_feed_stands_under_zero() -> None:
    summary = {"messagesProcessed": 0, "messagesAccepted": 0, "messagesInvalid": 0}
    issue = {"code": "4002005", "severity": "ERROR", "message": "Attribute 'header' is required."}
    amazon = processing_report(json.dumps({"issues": [issue], "summary": summary}).encode())
    report = amazon.account().feeds.report(Feed("f1", FeedStatus.DONE, "d1"))
    assert report.processed == 0
    assert report.issues[0][0].code == "4002005"


@pytest.mark.parametrize(
    "content",
    [b"<html>", b"{}", gzip.compress(b"{}" * 500)[:-9]],
    ids=["no JSON", "no report", "cut short"],
)
def test_a_report_that_cannot_be_read_is_malformed(content: bytes) -> None:
    with pytest.raises(MalformedAnswer):
        processing_report(content).account().feeds.report(Feed("f1", FeedStatus.DONE, "d1"))
