"""The orders of the past: their cost first, and the same days twice write nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.behaviours.buyers import item
from tests.behaviours.merchant import Json, Merchant

SALT = item("FOOD-SALT")
#: More than a page of one week, and some of three others.
OLD = [f"711-{number:07}-0000001" for number in range(130)]
FIRST_DAY = timedelta(days=40)
LAST_DAY = timedelta(days=12)


@pytest.fixture(scope="module")
def days() -> dict[str, str]:
    today = datetime.now(UTC).date()
    return {"since": f"{today - FIRST_DAY}", "until": f"{today - LAST_DAY}"}


@pytest.fixture(scope="module")
def past(merchant: Merchant) -> Merchant:
    """A merchant who sold and shipped for weeks before he had Affluent."""
    merchant.run("extract_catalog")
    start = datetime.now(UTC) - FIRST_DAY
    for number, order_id in enumerate(OLD):
        bought = start + timedelta(minutes=70 * number if number < 110 else 1400 * (number - 105))
        merchant.buy(order_id, SALT, status="SHIPPED", createdTime=bought.isoformat())
    return merchant


def created(merchant: Merchant) -> int:
    """How many orders the store was asked to create, by the sandbox's own record."""
    exchanges = map(json.loads, merchant.exchanges.read_text("utf-8").splitlines())
    return sum(one["method"] == "POST" and one["path"].endswith("/v2/orders") for one in exchanges)


def planned(merchant: Merchant, days: dict[str, str]) -> Json:
    chosen = [part for name, day in days.items() for part in ("--set", f"{name}={day}")]
    [cost] = json.loads(merchant.ask("plan", "backfill_orders", *chosen, "--json"))["costs"]
    return dict(cost)


@pytest.mark.behaviour("N5")
def test_the_same_days_twice_write_nothing_the_second_time(
    past: Merchant, days: dict[str, str]
) -> None:
    stock = past.variant("FOOD-SALT")["inventory_level"]
    cost = planned(past, days)
    assert cost["orders"] is None
    assert cost["windows"] == cost["search_calls"] == 5
    assert created(past) == 0

    first = past.run("backfill_orders", **days)

    assert (first.read, first.effective, first.waiting) == (130, 130, 0)
    assert created(past) == 130
    assert {len(past.orders_in_store(order_id)) for order_id in OLD} == {1}
    assert {past.orders_in_store(order_id)[0]["status_id"] for order_id in OLD} == {10}
    assert past.variant("FOOD-SALT")["inventory_level"] == stock

    again = planned(past, days)
    assert (again["orders"], again["search_calls"]) == (130, 5)
    assert again["seconds"] > cost["seconds"]
    second = past.run("backfill_orders", **days)

    assert (second.read, second.planned, second.sent) == (130, 0, 0)
    assert "demo: 0 of 130 orders were brought into the store: all known." in second.notes
    assert created(past) == 130


def test_the_import_lets_old_orders_be(past: Merchant) -> None:
    past.run("import_orders", account="demo")

    assert created(past) == 130


def test_days_that_are_not_over_are_refused_in_words(past: Merchant) -> None:
    today = f"{datetime.now(UTC).date()}"
    words = past.ask(
        "run", "backfill_orders", "--set", f"since={today}", "--set", f"until={today}", code=2
    )

    assert "is not over yet" in words
