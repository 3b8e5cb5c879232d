"""What cancels, and what tells of cancellations and refunds, on both vendors' wires."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import httpx
import pytest
from bigcommerce_server import StoreServer
from scripted_amazon import DOCUMENT, US, ScriptedAmazon, answer

from affluent.domain.cancellation import Acknowledgement, CancelReason, StoreRefund
from affluent.domain.errors import MalformedAnswer, NotFound, OutcomeUnknown
from affluent.domain.feed import Feed, FeedStatus

AT = datetime(2026, 11, 20, 10, tzinfo=UTC)
DOCUMENTS = "POST /feeds/2021-06-30/documents"
CREATE_FEED = "POST /feeds/2021-06-30/feeds"
FEED_DOCUMENT = "GET /feeds/2021-06-30/documents/d1"
GET_ORDER = "GET /orders/2026-01-01/orders/111-1"
DONE = Feed("f1", FeedStatus.DONE, "d1")
STORE_ORDER = "/v2/orders/100"
REPORT = """<AmazonEnvelope><MessageType>ProcessingReport</MessageType><Message><ProcessingReport>
<Result><MessageID>7</MessageID><ResultCode>Error</ResultCode>
<ResultDescription>The order has shipped.</ResultDescription></Result>
<Result><MessageID>8</MessageID><ResultCode>Warning</ResultCode>
<ResultDescription>Never mind.</ResultDescription></Result>
<Result><ResultCode>Error</ResultCode></Result>
</ProcessingReport></Message></AmazonEnvelope>"""


def texts(element: Element, path: str) -> list[str | None]:
    return [found.text for found in element.iterfind(path)]


def test_a_cancellation_names_the_order_and_every_item_with_the_reason() -> None:
    amazon = ScriptedAmazon().on(DOCUMENTS, answer({"feedDocumentId": "d1", "url": DOCUMENT}, 201))
    amazon.on(f"PUT {DOCUMENT}", httpx.Response(200))
    messages = [Acknowledgement(7, "111-1", CancelReason.NO_INVENTORY, ("i1", "i&2"))]

    assert amazon.account().acknowledgements.upload(messages) == "d1"

    [upload] = amazon.sent(f"PUT {DOCUMENT}")
    assert amazon.body(DOCUMENTS) == {"contentType": upload.headers["content-type"]}
    envelope = fromstring(upload.content)
    assert texts(envelope, "Header/MerchantIdentifier") == ["SELLER1"]
    assert texts(envelope, "Message/MessageID") == ["7"]
    [order] = envelope.iter("OrderAcknowledgement")
    assert [child.tag for child in order] == ["AmazonOrderID", "StatusCode", "Item", "Item"]
    assert texts(order, "StatusCode") == ["Failure"]
    assert texts(order, "Item/AmazonOrderItemCode") == ["i1", "i&2"]
    assert texts(order, "Item/CancelReason") == ["NoInventory", "NoInventory"]


def test_a_feed_of_cancellations_is_submitted_once() -> None:
    amazon = ScriptedAmazon().on(CREATE_FEED, httpx.Response(500))

    with pytest.raises(OutcomeUnknown):
        amazon.account().acknowledgements.create("d1", US)

    assert len(amazon.sent(CREATE_FEED)) == 1
    assert amazon.body(CREATE_FEED)["feedType"] == "POST_ORDER_ACKNOWLEDGEMENT_DATA"


def test_a_report_tells_which_cancellation_was_refused_and_why() -> None:
    report = reported(REPORT).account().acknowledgements.report(DONE)

    assert report.refused == {7: "The order has shipped.", 0: "Error"}


def test_a_report_that_cannot_be_read_is_none() -> None:
    with pytest.raises(MalformedAnswer):
        reported("<AmazonEnvelope>").account().acknowledgements.report(DONE)
    with pytest.raises(NotFound):
        ScriptedAmazon().account().acknowledgements.report(Feed("f1", FeedStatus.FATAL))


def reported(content: str) -> ScriptedAmazon:
    amazon = ScriptedAmazon().on(FEED_DOCUMENT, answer({"feedDocumentId": "d1", "url": DOCUMENT}))
    return amazon.on(f"GET {DOCUMENT}", httpx.Response(200, content=content.encode()))


EXECUTED = {"cancellationExecution": {"cancelledBy": "BUYER", "cancelReason": "private words"}}
REQUESTED = {"cancellationRequest": {"requester": "BUYER", "cancelReason": "private words"}}


@pytest.mark.parametrize(
    ("cancellation", "fulfilment", "quantity", "is_requested"),
    [
        (EXECUTED, {"quantityFulfilled": 0, "quantityUnfulfilled": 0}, 0, False),
        (EXECUTED, {"quantityFulfilled": 1, "quantityUnfulfilled": 1}, 2, False),
        (EXECUTED, {}, 3, False),
        (REQUESTED, {"quantityFulfilled": 0, "quantityUnfulfilled": 0}, 3, True),
        ({}, {"quantityFulfilled": 0, "quantityUnfulfilled": 3}, 3, False),
    ],
)
def test_what_was_cancelled_of_a_line_is_not_to_be_sold_or_shipped(
    cancellation: Any, fulfilment: Any, quantity: int, is_requested: bool
) -> None:
    item = {"orderItemId": "i1", "quantityOrdered": 3, "product": {"sellerSku": "S1"}}
    order = {
        "orderId": "111-1",
        "createdTime": "2026-01-01T08:00:00Z",
        "lastUpdatedTime": "2026-01-01T08:00:00Z",
        "salesChannel": {"marketplaceId": US},
        "orderItems": [item | {"cancellation": cancellation, "fulfillment": fulfilment}],
    }
    read = ScriptedAmazon().on(GET_ORDER, answer({"order": order})).account().orders.order("111-1")

    [line] = read.lines
    assert (line.quantity, line.cancel_requested) == (quantity, is_requested)
    assert "private words" not in repr(read)


def shown(**fields: Any) -> httpx.Response:
    order = {"id": 100, "status_id": 11, "external_order_id": "111-1", "staff_notes": "Gift"}
    return httpx.Response(200, json={**order, "currency_code": "EUR", **fields})


def test_an_order_is_cancelled_with_a_note_behind_those_that_it_has() -> None:
    server = (
        StoreServer().on("GET", STORE_ORDER, shown()).on("PUT", STORE_ORDER, shown(status_id=5))
    )

    order = server.open().orders.change(100, "Cancelled on Amazon.", 5)

    assert (order.status_id, order.currency) == (5, "EUR")
    sent = json.loads(server.requests[-1].content)
    assert sent == {"status_id": 5, "staff_notes": "Gift\nCancelled on Amazon."}


def test_what_an_order_shows_already_is_not_written_again() -> None:
    noted = shown(status_id=5, staff_notes="Gift\nCancelled on Amazon.")
    server = StoreServer().on("GET", STORE_ORDER, noted)

    assert server.open().orders.change(100, "Cancelled on Amazon.", 5).status_id == 5
    assert len(server.requests) == 1


def test_the_status_stays_where_only_a_note_is_added() -> None:
    server = StoreServer().on("GET", STORE_ORDER, shown()).on("PUT", STORE_ORDER, shown())

    server.open().orders.change(100, "The buyer asks.")

    assert json.loads(server.requests[-1].content) == {"staff_notes": "Gift\nThe buyer asks."}


def test_refunds_are_read_with_their_amounts_and_without_their_reasons() -> None:
    refund = {"id": 3, "order_id": 100, "created": "2026-11-20T10:00:00+00:00", "reason": "Ada"}
    pagination = {"total_pages": 1}
    path = "/v3/orders/payment_actions/refunds"
    page = {"data": [refund | {"total_amount": 12.5}], "meta": {"pagination": pagination}}
    server = StoreServer().on("GET", path, httpx.Response(200, json=page))

    assert list(server.open().orders.refunds_since(AT)) == [
        StoreRefund(3, 100, Decimal("12.5"), AT)
    ]
    assert server.asked(path)[0]["created:min"] == "2026-11-20T10:00:00+00:00"
