"""Cancellations on Amazon's side and refunds on the store's, as both vendors' files have them."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.amazon.wire import BadRequest
from tests.sandbox.amazon_store import AmazonStore
from tests.sandbox.bigcommerce_store import MUG, MUG_VARIANT, SmallStore, line

Json = dict[str, Any]


@pytest.fixture
def amazon() -> AmazonStore:
    return AmazonStore()


def bought(amazon: AmazonStore) -> str:
    items = [{"sku": sku, "quantity": 2, "price": "5"} for sku in ("MUG-1", "OTHER")]
    return str(amazon.state.place_order({"items": items})["orderId"])


def order_of(amazon: AmazonStore, order_id: str) -> Json:
    path = f"/orders/2026-01-01/orders/{order_id}?includedData=FULFILLMENT,CANCELLATION"
    order: Json = amazon.client.get(path).json()["order"]
    return order


def test_a_buyer_asks_for_cancellation_and_nothing_is_cancelled_yet(amazon: AmazonStore) -> None:
    order_id = bought(amazon)

    amazon.state.change_order(order_id, {"cancelRequested": True})

    order = order_of(amazon, order_id)
    assert order["fulfillment"]["fulfillmentStatus"] == "UNSHIPPED"
    for item in order["orderItems"]:
        assert item["cancellation"]["cancellationRequest"]["requester"] == "BUYER"


def test_a_line_is_cancelled_and_the_rest_is_to_be_shipped(amazon: AmazonStore) -> None:
    order_id = bought(amazon)

    amazon.state.change_order(order_id, {"cancelledSkus": ["OTHER"], "cancelledBy": "BUYER"})

    mug, other = order_of(amazon, order_id)["orderItems"]
    assert "cancellation" not in mug
    assert other["cancellation"] == {"cancellationExecution": {"cancelledBy": "BUYER"}}
    assert other["fulfillment"] == {"quantityFulfilled": 0, "quantityUnfulfilled": 0}
    order = amazon.state.order_book.get(order_id)
    assert [order.to_ship(line) for line in order.lines] == [2, 0]


def test_an_order_of_which_every_line_is_cancelled_is_cancelled(amazon: AmazonStore) -> None:
    order_id = bought(amazon)

    amazon.state.change_order(order_id, {"cancelledSkus": ["OTHER", "MUG-1"]})

    assert order_of(amazon, order_id)["fulfillment"]["fulfillmentStatus"] == "CANCELLED"


@pytest.mark.parametrize(
    "change",
    [
        {"cancelledSkus": ["NEVER-BOUGHT"]},
        {"status": "CANCELLED", "cancelledBy": "NOBODY"},
        {"status": "GONE"},
    ],
)
def test_a_change_that_makes_no_sense_is_refused(amazon: AmazonStore, change: Json) -> None:
    order_id = bought(amazon)

    with pytest.raises(BadRequest):
        amazon.state.change_order(order_id, change)


def refund(store: SmallStore, order_id: int, quantity: int, amount: str) -> Any:
    [product] = store.client.get(f"/v2/orders/{order_id}/products").json()
    item = {"item_type": "PRODUCT", "item_id": product["id"], "quantity": quantity}
    body = {"items": [item], "payments": [{"provider_id": "custom", "amount": float(amount)}]}
    return store.client.post(f"/v3/orders/{order_id}/payment_actions/refunds", json=body)


def test_refunds_are_listed_and_change_the_status_but_not_the_stock() -> None:
    store = SmallStore()
    order = store.order(line(MUG, MUG_VARIANT, 2, price_inc_tax=10, price_ex_tax=10)).json()
    path = f"/v2/orders/{order['id']}"
    stock = store.client.get(f"/v3/catalog/products/{MUG}").json()["data"]["inventory_level"]

    assert refund(store, order["id"], 1, "10").status_code == 201
    assert store.client.get(path).json()["status_id"] == 14
    assert refund(store, order["id"], 1, "10").status_code == 201

    assert store.client.get(path).json()["status_id"] == 4
    assert store.client.get(path).json()["refunded_amount"] == "20.0000"
    listed = store.client.get("/v3/orders/payment_actions/refunds").json()["data"]
    assert [one["total_amount"] for one in listed] == [10.0, 10.0]
    later = "/v3/orders/payment_actions/refunds?created:min=2100-01-01T00:00:00Z"
    assert store.client.get(later).json()["data"] == []
    product = store.client.get(f"/v3/catalog/products/{MUG}").json()["data"]
    assert product["inventory_level"] == stock


@pytest.mark.parametrize(("quantity", "amount"), [(3, "30"), (1, "9"), (0, "0")])
def test_no_more_than_was_paid_is_given_back(quantity: int, amount: str) -> None:
    store = SmallStore()
    order = store.order(line(MUG, MUG_VARIANT, 2, price_inc_tax=10, price_ex_tax=10)).json()

    assert refund(store, order["id"], quantity, amount).status_code == 422
