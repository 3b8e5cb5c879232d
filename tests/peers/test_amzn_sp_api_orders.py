"""Amazon's own SDK on orders: searchOrders and getOrder of 2026-01-01, confirmShipment of v0."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from amazon_sdk import AmazonSdk, amazon_sdk
from buying import placed_order
from spapi import ApiException, GetOrderApi, OrdersV0Api, SearchOrdersApi
from spapi.models.orders_v0 import (
    ConfirmShipmentOrderItem,
    ConfirmShipmentRequest,
    PackageDetail,
)
from spapi.models.orders_v2026_01_01 import GetOrderResponse

from tests.sandbox.running import RunningSandbox

US = "ATVPDKIKX0DER"
EVERYTHING = ["BUYER", "RECIPIENT", "PROCEEDS", "EXPENSE", "PROMOTION", "FULFILLMENT", "PACKAGES"]


@pytest.fixture
def amazon(sandbox: RunningSandbox) -> AmazonSdk:
    return amazon_sdk(sandbox)


def whole_order(amazon: AmazonSdk, order_id: str) -> GetOrderResponse:
    get_order = GetOrderApi(amazon.client).get_order
    return amazon.read(get_order, order_id, included_data=EVERYTHING).order


def confirmation(item_id: str, quantity: int, package: str = "1") -> ConfirmShipmentRequest:
    return ConfirmShipmentRequest(
        marketplace_id=US,
        package_detail=PackageDetail(
            package_reference_id=package,
            carrier_code="UPS",
            tracking_number="1Z999AA10123456784",
            ship_date=datetime.now(UTC),
            order_items=[ConfirmShipmentOrderItem(order_item_id=item_id, quantity=quantity)],
        ),
    )


def test_pages_of_orders_follow_the_token(amazon: AmazonSdk, sandbox: RunningSandbox) -> None:
    placed = {placed_order(sandbox, "OLD-TUMBLER")["orderId"] for _ in range(3)}
    wanted = {
        "created_after": datetime.now(UTC) - timedelta(days=1),
        "marketplace_ids": [US],
        "fulfillment_statuses": ["UNSHIPPED"],
        "fulfilled_by": ["MERCHANT"],
        "max_results_per_page": 1,
        "included_data": EVERYTHING,
    }
    search = SearchOrdersApi(amazon.client).search_orders

    page = amazon.read(search, **wanted)
    orders = list(page.orders)
    while page.pagination and page.pagination.next_token:
        page = amazon.read(search, **wanted, pagination_token=page.pagination.next_token)
        orders += page.orders

    assert placed <= {order.order_id for order in orders}
    assert len(orders) == len({order.order_id for order in orders})
    assert isinstance(page.created_before, datetime)


def test_an_order_has_money_times_and_an_address(
    amazon: AmazonSdk, sandbox: RunningSandbox
) -> None:
    order = whole_order(amazon, placed_order(sandbox, "OLD-LUNCHBOX", 2)["orderId"])

    [item] = order.order_items
    assert (item.product.seller_sku, item.quantity_ordered) == ("OLD-LUNCHBOX", 2)
    assert Decimal(order.proceeds.grand_total.amount) == 2 * Decimal(
        item.product.price.unit_price.amount
    )
    assert order.fulfillment.ship_by_window.latest_date_time > order.created_time
    assert order.recipient.delivery_address.country_code == "US"


def test_a_shipment_is_confirmed_in_two_packages(
    amazon: AmazonSdk, sandbox: RunningSandbox
) -> None:
    placed = placed_order(sandbox, "OLD-LUNCHBOX", 2)
    item_id = placed["orderItems"][0]["orderItemId"]
    confirm = OrdersV0Api(amazon.client).confirm_shipment_with_http_info

    statuses = []
    for package in ("1", "2"):
        [_, status, _] = confirm(placed["orderId"], confirmation(item_id, 1, package))
        order = whole_order(amazon, placed["orderId"])
        statuses.append((status, order.fulfillment.fulfillment_status))

    assert statuses == [(204, "PARTIALLY_SHIPPED"), (204, "SHIPPED")]
    assert [one.package_reference_id for one in order.packages] == ["1", "2"]
    assert {one.carrier for one in order.packages} == {"UPS"}
    assert {one.tracking_number for one in order.packages} == {"1Z999AA10123456784"}


def test_more_than_was_ordered_is_refused(amazon: AmazonSdk, sandbox: RunningSandbox) -> None:
    placed = placed_order(sandbox, "OLD-TUMBLER")
    too_many = confirmation(placed["orderItems"][0]["orderItemId"], 2)

    with pytest.raises(ApiException) as caught:
        OrdersV0Api(amazon.client).confirm_shipment(placed["orderId"], too_many)

    assert caught.value.status == 400
