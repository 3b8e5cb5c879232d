"""Orders: placing, searching with its lag and pages, and confirming shipments."""

from __future__ import annotations

import gzip
from datetime import timedelta
from typing import Any

import httpx
import pytest

from sandbox.amazon.wire import BadRequest, timestamp
from tests.sandbox.amazon_store import US, AmazonStore, mug, stock

ALL_DATA = "BUYER,RECIPIENT,PROCEEDS,FULFILLMENT,PACKAGES"


@pytest.fixture
def store() -> AmazonStore:
    store = AmazonStore()
    store.listed("MUG-1", mug(fulfillment_availability=[stock(7)]))
    return store


def search(store: AmazonStore, **params: str) -> httpx.Response:
    start = timestamp(store.clock.now() - timedelta(days=1))
    query = {"lastUpdatedAfter": start, "includedData": ALL_DATA, **params}
    given = {name: value for name, value in query.items() if value}
    return store.client.get("/orders/2026-01-01/orders", params=given)


def order_of(store: AmazonStore, order_id: str) -> Any:
    path = f"/orders/2026-01-01/orders/{order_id}"
    return store.client.get(path, params={"includedData": ALL_DATA}).json()["order"]


def test_placed_order_takes_price_title_and_stock_of_the_listing(store):
    order = store.state.place_order({"items": [{"sku": "MUG-1", "quantity": 2}]})
    product = order["orderItems"][0]["product"]
    assert product["title"] == "Blue mug"
    assert product["price"]["unitPrice"] == {"amount": "12.50", "currencyCode": "USD"}
    assert order["proceeds"]["grandTotal"]["amount"] == "25.00"
    assert store.state.listings()[0]["quantity"] == 5
    assert order["recipient"]["deliveryAddress"]["countryCode"] == "US"
    again = AmazonStore()
    again.listed("MUG-1", mug())
    twin = again.state.place_order({"items": [{"sku": "MUG-1", "quantity": 2}]})
    assert (twin["orderId"], twin["buyer"]) == (order["orderId"], order["buyer"])


def test_unknown_sku_needs_a_price_and_bad_bodies_are_refused(store):
    order = store.state.place_order({"items": [{"sku": "X", "quantity": 1, "price": "3.10"}]})
    assert order["orderItems"][0]["product"]["sellerSku"] == "X"
    for body in (
        {"items": []},
        {"items": [{"sku": "X", "quantity": 1}]},
        {"items": [{"sku": "MUG-1", "quantity": 0}]},
        {"items": [{"sku": "MUG-1", "quantity": 1}], "status": "LOST"},
        {"items": [{"sku": "MUG-1", "quantity": 1}], "orderId": order["orderId"]},
    ):
        with pytest.raises(BadRequest):
            store.state.place_order(body)


def test_order_is_seen_two_minutes_after_its_last_change(store):
    order_id = store.state.place_order({"items": [{"sku": "MUG-1", "quantity": 1}]})["orderId"]
    store.clock.pass_by(119)
    assert search(store).json()["orders"] == []
    assert order_of(store, order_id)["orderId"] == order_id
    store.clock.pass_by(2)
    body = search(store).json()
    assert [order["orderId"] for order in body["orders"]] == [order_id]
    assert body["lastUpdatedBefore"] == timestamp(store.clock.now() - timedelta(minutes=2))
    assert "pagination" not in body


def test_bounds_of_the_search_are_checked(store):
    now = store.clock.now()
    after = timestamp(now - timedelta(hours=1))
    assert search(store, createdAfter=after).status_code == 400
    assert search(store, lastUpdatedAfter="").status_code == 400
    assert search(store, lastUpdatedBefore=timestamp(now)).status_code == 400
    assert search(store, lastUpdatedBefore="2020-01-01T00:00:00Z").status_code == 400
    assert search(store, fulfillmentStatuses="CANCELED").status_code == 400
    assert search(store, maxResultsPerPage="101").status_code == 400
    assert "createdBefore" in search(store, lastUpdatedAfter="", createdAfter=after).json()


