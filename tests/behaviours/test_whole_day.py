"""One day between store and Amazon: published, sold on both sides, ordered, shipped."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.behaviours.merchant import HERE, Json, Merchant, selling_list

ORDER = "701-0000001-0000001"
BY_AMAZON = "701-0000002-0000002"
AWAITING_SHIPMENT = 9


def shown(merchant: Merchant, sku: str) -> tuple[Decimal, int]:
    listing = merchant.on_amazon(sku)
    assert listing is not None
    return Decimal(listing["price"]), listing["quantity"]


@pytest.fixture(scope="module")
def evening(merchant: Merchant) -> Merchant:
    """The merchant after the day: one setting of each level differs from its default."""
    default: Json = merchant.read()["offer_profiles"]["default"]
    buffered = default | {"quantity_mode": "buffer", "quantity_value": 3}
    lists = [
        selling_list("Today", skus=["OFF-NOTEBOOK", "KIT-SCALE"], creation_profiles={1: "kitchen"})
    ]
    merchant.write(
        orders={"status_id": AWAITING_SHIPMENT},
        accounts=merchant.account(order_types=["FBM", "FBA"]),
        offer_profiles={"default": buffered},
        selling_lists=lists,
    )
    merchant.run("extract_catalog")
    merchant.run("publish_listings", **HERE)
    merchant.change_variant("OFF-NOTEBOOK", price="14.50", inventory_level=60)
    merchant.buy(ORDER, {"sku": "KIT-SCALE", "quantity": 2})
    merchant.buy(BY_AMAZON, {"sku": "OFF-NOTEBOOK", "quantity": 1}, fulfilledBy="AMAZON")
    merchant.await_orders()
    merchant.run("import_orders", account="demo")
    merchant.run("extract_catalog", full=False)
    merchant.run("sync_offers", **HERE)
    [order] = merchant.orders_in_store(ORDER)
    merchant.admin.ship(order["id"], {"tracking_number": "Z1", "shipping_provider": "usps"})
    merchant.run("confirm_shipments", account="demo")
    return merchant


@pytest.mark.behaviour("S1")
def test_products_stock_prices_orders_and_shipments_flow(evening: Merchant) -> None:
    [order] = evening.orders_in_store(ORDER)
    [on_amazon] = [one for one in evening.admin.amazon_orders() if one["orderId"] == ORDER]

    assert shown(evening, "OFF-NOTEBOOK") == (Decimal("14.50"), 57)
    assert shown(evening, "KIT-SCALE") == (Decimal("32.00"), 39)
    assert evening.variant("KIT-SCALE")["inventory_level"] == 42
    assert [line["sku"] for line in order["products"]] == ["KIT-SCALE"]
    assert [package["trackingNumber"] for package in on_amazon["packages"]] == ["Z1"]


@pytest.mark.behaviour("S77")
def test_settings_of_all_three_levels_hold(evening: Merchant) -> None:
    orders = evening.orders_in_store(ORDER) + evening.orders_in_store(BY_AMAZON)
    in_store = evening.variant("OFF-NOTEBOOK")["inventory_level"]

    assert len(orders) == 2
    assert orders[1]["status_id"] == AWAITING_SHIPMENT
    assert shown(evening, "OFF-NOTEBOOK")[1] == in_store - 3
