"""Orders that the store has too little for: woken by its webhook, or with the stock raised."""

from __future__ import annotations

import pytest

from affluent.hooks.event import read_event
from affluent.hooks.reaction import courses_of, stages_of
from affluent.settings.document import read_settings
from affluent.settings.values import account_of
from tests.behaviours.buyers import SHORT, item
from tests.behaviours.merchant import Merchant
from tests.unit.hooks.calls import payload

RAISED = "701-0000021-0000021"


def started_by_stock_hook(merchant: Merchant) -> set[str]:
    """The deployments that run first when the store tells that its stock has moved."""
    body = payload("store/product/inventory/updated", {"type": "product", "id": 7})
    accounts = [account_of(one) for one in read_settings(merchant.config).accounts]
    event = read_event(body, "abc123")
    return {name for course in courses_of(event) for name in stages_of(course, accounts)[0]}


@pytest.mark.behaviour("S75")
def test_a_stock_hook_wakes_the_order_that_waits(merchant: Merchant) -> None:
    merchant.buy(SHORT, item("FOOD-SAFFRON-LAST", 2))
    merchant.await_orders()
    merchant.run("import_orders", account="demo")
    assert merchant.order(SHORT)["state"] == "waiting"
    assert merchant.run("retry_orders", account="demo").planned == 0
    merchant.change_variant("FOOD-SAFFRON-LAST", inventory_level=6)
    assert "retry-orders/demo" in started_by_stock_hook(merchant)

    report = merchant.run("retry_orders", account="demo")

    assert (report.planned, report.effective) == (1, 1)
    assert len(merchant.orders_in_store(SHORT)) == 1
    assert merchant.order(SHORT)["state"] == "imported"
    assert merchant.stock()["FOOD-SAFFRON-LAST"] == 4


@pytest.mark.behaviour("S60", "S62", "S74")
def test_where_wanted_the_stock_is_raised_by_what_lacks(merchant: Merchant) -> None:
    assert merchant.stock()["FOOD-SOLDOUT"] == 0
    merchant.buy(RAISED, item("FOOD-SOLDOUT", 3))
    merchant.await_orders()

    with merchant.settings(orders={"shortage": "raise_stock"}):
        merchant.run("import_orders", account="demo")

    assert len(merchant.orders_in_store(RAISED)) == 1
    assert merchant.stock()["FOOD-SOLDOUT"] == 0
    told = "FOOD-SOLDOUT: the store's stock was raised by 3, from 0, because Amazon had sold 3."
    assert told in merchant.ask("explain", "order", RAISED)
    asked = [one["operation"] for one in merchant.admin.requests()]
    assert asked.count("post-relative-adjustment") == 1
