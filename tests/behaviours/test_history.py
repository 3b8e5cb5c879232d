"""What a SKU or an order was at any time, and what differs between two times."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.behaviours.buyers import PLAIN, item
from tests.behaviours.merchant import HERE, Merchant, selling_list

SKU = "OLD-TUMBLER"


def now() -> str:
    return datetime.now(UTC).isoformat()


def dollars(text: str) -> Decimal:
    return Decimal(text.removesuffix(" USD"))


def history(merchant: Merchant, *words: str) -> Any:
    return json.loads(merchant.ask("history", *words, "--json"))


@pytest.mark.behaviour("N9")
def test_the_state_of_a_sku_at_any_time_and_the_difference_between_two(merchant: Merchant) -> None:
    price = merchant.variant(SKU)["calculated_price"]
    merchant.run("extract_catalog")
    merchant.write(selling_lists=[selling_list("One", skus=[SKU])])
    merchant.run("link_inventory", **HERE)
    merchant.run("sync_offers", **HERE)
    before = now()
    merchant.change_variant(SKU, price=float(price + 1))
    merchant.run("extract_catalog", judge=False)
    between = now()
    merchant.run("sync_offers", **HERE)
    path = f"/v3/catalog/products/{merchant.variant(SKU)['product_id']}"
    merchant.store.delete(path).raise_for_status()
    merchant.run("extract_catalog")
    after = now()

    first, second, third = (
        history(merchant, "sku", SKU, "--at", at) for at in (before, between, after)
    )
    day = history(merchant, "catalog", "--from", before, "--to", after)
    morning = history(merchant, "catalog", "--from", before, "--to", between)

    assert [dollars(one["store"][0]["variant"]["price"]["amount"]) for one in (first, second)] == [
        price,
        price + 1,
    ]
    assert [one["store"][0]["is_gone"] for one in (first, second, third)] == [False, False, True]
    assert [dollars(one["on_amazon"][0]["price"]) for one in (first, second, third)] == [
        price,
        price,
        price + 1,
    ]
    [change] = [one for one in morning if one["sku"] == SKU]
    assert change["field"] == "price"
    assert (dollars(change["before"]), dollars(change["after"])) == (price, price + 1)
    assert [one["what"] for one in day if one["sku"] == SKU] == ["removed"]


@pytest.mark.behaviour("N9")
def test_the_state_of_an_order_at_any_time(merchant: Merchant) -> None:
    merchant.buy(PLAIN, item("KIT-SCALE"), createdTime="2026-11-20T10:00:00Z")
    merchant.await_orders()
    placed = now()
    merchant.run("import_orders", account=HERE["account"])
    imported = now()
    [in_store] = merchant.orders_in_store(PLAIN)
    merchant.admin.ship(in_store["id"], {"tracking_number": "1Z5", "shipping_provider": "ups"})
    merchant.run("confirm_shipments", account=HERE["account"])

    states = []
    for at in ("2026-01-01", placed, imported, now()):
        [order] = history(merchant, "order", PLAIN, "--at", at)
        states.append(order["state"])

    assert states == [None, "recorded", "imported", "shipped"]
