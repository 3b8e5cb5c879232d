"""Shipments reach Amazon by themselves, in as many parts as they are made in."""

from __future__ import annotations

from typing import Final

import pytest

from affluent.domain.report import RunReport
from tests.behaviours.buyers import TWO_LINES, item
from tests.behaviours.merchant import Json, Merchant

UPS: Final = {"shipping_provider": "ups"}


def confirm(merchant: Merchant) -> RunReport:
    return merchant.run("confirm_shipments", account="demo")


def packages(merchant: Merchant, order_id: str) -> list[tuple[str, str, int]]:
    """Carrier, tracking number and units of an order's packages on Amazon."""
    [order] = [one for one in merchant.admin.amazon_orders() if one["orderId"] == order_id]
    return [
        (
            package["carrier"],
            package["trackingNumber"],
            sum(one["quantity"] for one in package["packageItems"]),
        )
        for package in order["packages"]
    ]


@pytest.fixture(scope="module")
def order(merchant: Merchant) -> Json:
    """An order of two lines, imported."""
    merchant.run("extract_catalog")
    merchant.buy(TWO_LINES, item("KIT-MUG-BLUE", 2), item("FOOD-JAM"))
    merchant.await_orders()
    merchant.run("import_orders", account="demo")
    [stored] = merchant.orders_in_store(TWO_LINES)
    return stored


@pytest.mark.behaviour("S66")
def test_what_is_shipped_in_part_is_told_in_part(merchant: Merchant, order: Json) -> None:
    lines = merchant.store.get(f"/v2/orders/{order['id']}/products").json()
    mugs = next(line for line in lines if line["quantity"] == 2)
    one_mug = [{"order_product_id": mugs["id"], "quantity": 1}]

    merchant.admin.ship(order["id"], UPS | {"tracking_number": "1Z 1", "items": one_mug})
    assert confirm(merchant).effective == 1
    assert packages(merchant, TWO_LINES) == [("UPS", "1Z1", 1)]

    merchant.admin.ship(order["id"], {"tracking_carrier": "dhl-germany", "tracking_number": "JJD1"})
    assert confirm(merchant).effective == 1

    assert packages(merchant, TWO_LINES) == [("UPS", "1Z1", 1), ("DHL", "JJD1", 2)]
    assert merchant.order(TWO_LINES)["state"] == "shipped"
