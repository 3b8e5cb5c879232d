import gzip
import json
from pathlib import Path

import httpx
import pytest
from scripted_amazon import DOCUMENT, JP, US, ScriptedAmazon, answer

from affluent.domain.errors import MalformedAnswer, NotFound, OutcomeUnknown, Retryable
from affluent.domain.listing import Feed, FeedMessage, FeedStatus, ReportRow

SHARED = Path(__file__).resolve().parents[3] / "../shared"
FEED_REPORT = (
    SHARED / "specs/amazon/schemas/feeds/listings-feed-processing-report-schema-v2.example.json"
)
REPORTS = SHARED / "samples/amazon/reports_tsv"

CREATE_DOCUMENT = "POST /feeds/2021-06-30/documents"
CREATE_FEED = "POST /feeds/2021-06-30/feeds"
GET_FEEDS = "GET /feeds/2021-06-30/feeds"
GET_FEED = "GET /feeds/2021-06-30/feeds/f1"
FEED_DOCUMENT = "GET /feeds/2021-06-30/documents/d1"
CREATE_REPORT = "POST /reports/2021-06-30/reports"
GET_REPORT = "GET /reports/2021-06-30/reports/r1"
REPORT_DOCUMENT = "GET /reports/2021-06-30/documents/d1"
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


@pytest.mark.parametrize("content", [b"<html>", b"{}", gzip.compress(b"{}" * 500)[:-9]])
def test_a_report_that_cannot_be_read_is_malformed(content: bytes) -> None:
    with pytest.raises(MalformedAnswer):
        processing_report(content).account().feeds.report(Feed("f1", FeedStatus.DONE, "d1"))


def listings_report(content: bytes, content_type: str = "text/plain") -> ScriptedAmazon:
    amazon = ScriptedAmazon().on(CREATE_REPORT, answer({"reportId": "r1"}, 202))
    amazon.on(
        GET_REPORT,
        answer({"reportId": "r1", "processingStatus": "IN_QUEUE"}),
        answer({"reportId": "r1", "processingStatus": "DONE", "reportDocumentId": "d1"}),
    )
    amazon.on(REPORT_DOCUMENT, answer({"reportDocumentId": "d1", "url": DOCUMENT}))
    headers = {"content-type": content_type}
    return amazon.on(DOWNLOAD, httpx.Response(200, content=content, headers=headers))


def rows(
    content: bytes, content_type: str = "text/plain", marketplace: str = US
) -> list[ReportRow]:
    return list(listings_report(content, content_type).account().reports.all_listings(marketplace))


ENGLISH = "item-name\tseller-sku\tprice\tquantity\tasin1\tproduct-id\tfulfillment-channel\tstatus"


def test_a_report_is_asked_for_waited_for_and_unpacked() -> None:
    text = f"{ENGLISH}\r\nLamp\tS1\t19.90\t3\tB01\t4006381333931\tDEFAULT\tActive\r\n"
    amazon = listings_report(gzip.compress(text.encode()))
    assert list(amazon.account().reports.all_listings(US)) == [
        ReportRow("S1", "B01", "Lamp", "19.90", 3, "DEFAULT", "Active", "4006381333931")
    ]
    assert len(amazon.sent(GET_REPORT)) == 2
    assert amazon.body(CREATE_REPORT) == {
        "reportType": "GET_MERCHANT_LISTINGS_ALL_DATA",
        "marketplaceIds": [US],
        "reportOptions": {"preferredReportDocumentLocale": "en_US"},
    }


def test_stock_that_amazon_keeps_has_no_quantity() -> None:
    text = f"{ENGLISH}\nA\tS1\t1\t\tB01\tB01\tAMAZON_NA\tActive\nB\tS2\t1\t9\tB02\t\tAMAZON_EU\tx\n"
    assert [(row.quantity, row.channel) for row in rows(text.encode())] == [
        (None, "AMAZON_NA"),
        (None, "AMAZON_EU"),
    ]


def test_short_rows_strange_separators_and_quotes_do_not_disturb() -> None:
    text = f'{ENGLISH}\n19" lamp\u2028\x0b\tS1\n\n\t\t5\nB\tS2\t5\t2'
    assert [(row.sku, row.title, row.quantity) for row in rows(text.encode())] == [
        ("S1", '19" lamp', None),
        ("S2", "B", 2),
    ]


@pytest.mark.parametrize(
    ("header", "encoding", "content_type"),
    [
        ("Artikelbezeichnung\tHändler-SKU\tPreis\tMenge\tVersender", "cp1252", "text/plain"),
        ("nom-produit\tsku-vendeur\tprix\tquantité\tcanal-traitement", "cp1252", "text/plain"),
        (
            "nom-produit\tsku-vendeur\tprix\tquantité\tcanal-traitement",
            "utf-8-sig",
            "text/plain;charset=Cp1252",
        ),
        (
            "Título del producto\tSKU del vendedor\tPrecio\tCantidad\tCanal de gestión logística",
            "iso8859-1",
            "text/plain; charset=ISO-8859-1",
        ),
        (
            "Nome dell'articolo\tSKU venditore\tPrezzo\tQuantità\tCanale di gestione",
            "utf-8",
            "text/plain; charset=UTF-8",
        ),
    ],
)
def test_headers_are_known_in_the_languages_and_encodings_that_come(
    header: str, encoding: str, content_type: str
) -> None:
    content = f"{header}\nGrüße à l'été\tS-Ü\t1,50\t4\tDEFAULT\n".encode(encoding)
    assert rows(content, content_type) == [
        ReportRow("S-Ü", "", "Grüße à l'été", "1,50", 4, "DEFAULT", "", "")
    ]


@pytest.mark.parametrize("content_type", ["text/plain;charset=Shift_JIS", "text/plain"])
def test_japanese_reports_come_in_shift_jis(content_type: str) -> None:
    content = "商品名\t出品者SKU\t価格\t数量\n照明①ソ\tS1\t500\t2\n".encode("cp932")
    (row,) = rows(content, content_type, JP)
    assert (row.title, row.price, row.quantity) == ("照明①ソ", "500", 2)


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the folder of real reports is missing")
@pytest.mark.parametrize("sample", ["uk_2025_fba_31cols", "uk_zynk", "us_2022_fba_b2b_47cols"])
def test_real_reports_are_read(sample: str) -> None:
    content = next(REPORTS.glob(f"*{sample}*")).read_bytes()
    read = rows(content)
    assert len(read) == len([line for line in content.splitlines()[1:] if line.strip()])
    assert all(len(row.asin) == 10 and row.sku and row.price for row in read)
    assert all((row.quantity is None) == (row.channel != "DEFAULT") for row in read)


def test_a_report_without_a_column_for_the_sku_is_malformed() -> None:
    with pytest.raises(MalformedAnswer, match="seller-sku"):
        rows(b"something\telse\n1\t2\n")


@pytest.mark.parametrize("content", [b"", ENGLISH.encode()])
def test_an_empty_report_has_no_rows(content: bytes) -> None:
    assert rows(content) == []


def test_a_cancelled_report_has_no_rows_and_a_fatal_one_is_asked_for_again_later() -> None:
    amazon = ScriptedAmazon().on(CREATE_REPORT, answer({"reportId": "r1"}, 202))
    amazon.on(GET_REPORT, answer({"processingStatus": "CANCELLED"}))
    assert list(amazon.account().reports.all_listings(US)) == []
    amazon.on(GET_REPORT, answer({"processingStatus": "FATAL"}))
    with pytest.raises(Retryable, match="FATAL"):
        list(amazon.account().reports.all_listings(US))