def test_pages_hold_their_query_and_expire_after_a_day(store):
    ids = [
        store.state.place_order({"items": [{"sku": "MUG-1", "quantity": 1}]})["orderId"]
        for _ in range(5)
    ]
    store.clock.pass_by(121)
    start = timestamp(store.clock.now() - timedelta(days=1))
    first = search(store, lastUpdatedAfter=start, maxResultsPerPage="2").json()
    token = {"paginationToken": first["pagination"]["nextToken"], "lastUpdatedAfter": start}
    assert search(store, **token, fulfilledBy="AMAZON").status_code == 400
    rest = search(store, **token, maxResultsPerPage="50").json()
    found = [order["orderId"] for order in first["orders"] + rest["orders"]]
    assert sorted(found) == sorted(ids)
    assert "pagination" not in rest
    assert first["lastUpdatedBefore"] == rest["lastUpdatedBefore"]
    store.clock.pass_by(86_401)
    store.client.headers["x-amz-access-token"] = store.log_in()["access_token"]
    assert search(store, **token).status_code == 400


def test_pending_order_shows_neither_price_nor_address_until_it_is_paid(store):
    placed = store.state.place_order(
        {"status": "PENDING", "items": [{"sku": "MUG-1", "quantity": 1}]}
    )
    assert placed["fulfillment"]["fulfillmentStatus"] == "PENDING"
    assert not {"recipient", "buyer", "proceeds"} & placed.keys()
    assert "price" not in placed["orderItems"][0]["product"]
    paid = store.state.change_order(placed["orderId"], {"status": "UNSHIPPED"})
    assert "recipient" in paid


def test_filters_and_data_sets(store):
    item = {"sku": "MUG-1", "quantity": 1}
    fba = store.state.place_order({"fulfilledBy": "AMAZON", "items": [item]})["orderId"]
    store.state.place_order({"items": [item]})
    assert store.state.listings()[0]["quantity"] == 6
    store.clock.pass_by(121)
    found = search(store, fulfilledBy="AMAZON").json()["orders"]
    assert [order["orderId"] for order in found] == [fba]
    assert "buyerEmail" not in found[0]["buyer"]
    bare = search(store, includedData="").json()["orders"][0]
    assert not {"buyer", "recipient", "proceeds", "fulfillment", "packages"} & bare.keys()
    assert search(store, marketplaceIds="A2EUQ1WTGCTBG2").json()["orders"] == []


def confirm(store: AmazonStore, order_id: str, items: Any, **detail: Any) -> httpx.Response:
    package = {
        "packageReferenceId": "1",
        "carrierCode": "UPS",
        "trackingNumber": "1Z999",
        "shipDate": store.clock.now().isoformat(),
        "orderItems": items,
        **detail,
    }
    return store.client.post(
        f"/orders/v0/orders/{order_id}/shipmentConfirmation",
        json={"marketplaceId": US, "packageDetail": package},
    )


def test_shipments_move_the_order_on_and_can_be_edited(store):
    order_id = store.state.place_order({"items": [{"sku": "MUG-1", "quantity": 3}]})["orderId"]
    item_id = order_of(store, order_id)["orderItems"][0]["orderItemId"]

    assert confirm(store, order_id, [{"orderItemId": item_id, "quantity": 1}]).status_code == 204
    assert order_of(store, order_id)["fulfillment"]["fulfillmentStatus"] == "PARTIALLY_SHIPPED"

    two = [{"orderItemId": item_id, "quantity": 2}]
    assert confirm(store, order_id, two, packageReferenceId="2").status_code == 204
    order = order_of(store, order_id)
    assert order["fulfillment"]["fulfillmentStatus"] == "SHIPPED"
    assert order["orderItems"][0]["fulfillment"] == {
        "quantityFulfilled": 3,
        "quantityUnfulfilled": 0,
    }

    edited = confirm(store, order_id, two, packageReferenceId="2", trackingNumber="NEW")
    assert edited.status_code == 204
    packages = order_of(store, order_id)["packages"]
    assert [package["trackingNumber"] for package in packages] == ["1Z999", "NEW"]
    late = confirm(store, order_id, two, packageReferenceId="3")
    assert late.status_code == 400
    assert "PackageToUpdateNotFound" in late.text


