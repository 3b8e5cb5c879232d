"""Prices by templates, with what rounds and limits them, and quantities by share."""

from __future__ import annotations

from decimal import Decimal

import pytest

from affluent.domain.report import RunReport
from tests.behaviours.merchant import HERE, Json, Merchant, selling_list

FREE = {"largest_move": 10, "largest_share": 1}
RANGES = [
    {"below": 40, "formula": "x1.2 +3"},
    {"at_least": 40, "formula": "+ 12 %"},
]
BY_RANGE = {"price_mode": "template", "price_template": RANGES}


def by_formula(formula: str, **keys: object) -> Json:
    return {"price_mode": "template", "price_template": [{"formula": formula}], **FREE, **keys}


PROFILES: Json = {
    "ranges": {**BY_RANGE, **FREE, "quantity_mode": "percent", "quantity_value": 50},
    "labels": {**BY_RANGE, **FREE, "rounding": {"ending": 0.99}, "quantity_minimum": 1000},
    "factor": by_formula("+5", price_value=1.2, quantity_maximum=12),
    "margin": by_formula("x0.5", limits={"margin": 0.2, "outside": "clamp"}),
    "held": by_formula("x0.4", floor=20),
    "sale": {**FREE, "sale": {"formula": "-10%", "starts": "2026-11-27", "ends": "2026-11-30"}},
}
SKUS = {
    "ranges": "OLD-MOKA-3",
    "labels": "OLD-MOKA-6",
    "factor": "OLD-TUMBLER",
    "margin": "OLD-BOTTLE",
    "held": "OLD-LUNCHBOX",
    "sale": "OLD-PRESS",
}


@pytest.fixture(scope="module")
def before(merchant: Merchant) -> dict[str, Json]:
    """What stood on Amazon before the first sync, by SKU."""
    return {one["sku"]: one for one in merchant.admin.amazon_listings()}


@pytest.fixture(scope="module")
def synced(merchant: Merchant, before: dict[str, Json]) -> RunReport:
    assert before
    merchant.write(
        offer_profiles={"default": {}, **PROFILES},
        selling_lists=[
            selling_list(rule, skus=[sku], offer_profile=rule) for rule, sku in SKUS.items()
        ],
        sku_mapping={},
    )
    merchant.run("extract_catalog")
    merchant.run("link_inventory", **HERE)
    return merchant.run("sync_offers", **HERE)


@pytest.mark.behaviour("S55")
@pytest.mark.parametrize(
    ("rule", "in_store", "offered"),
    [
        pytest.param("ranges", "39", "49.80", id="below 40: x1.2 +3"),
        pytest.param("labels", "49", "54.99", id="from 40: + 12 %, then an ending of .99"),
        pytest.param("factor", "28", "39.60", id="+5, then times 1.2"),
        pytest.param("margin", "32", "21.12", id="raised to cost plus 20 %"),
    ],
)
def test_a_template_makes_the_price(
    merchant: Merchant, synced: RunReport, rule: str, in_store: str, offered: str
) -> None:
    assert synced.effective
    sku = SKUS[rule]
    listing = merchant.on_amazon(sku)

    assert listing is not None
    assert Decimal(str(merchant.variant(sku)["calculated_price"])) == Decimal(in_store)
    assert Decimal(listing["price"]) == Decimal(offered)


@pytest.mark.behaviour("S51")
@pytest.mark.parametrize(
    ("rule", "in_store", "offered"), [("ranges", 31, 15), ("labels", None, 0), ("factor", 55, 12)]
)
def test_shares_and_bounds_make_the_quantity(
    merchant: Merchant, synced: RunReport, rule: str, in_store: int | None, offered: int
) -> None:
    assert synced.effective
    stock = merchant.variant(SKUS[rule])["inventory_level"]
    listing = merchant.on_amazon(SKUS[rule])

    assert listing is not None
    assert in_store is None or stock == in_store
    assert listing["quantity"] == offered


@pytest.mark.behaviour("S55")
def test_a_price_below_its_floor_is_held_and_stays(
    merchant: Merchant, before: dict[str, Json], synced: RunReport
) -> None:
    listing = merchant.on_amazon(SKUS["held"])

    assert synced.held == {"low_price": 1}
    assert listing is not None
    assert listing["price"] == before[SKUS["held"]]["price"]


def test_a_sale_goes_along_with_its_window(merchant: Merchant, synced: RunReport) -> None:
    assert synced.effective
    [body] = merchant.sent_to_amazon(SKUS["sale"])
    [patch] = body["patches"]
    [offer] = patch["value"]

    [schedule] = offer["discounted_price"][0]["schedule"]
    assert offer["our_price"] == [{"schedule": [{"value_with_tax": 44}]}]
    assert schedule == {"value_with_tax": 39.6, "start_at": "2026-11-27", "end_at": "2026-11-30"}


@pytest.mark.behaviour("S55")
def test_the_steps_of_a_price_are_told(merchant: Merchant, synced: RunReport) -> None:
    assert synced.effective
    log = merchant.explain("sku", SKUS["factor"])["log"]

    steps = "28 USD in the store, +5 makes 33 USD, x1.2 makes 39.6 USD"
    assert any(steps in entry["why"] for entry in log)


@pytest.mark.behaviour("S55")
def test_a_template_with_a_gap_or_a_flaw_is_named_by_the_check(merchant: Merchant) -> None:
    gap = [{"below": 20, "formula": "x1,2"}, {"at_least": 25, "formula": "+1"}]
    profiles = {"default": {}, "broken": {"price_mode": "template", "price_template": gap}}

    with merchant.settings(offer_profiles=profiles, selling_lists=[]):
        flawed = merchant.ask("check", code=2)
    gap[0]["formula"] = "x1.2"
    with merchant.settings(offer_profiles=profiles, selling_lists=[]):
        parted = merchant.ask("check", code=2)

    assert "'x1,2' is no formula, at character 3: It has a decimal comma." in flawed
    assert "there is a gap between the ranges 'from 0 to 20' and 'from 25'" in parted
