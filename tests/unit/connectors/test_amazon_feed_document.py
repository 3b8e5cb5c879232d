import json
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scripted_amazon import DOCUMENT, ScriptedAmazon, answer, refusal

from affluent.domain.errors import Refused
from affluent.domain.feed import FeedMessage, FeedStatus
from connectors.amazon.feed_document import LARGEST_COUNT, LARGEST_SIZE, document, parts
from connectors.amazon.usage_plans import buckets_of

SELLER = "SELLER1"
CANCEL = "DELETE /feeds/2021-06-30/feeds/f1"
GET_FEEDS = "GET /feeds/2021-06-30/feeds"


def message(number: int, filling: str = "") -> FeedMessage:
    return FeedMessage(number, f"S{number}", "PATCH", {"productType": "HOME", "note": filling})


@given(
    fillings=st.lists(st.text('aä漢😀"\\\n\x00', max_size=60), max_size=30),
    count=st.integers(1, 8),
    size=st.integers(200, 900),
)
@settings(max_examples=100)
def test_parts_keep_every_message_in_order_and_are_measured_in_bytes(
    fillings: list[str], count: int, size: int
) -> None:
    messages = [message(number, filling) for number, filling in enumerate(fillings, start=1)]
    found = list(parts(iter(messages), SELLER, count=count, size=size))
    assert [one for part in found for one in part] == messages
    for part, following in zip(found, [*found, []][1:], strict=True):
        length = len(document(part, SELLER))
        assert 0 < len(part) <= count
        assert length <= size or len(part) == 1
        if following and len(part) < count:
            assert len(document([*part, following[0]], SELLER)) > size


def test_a_document_is_full_at_exactly_ten_mebibytes() -> None:
    empty = len(document([message(1), message(2)], SELLER))
    exact = [message(1, "ä" * ((LARGEST_SIZE - empty) // 2)), message(2, "x" * (empty % 2))]
    assert len(document(exact, SELLER)) == LARGEST_SIZE
    assert len(list(parts(exact, SELLER))) == 1
    one_more = [exact[0], message(2, "x" * (empty % 2 + 1))]
    assert [len(part) for part in parts(one_more, SELLER)] == [1, 1]


def test_a_document_takes_25000_messages() -> None:
    messages = (message(number) for number in range(1, LARGEST_COUNT + 2))
    assert [len(part) for part in parts(messages, SELLER)] == [LARGEST_COUNT, 1]


def test_parts_are_made_while_the_messages_come() -> None:
    taken: list[int] = []

    def messages() -> Iterator[FeedMessage]:
        for number in range(1, 100):
            taken.append(number)
            yield message(number)

    first = next(parts(messages(), SELLER, count=3))
    assert len(first) == 3
    assert taken == [1, 2, 3, 4]


def test_every_kind_of_message_is_written_as_it_is() -> None:
    update = {"productType": "HOME", "requirements": "LISTING", "attributes": {"a": [{"v": 1}]}}
    partial = {"productType": "HOME", "attributes": {"price": [{"value": Decimal("19.90")}]}}
    patch = {"productType": "HOME", "patches": [{"op": "delete", "path": "/attributes/a"}]}
    messages = [
        FeedMessage(7, "A", "UPDATE", update),
        FeedMessage(8, "B", "PARTIAL_UPDATE", partial),
        FeedMessage(9, "C", "PATCH", patch),
        FeedMessage(11, "D", "DELETE", {}),
    ]
    written = json.loads(document(messages, SELLER), parse_float=Decimal)["messages"]
    assert written == [
        {"messageId": 7, "sku": "A", "operationType": "UPDATE", **update},
        {"messageId": 8, "sku": "B", "operationType": "PARTIAL_UPDATE", **partial},
        {"messageId": 9, "sku": "C", "operationType": "PATCH", **patch},
        {"messageId": 11, "sku": "D", "operationType": "DELETE"},
    ]


def test_a_sellers_region_takes_five_listing_feeds_in_five_minutes() -> None:
    (bucket,) = buckets_of("createFeed")
    assert (bucket.burst, bucket.burst / bucket.rate) == (5, pytest.approx(300))
    assert not bucket.rate_is_told
    assert not bucket.is_shared


def test_a_feed_is_cancelled_while_it_is_in_the_queue() -> None:
    amazon = ScriptedAmazon().on(CANCEL, answer({}), refusal(400, "InvalidInput", "IN_PROGRESS"))
    feeds = amazon.account().feeds
    feeds.cancel("f1")
    with pytest.raises(Refused, match="IN_PROGRESS"):
        feeds.cancel("f1")


def test_feeds_are_searched_by_status_and_age() -> None:
    told = {"feedId": "f1", "processingStatus": "DONE", "resultFeedDocumentId": "d1"}
    amazon = ScriptedAmazon().on(GET_FEEDS, answer({"feeds": [told]}))
    since = datetime(2026, 1, 31, tzinfo=UTC)
    (feed,) = amazon.account().feeds.search(statuses=[FeedStatus.DONE], created_since=since)
    assert feed.report_document_id == "d1"
    assert amazon.query(GET_FEEDS) == {
        "feedTypes": "JSON_LISTINGS_FEED",
        "processingStatuses": "DONE",
        "createdSince": "2026-01-31T00:00:00.000Z",
        "pageSize": "100",
    }


def test_an_issue_that_names_a_sku_but_no_message_is_brought_home_by_the_sku() -> None:
    summary = {"messagesProcessed": 1, "messagesAccepted": 0, "messagesInvalid": 1}
    issue = {"sku": "S1", "code": "90220", "severity": "ERROR", "message": "missing"}
    amazon = ScriptedAmazon()
    report = {"issues": [issue], "summary": summary}
    amazon.on("GET /feeds/2021-06-30/documents/d1", answer({"url": DOCUMENT}))
    amazon.on(f"GET {DOCUMENT}", answer(report))
    feeds = amazon.account().feeds
    amazon.on(
        "GET /feeds/2021-06-30/feeds/f1",
        answer({"feedId": "f1", "processingStatus": "DONE", "resultFeedDocumentId": "d1"}),
    )
    read = feeds.report(feeds.status("f1"))
    assert read.issues == {}
    assert [one.code for one in read.issues_by_sku["S1"]] == ["90220"]
