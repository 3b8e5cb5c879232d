"""Shipments reach Amazon by themselves, and Amazon follows them through everything after."""

from __future__ import annotations

from typing import Final

import pytest

from affluent.domain.report import RunReport
from tests.behaviours.buyers import BY_AMAZON, PLAIN, TWO_LINES, item
from tests.behaviours.merchant import Json, Merchant

UPS: Final = {"shipping_provider": "ups"}
#: Answered in Amazon's place: as good as taken and dropped.
DROPPED: Final = {
    "vendor": "amazon",
    "method": "POST",
    "path": "/shipmentConfirmation$",
    "action": "status",
    "status": 204,
}


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


def confirmations(merchant: Merchant) -> int:
    return sum(one["operation"] == "confirmShipment" for one in merchant.admin.requests())


def path(order: Json, shipment: Json) -> str:
    return f"/v2/orders/{order['id']}/shipments/{shipment['id']}"


@pytest.fixture(scope="module")
def orders(merchant: Merchant) -> dict[str, Json]:
    """The store's orders, imported, by Amazon's id; one of them is shipped by Amazon."""
    merchant.run("extract_catalog")
    merchant.buy(PLAIN, item("KIT-SCALE"))
    merchant.buy(TWO_LINES, item("KIT-MUG-BLUE", 2), item("FOOD-JAM"))
    merchant.buy(BY_AMAZON, item("OLD-PRESS"), fulfilledBy="AMAZON")
    merchant.await_orders()
    with merchant.settings(accounts=merchant.account(order_types=["FBM", "FBA"])):
        merchant.run("import_orders", account="demo")
    stored = {name: merchant.orders_in_store(name) for name in (PLAIN, TWO_LINES, BY_AMAZON)}
    return {name: order for name, [order] in stored.items()}


@pytest.mark.behaviour("S66")
def test_what_is_shipped_in_part_is_told_in_part(
    merchant: Merchant, orders: dict[str, Json]
) -> None:
    order = orders[TWO_LINES]
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


@pytest.mark.behaviour("S66")
def test_what_amazon_drops_edits_and_deletions_all_end_as_the_store_has_it(
    merchant: Merchant, orders: dict[str, Json]
) -> None:
    order, before = orders[PLAIN], confirmations(merchant)
    shipment = merchant.admin.ship(order["id"], UPS | {"tracking_number": "1Z2"})
    merchant.admin.add_faults([DROPPED])
    dropped = confirm(merchant)
    assert (dropped.waiting, packages(merchant, PLAIN)) == (1, [])
    assert any("has taken package" in note for note in dropped.notes)
    confirm(merchant)
    assert packages(merchant, PLAIN) == [("UPS", "1Z2", 1)]

    edited = {"tracking_number": "1Z3", "shipping_provider": "fedex"}
    merchant.store.put(path(order, shipment), json=edited).raise_for_status()
    confirm(merchant)
    assert packages(merchant, PLAIN) == [("FedEx", "1Z3", 1)]

    merchant.store.delete(path(order, shipment)).raise_for_status()
    assert any("cannot take back" in note for note in confirm(merchant).notes)
    merchant.admin.ship(order["id"], UPS | {"tracking_number": "1Z4"})
    confirm(merchant)
    confirm(merchant)

    assert packages(merchant, PLAIN) == [("UPS", "1Z4", 1)]
    assert confirmations(merchant) - before == 4


@pytest.mark.behaviour("S66")
def test_what_amazon_ships_is_never_confirmed(merchant: Merchant, orders: dict[str, Json]) -> None:
    before = confirmations(merchant)
    merchant.admin.ship(orders[BY_AMAZON]["id"], UPS | {"tracking_number": "1Z5"})

    report = confirm(merchant)

    assert (report.planned, confirmations(merchant)) == (0, before)


def test_the_carriers_that_were_seen_are_listed(merchant: Merchant) -> None:
    listed = merchant.ask("carriers")

    assert "dhl-germany" in listed
    assert "DHL" in listed
