import json
import logging
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import httpx
import pytest
from scripted_amazon import US, ScriptedAmazon, answer, refusal

from affluent.domain.account import FulfilledBy
from affluent.domain.errors import MalformedAnswer, Refused
from affluent.domain.money import Money
from affluent.domain.order import OrderStatus, Package

SHARED = Path(__file__).resolve().parents[3] / "../shared"
SAMPLE = SHARED / "samples/amazon/amzn-samples/labs_get_order_response.json"

SEARCH = "GET /orders/2026-01-01/orders"
GET = "GET /orders/2026-01-01/orders/111-1"
SINCE = datetime(2026, 1, 1, 8, 0, tzinfo=UTC)
EVERYTHING = "BUYER,RECIPIENT,PROCEEDS,FULFILLMENT,PACKAGES,PROMOTION,TAX,CANCELLATION"


def usd(amount: str) -> dict[str, str]:
    return {"amount": amount, "currencyCode": "USD"}


def dollars(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


ORDER = {
    "orderId": "111-1",
    "createdTime": "2026-01-01T08:00:00.123Z",
    "lastUpdatedTime": "2026-01-01T10:00:00+01:00",
    "programs": ["PRIME", "A_NEW_PROGRAM"],
    "salesChannel": {"channelName": "AMAZON", "marketplaceId": US},
    "buyer": {
        "buyerName": "Ada Lovelace",
        "buyerEmail": "x@marketplace.amazon.com",
        "buyerCompanyName": "Engines Ltd",
        "buyerPurchaseOrderNumber": "PO-77",
    },
    "recipient": {
        "deliveryAddress": {
            "name": "Ada Lovelace",
            "addressLine2": "12 Analytical Row",
            "addressLine3": "Rear house",
            "city": "Seattle",
            "stateOrRegion": "WA",
            "postalCode": "98101",
            "countryCode": "US",
            "phone": "555",
        }
    },
    "proceeds": {"grandTotal": usd("40.00")},
    "fulfillment": {
        "fulfillmentStatus": "PARTIALLY_SHIPPED",
        "fulfilledBy": "MERCHANT",
        "shipByWindow": {"latestDateTime": "2026-01-03T08:00:00Z"},
    },
    "orderItems": [
        {
            "orderItemId": "i1",
            "quantityOrdered": 2,
            "product": {
                "asin": "B01",
                "title": "Lamp",
                "sellerSku": "S1",
                "price": {"unitPrice": usd("10.10")},
            },
            "proceeds": {
                "breakdowns": [
                    {"type": "ITEM", "subtotal": usd("20.21")},
                    {"type": "SHIPPING", "subtotal": usd("4.99")},
                    {"type": "GIFT_WRAP", "subtotal": usd("1.50")},
                    {"type": "DISCOUNT", "subtotal": usd("-2.00")},
                    {"type": "PROMOTION", "subtotal": usd("-0.50")},
                    {
                        "type": "TAX",
                        "subtotal": usd("2.30"),
                        "detailedBreakdowns": [
                            {"subtype": "ITEM", "value": usd("1.90")},
                            {"subtype": "SHIPPING", "value": usd("0.40")},
                        ],
                    },
                    {"type": "COD_FEE", "subtotal": usd("3.00")},
                    {"type": "OTHER", "subtotal": usd("0.25")},
                    {"type": "SOMETHING_NEW", "subtotal": usd("9.99")},
                ]
            },
            "fulfillment": {
                "quantityFulfilled": 1,
                "quantityUnfulfilled": 1,
                "packing": {"giftOption": {"giftMessage": "Hello Ada", "giftWrapLevel": "Blue"}},
            },
            "tax": {
                "taxCalculationBreakdowns": [{"reportingScheme": "IOSS"}, {}],
                "taxCollections": [
                    {"model": "SOMETHING_NEW", "responsibleParty": "Nobody"},
                    {"model": "MARKETPLACE_FACILITATOR", "responsibleParty": "Amazon Services"},
                ],
            },
        }
    ],
    "packages": [
        {
            "packageReferenceId": "7",
            "carrier": "UPS",
            "trackingNumber": "1Z",
            "packageItems": [{"orderItemId": "i1", "quantity": 1}],
        }
    ],
}


def test_an_order_is_read_with_exact_money_and_every_part() -> None:
    amazon = ScriptedAmazon().on(GET, answer({"order": ORDER}))
    order = amazon.account().orders.order("111-1")
    assert amazon.query(GET) == {"includedData": EVERYTHING}
    assert order.status is OrderStatus.PARTIALLY_SHIPPED
    assert order.fulfilled_by is FulfilledBy.MERCHANT
    assert order.created_at == datetime(2026, 1, 1, 8, 0, 0, 123000, tzinfo=UTC)
    assert order.last_updated_at == datetime(2026, 1, 1, 9, 0, tzinfo=UTC)
    assert order.ship_by == datetime(2026, 1, 3, 8, 0, tzinfo=UTC)
    assert order.programs == ("PRIME", "A_NEW_PROGRAM")
    assert order.recipient.street_1 == "12 Analytical Row"
    assert order.recipient.street_2 == "Rear house"
    assert (order.buyer.email, order.recipient.phone) == ("x@marketplace.amazon.com", "555")
    assert order.packages == (Package("7", "UPS", "1Z", (("i1", 1),)),)
    assert "Ada" not in repr(order)

    (line,) = order.lines
    assert (line.sku, line.asin, line.title) == ("S1", "B01", "Lamp")
    assert (line.quantity, line.quantity_shipped) == (2, 1)
    assert line.unit_price == dollars("10.10")
    assert line.tax == dollars("1.90")
    assert line.shipping == dollars("4.99")
    assert line.shipping_tax == dollars("0.40")
    assert line.gift_wrap == dollars("1.50")
    assert line.discount == dollars("2.50")
    assert (line.item_total, line.fees) == (dollars("20.21"), dollars("3.25"))
    assert (line.tax_collector, line.tax_scheme) == ("Amazon Services", "IOSS")
    assert (line.gift_wrap_level, line.gift_message) == ("Blue", "Hello Ada")
    assert (order.buyer.company, order.buyer.purchase_order) == ("Engines Ltd", "PO-77")


def test_an_order_of_which_we_may_see_little_is_still_read() -> None:
    bare = {
        "orderId": "111-1",
        "createdTime": "2026-01-01T08:00:00Z",
        "lastUpdatedTime": "2026-01-01T08:00:00Z",
        "salesChannel": {"marketplaceId": US},
        "fulfillment": {"fulfillmentStatus": "TELEPORTED", "fulfilledBy": "AMAZON"},
        "orderItems": [{"orderItemId": "i1", "quantityOrdered": 1, "product": {}}],
    }
    amazon = ScriptedAmazon().on(GET, answer({"order": bare}))
    order = amazon.account().orders.order("111-1")
    assert order.status is OrderStatus.UNKNOWN
    assert order.fulfilled_by is FulfilledBy.AMAZON
    assert order.currency == "USD"
    assert order.lines[0].unit_price == dollars("0")
    assert order.recipient.street_1 == ""


@pytest.mark.skipif(not SAMPLE.is_file(), reason="Amazon's sample answer is missing")
def test_amazons_own_sample_is_read() -> None:
    amazon = ScriptedAmazon().on(GET, answer(json.loads(SAMPLE.read_bytes())))
    order = amazon.account().orders.order("111-1")
    assert order.order_id == "111-1111111-1111111"
    assert order.lines[0].unit_price == dollars("7.99")


def test_next_token_sent_raw_with_every_other_parameter_unchanged() -> None:
    until = "2026-01-01T09:58:00Z"
    token = "p+/=:1"
    amazon = ScriptedAmazon().on(
        SEARCH,
        answer({"orders": [ORDER], "pagination": {"nextToken": token}, "lastUpdatedBefore": until}),
        answer({"orders": [], "lastUpdatedBefore": until}),
    )
    pages = list(amazon.account().orders.updated_since([US, "CA"], SINCE))
    assert [len(page.orders) for page in pages] == [1, 0]
    assert pages[0].updated_before == datetime(2026, 1, 1, 9, 58, tzinfo=UTC)
    first = amazon.query(SEARCH)
    assert first == {
        "lastUpdatedAfter": "2026-01-01T08:00:00.000Z",
        "marketplaceIds": f"{US},CA",
        "maxResultsPerPage": "100",
        "includedData": EVERYTHING,
    }
    assert amazon.query(SEARCH, 1) == {**first, "paginationToken": token}


def test_24_hours_a_window_whose_page_token_expired_is_read_again_with_the_same_cursor() -> None:
    until = "2026-01-01T09:58:00Z"
    amazon = ScriptedAmazon().on(
        SEARCH,
        answer({"orders": [ORDER], "pagination": {"nextToken": "t"}, "lastUpdatedBefore": until}),
        refusal(400, "InvalidInput", "The page token has expired."),
        answer({"orders": [ORDER], "pagination": {"nextToken": "u"}, "lastUpdatedBefore": until}),
        answer({"orders": [], "lastUpdatedBefore": until}),
    )
    pages = list(amazon.account().orders.updated_since([US], SINCE))
    assert [len(page.orders) for page in pages] == [1, 1, 0]
    queries = [amazon.query(SEARCH, number) for number in range(4)]
    assert {query["lastUpdatedAfter"] for query in queries} == {"2026-01-01T08:00:00.000Z"}
    assert [query.get("paginationToken") for query in queries] == [None, "t", None, "u"]


def test_24_hours_a_window_that_expires_again_and_again_is_refused() -> None:
    page = answer({"orders": [], "pagination": {"nextToken": "t"}})
    expired = refusal(400, "InvalidInput", "The page token has expired.")
    amazon = ScriptedAmazon().on(SEARCH, page, expired, page, expired)
    with pytest.raises(Refused, match="expired"):
        list(amazon.account().orders.updated_since([US], SINCE))
    assert len(amazon.sent(SEARCH)) == 4


def test_2_minutes_the_end_of_a_window_is_left_to_amazon_and_is_the_next_beginning() -> None:
    until = "2026-01-01T09:58:00.123Z"
    amazon = ScriptedAmazon().on(SEARCH, answer({"orders": [], "lastUpdatedBefore": until}))
    (page,) = amazon.account().orders.updated_since([US], SINCE)
    assert "lastUpdatedBefore" not in amazon.query(SEARCH)
    list(amazon.account().orders.updated_since([US], page.updated_before))
    assert amazon.query(SEARCH, 1)["lastUpdatedAfter"] == until


def test_a_token_that_changes_nothing_is_malformed() -> None:
    amazon = ScriptedAmazon().on(SEARCH, answer({"orders": [], "pagination": {"nextToken": "t"}}))
    with pytest.raises(MalformedAnswer, match="circle"):
        list(amazon.account().orders.updated_since([US], SINCE))


def test_included_data_that_amazon_refuses_is_given_up_with_a_warning(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def search(request: httpx.Request) -> httpx.Response:
        if "TAX" in request.url.params["includedData"]:
            return refusal(400, "InvalidInput", "includedData is not valid.")
        return answer({"orders": [ORDER], "lastUpdatedBefore": "2026-01-01T09:58:00Z"})

    amazon = ScriptedAmazon().on(SEARCH, search)
    with caplog.at_level(logging.WARNING):
        (page,) = amazon.account().orders.updated_since([US], SINCE)
    assert page.orders[0].order_id == "111-1"
    assert amazon.query(SEARCH, 1)["includedData"] == "BUYER,RECIPIENT,PROCEEDS,FULFILLMENT"
    assert "includedData is not valid" in caplog.text


def test_a_search_that_is_wrong_in_itself_stays_refused() -> None:
    amazon = ScriptedAmazon().on(SEARCH, refusal(400, "InvalidInput", "lastUpdatedAfter is wrong"))
    with pytest.raises(Refused, match="lastUpdatedAfter"):
        list(amazon.account().orders.updated_since([US], SINCE))
