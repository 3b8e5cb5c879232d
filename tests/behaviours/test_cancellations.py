"""Orders that are cancelled or refunded on one side, on both vendors' sandbox."""

from __future__ import annotations

from typing import Final

import pytest

from affluent.domain.report import RunReport
from tests.behaviours.buyers import item
from tests.behaviours.merchant import Json, Merchant

BY_AMAZON: Final = "701-6200001-6200001"
BY_MERCHANT: Final = "701-6200002-6200002"
IN_PART: Final = "701-6200003-6200003"
SHIPPED: Final = "701-6200004-6200004"
MUG, JAM = "KIT-MUG-BLUE", "FOOD-JAM"
ALL: Final = (BY_AMAZON, BY_MERCHANT, IN_PART, SHIPPED)


def follow(merchant: Merchant, **parameters: object) -> RunReport:
    return merchant.run("follow_cancellations", account="demo", **parameters)


def seen(merchant: Merchant) -> None:
    """Let Amazon's search show what has changed, and record it."""
    merchant.await_orders()
    merchant.run("import_orders", account="demo")


def stored(merchant: Merchant, order_id: str) -> Json:
    [order] = merchant.orders_in_store(order_id)
    return order


def on_amazon(merchant: Merchant, order_id: str) -> str:
    orders = {order["orderId"]: order for order in merchant.admin.amazon_orders()}
    status: str = orders[order_id]["fulfillment"]["fulfillmentStatus"]
    return status


def set_status(merchant: Merchant, order_id: str, status_id: int) -> None:
    path = f"/v2/orders/{stored(merchant, order_id)['id']}"
    merchant.store.put(path, json={"status_id": status_id}).raise_for_status()


def staff_notes(merchant: Merchant, order_id: str) -> str:
    path = f"/v2/orders/{stored(merchant, order_id)['id']}"
    notes: str = merchant.store.get(path).json()["staff_notes"]
    return notes


def timeline(merchant: Merchant, order_id: str) -> list[str]:
    entries = merchant.order(order_id)["timeline"]
    return [message for entry in entries for message in entry["messages"]]


@pytest.fixture(scope="module")
def shop(merchant: Merchant) -> Merchant:
    """Four orders of a mug and a jam, imported; and what the mugs were before."""
    merchant.run("extract_catalog")
    for order_id in ALL:
        merchant.buy(order_id, item(MUG), item(JAM))
    seen(merchant)
    return merchant


@pytest.mark.behaviour("S62", "S71")
def test_what_amazon_cancels_is_shown_dry_and_then_cancelled_with_its_stock(shop: Merchant) -> None:
    before = shop.stock()[MUG]
    shop.admin.change_order(BY_AMAZON, status="CANCELLED", cancelledBy="BUYER")
    seen(shop)

    dry = follow(shop, dry_run=True)
    assert (dry.planned, dry.sent) == (1, 0)
    assert stored(shop, BY_AMAZON)["status_id"] == 11

    assert follow(shop).effective == 1
    assert follow(shop).planned == 0
    assert stored(shop, BY_AMAZON)["status"] == "Cancelled"
    assert shop.stock()[MUG] == before + 1
    assert staff_notes(shop, BY_AMAZON).endswith("Cancelled on Amazon.")
    assert timeline(shop, BY_AMAZON)[-1] == "Cancelled on Amazon."
    assert shop.order(BY_AMAZON)["state"] == "cancelled"


@pytest.mark.behaviour("S62", "S71")
def test_what_the_merchant_cancels_is_cancelled_on_amazon_only_where_he_wants(
    shop: Merchant,
) -> None:
    set_status(shop, BY_MERCHANT, 5)

    assert follow(shop).held == {"amazon_not_told": 1}
    assert on_amazon(shop, BY_MERCHANT) == "UNSHIPPED"
    assert "cancellations.to_amazon is off" in timeline(shop, BY_MERCHANT)[-1]

    with shop.settings(cancellations={"to_amazon": True}):
        assert follow(shop).held == {}
    assert on_amazon(shop, BY_MERCHANT) == "CANCELLED"
    assert "Amazon shows the order as cancelled." in timeline(shop, BY_MERCHANT)


@pytest.mark.behaviour("S62")
def test_a_buyers_wish_and_cancelled_lines_are_flagged_without_his_words(shop: Merchant) -> None:
    shop.admin.change_order(IN_PART, cancelRequested=True)
    shop.admin.change_order(IN_PART, cancelledSkus=[JAM])
    seen(shop)

    assert follow(shop).effective == 2

    assert stored(shop, IN_PART)["status"] == "Manual Verification Required"
    notes = staff_notes(shop, IN_PART)
    assert f"1 of {JAM}. Do not ship that." in notes
    assert "The buyer asks on Amazon to cancel" in notes
    assert "555-0100" not in notes + "".join(timeline(shop, IN_PART))


@pytest.mark.behaviour("S62", "S71")
def test_what_is_shipped_is_held_and_its_refund_is_told(shop: Merchant) -> None:
    order_id = stored(shop, SHIPPED)["id"]
    shop.admin.ship(order_id, {"shipping_provider": "ups", "tracking_number": "1Z 7"})
    shop.run("confirm_shipments", account="demo")
    lines = shop.store.get(f"/v2/orders/{order_id}/products").json()
    mug = next(line for line in lines if line["sku"] == MUG)
    refund = {
        "items": [{"item_type": "PRODUCT", "item_id": mug["id"], "quantity": 1}],
        "payments": [{"amount": float(mug["price_inc_tax"]), "offline": True}],
    }
    path = f"/v3/orders/{order_id}/payment_actions/refunds"
    shop.store.post(path, json=refund).raise_for_status()
    set_status(shop, SHIPPED, 5)

    with shop.settings(cancellations={"to_amazon": True}):
        assert follow(shop).held == {"not_cancellable": 1}

    assert on_amazon(shop, SHIPPED) == "SHIPPED"
    told = timeline(shop, SHIPPED)
    amount = f"{float(mug['price_inc_tax']):.2f} USD"
    assert any(f"Refunded in BigCommerce: {amount}" in message for message in told)
    assert any("cancels no such order" in message for message in told)