@pytest.mark.parametrize(
    "detail",
    [
        {"packageReferenceId": 1},
        {"packageReferenceId": "A1"},
        {"carrierCode": ""},
        {"carrierCode": "Other"},
        {"trackingNumber": ""},
        {"shipDate": "yesterday"},
        {"shipDate": "2020-01-31T08:15:30Z"},
        {"shipDate": "2120-01-31T08:15:30Z"},
        {"orderItems": {"orderItemId": "1", "quantity": 1}},
        {"orderItems": [{"orderItemId": "1", "quantity": 1}]},
    ],
)
def test_faulty_confirmation_changes_nothing(store, detail):
    order_id = store.state.place_order({"items": [{"sku": "MUG-1", "quantity": 1}]})["orderId"]
    item_id = order_of(store, order_id)["orderItems"][0]["orderItemId"]
    answer = confirm(store, order_id, [{"orderItemId": item_id, "quantity": 1}], **detail)
    assert answer.status_code == 400
    assert order_of(store, order_id)["packages"] == []


def test_more_than_ordered_pending_and_fba_orders_cannot_be_shipped(store):
    item = {"sku": "MUG-1", "quantity": 1}
    for body, quantity in (
        ({"items": [item]}, 2),
        ({"items": [item], "status": "PENDING"}, 1),
        ({"items": [item], "fulfilledBy": "AMAZON"}, 1),
        ({"items": [item], "status": "CANCELLED"}, 1),
    ):
        order = store.state.place_order(body)
        item_id = order["orderItems"][0]["orderItemId"]
        items = [{"orderItemId": item_id, "quantity": quantity}]
        assert confirm(store, order["orderId"], items).status_code == 400
    assert confirm(store, "000-0000000-0000000", []).status_code == 404


def test_other_carrier_goes_by_its_name(store):
    order_id = store.state.place_order({"items": [{"sku": "MUG-1", "quantity": 1}]})["orderId"]
    item_id = order_of(store, order_id)["orderItems"][0]["orderItemId"]
    items = [{"orderItemId": item_id, "quantity": 1}]
    answer = confirm(store, order_id, items, carrierCode="Other", carrierName="Bike courier")
    assert answer.status_code == 204
    assert order_of(store, order_id)["packages"][0]["carrier"] == "Bike courier"


def acknowledgement(order_id: str, status: str) -> str:
    return (
        f"<Message><MessageID>1</MessageID><OrderAcknowledgement>"
        f"<AmazonOrderID>{order_id}</AmazonOrderID><StatusCode>{status}</StatusCode>"
        f"<Item><AmazonOrderItemCode>1</AmazonOrderItemCode>"
        f"<CancelReason>NoInventory</CancelReason></Item></OrderAcknowledgement></Message>"
    )


def test_acknowledgement_feed_cancels_what_it_calls_a_failure(store):
    item = {"sku": "MUG-1", "quantity": 1}
    kept, cancelled = (store.state.place_order({"items": [item]})["orderId"] for _ in range(2))
    messages = (
        acknowledgement(kept, "Success")
        + acknowledgement(cancelled, "Failure")
        + acknowledgement("000-0000000-0000000", "Failure")
    )
    envelope = (
        f"<AmazonEnvelope><Header/><MessageType>OrderAcknowledgement</MessageType>{messages}"
        "</AmazonEnvelope>"
    )
    feed_id = store.submit_feed(envelope.encode(), "POST_ORDER_ACKNOWLEDGEMENT_DATA")
    store.clock.pass_by(60)
    feed = store.feed(feed_id)
    assert feed["processingStatus"] == "DONE"
    path = f"/feeds/2021-06-30/documents/{feed['resultFeedDocumentId']}"
    report = gzip.decompress(store.client.get(store.client.get(path).json()["url"]).content)
    assert b"<MessagesSuccessful>2</MessagesSuccessful>" in report
    statuses = {
        order["orderId"]: order["fulfillment"]["fulfillmentStatus"]
        for order in store.state.orders()
    }
    assert statuses == {kept: "UNSHIPPED", cancelled: "CANCELLED"}
    line = store.state.orders()[1]["orderItems"][0]
    assert line["cancellation"]["cancellationExecution"]["cancelReason"] == "NoInventory"
