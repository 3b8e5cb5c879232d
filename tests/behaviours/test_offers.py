"""Prices and quantities on Amazon follow the store, by the rules of the merchant's profile."""

from __future__ import annotations

from decimal import Decimal

import pytest

from affluent.domain.errors import BatchStopped
from affluent.domain.report import RunReport
from tests.behaviours.merchant import HERE, Json, Merchant, selling_list

BY_AMAZON = "OLD-PRESS"
LINKED = ["OLD-BOTTLE", "OLD-LUNCHBOX", "OLD-MOKA-3", "OLD-MOKA-6", "OLD-TUMBLER", BY_AMAZON]
NOT_LINKED = "AMZ-DRIPPER-01"


def shown(merchant: Merchant, sku: str) -> Json:
    listing = merchant.on_amazon(sku)
    assert listing is not None
    return listing


def price_on_amazon(merchant: Merchant, sku: str) -> Decimal:
    return Decimal(shown(merchant, sku)["price"])


def price_in_store(merchant: Merchant, sku: str) -> Decimal:
    return Decimal(str(merchant.variant(sku)["calculated_price"]))


def offer_profiles(merchant: Merchant) -> dict[str, Json]:
    """The demo's default profile, and one for each rule that is tried."""
    default: Json = merchant.read()["offer_profiles"]["default"]
    return {
        "default": default,
        "constant": default | {"quantity_mode": "custom", "quantity_value": 7},
        "capped": default | {"quantity_mode": "at_most", "quantity_value": 10},
        "buffered": default | {"quantity_mode": "buffer", "quantity_value": 4},
        "dearer": default | {"price_mode": "ratio", "price_value": "1.2"},
    }


@pytest.fixture(scope="module")
def before(merchant: Merchant) -> dict[str, Json]:
    """What stood on Amazon before the first sync, by SKU."""
    return {one["sku"]: one for one in merchant.admin.amazon_listings()}


@pytest.fixture(scope="module")
def synced(merchant: Merchant, before: dict[str, Json]) -> RunReport:
    """The first sync: six listings are linked, four by special rules; a seventh is not."""
    assert before
    special = {
        "OLD-BOTTLE": "constant",
        "OLD-TUMBLER": "capped",
        "OLD-LUNCHBOX": "buffered",
        "OLD-MOKA-6": "dearer",
    }
    lists = [selling_list(rule, skus=[sku], offer_profile=rule) for sku, rule in special.items()]
    merchant.write(
        offer_profiles=offer_profiles(merchant),
        selling_lists=[*lists, selling_list("Old", categories=[4])],
        sku_mapping={},
    )
    merchant.run("extract_catalog")
    merchant.run("link_inventory", **HERE)
    return merchant.run("sync_offers", **HERE)


@pytest.mark.behaviour("S48", "S53")
def test_price_and_quantity_follow_the_store(merchant: Merchant, synced: RunReport) -> None:
    assert synced.effective == 6
    moka = shown(merchant, "OLD-MOKA-3")

    assert (Decimal(moka["price"]), moka["quantity"]) == (Decimal(39), 31)
    assert price_in_store(merchant, "OLD-MOKA-3") == 39
    assert merchant.variant("OLD-MOKA-3")["inventory_level"] == 31


@pytest.mark.behaviour("S48")
def test_what_is_not_linked_stays_as_it_was(
    merchant: Merchant, before: dict[str, Json], synced: RunReport
) -> None:
    assert synced.effective
    assert shown(merchant, NOT_LINKED) == before[NOT_LINKED]


@pytest.mark.behaviour("S48")
def test_amazon_s_own_stock_is_left_alone(
    merchant: Merchant, before: dict[str, Json], synced: RunReport
) -> None:
    assert synced.effective
    press = shown(merchant, BY_AMAZON)

    assert press["quantity"] == before[BY_AMAZON]["quantity"]
    assert price_on_amazon(merchant, BY_AMAZON) == price_in_store(merchant, BY_AMAZON)


@pytest.mark.parametrize(
    ("sku", "in_store", "offered"),
    [
        pytest.param("OLD-BOTTLE", 40, 7, marks=pytest.mark.behaviour("S51", "S52"), id="custom"),
        pytest.param("OLD-TUMBLER", 55, 10, marks=pytest.mark.behaviour("S51"), id="at most"),
        pytest.param("OLD-LUNCHBOX", 27, 23, marks=pytest.mark.behaviour("S51"), id="buffer"),
        pytest.param("OLD-MOKA-3", 31, 31, marks=pytest.mark.behaviour("S53"), id="product"),
    ],
)
def test_the_quantity_mode_makes_the_quantity(
    merchant: Merchant, synced: RunReport, sku: str, in_store: int, offered: int
) -> None:
    assert synced.effective
    assert merchant.variant(sku)["inventory_level"] == in_store
    assert shown(merchant, sku)["quantity"] == offered


@pytest.mark.behaviour("S54")
@pytest.mark.parametrize(
    ("sku", "in_store", "offered"), [("OLD-MOKA-6", 49, "58.80"), ("OLD-MOKA-3", 39, "39.00")]
)
def test_the_price_mode_makes_the_price(
    merchant: Merchant, synced: RunReport, sku: str, in_store: int, offered: str
) -> None:
    assert synced.effective
    assert price_in_store(merchant, sku) == in_store
    assert price_on_amazon(merchant, sku) == Decimal(offered)


@pytest.mark.behaviour("S50")
def test_each_sync_can_be_switched_off(merchant: Merchant, synced: RunReport) -> None:
    assert synced.effective
    merchant.change_variant("OLD-MOKA-3", price="40.00", inventory_level=30)
    merchant.run("extract_catalog", full=False)
    seen = []

    for off in (("quantity", "price"), ("quantity",), ("price",)):
        with merchant.settings(accounts=merchant.account(sync=dict.fromkeys(off, False))):
            report = merchant.run("sync_offers", **HERE)
        moka = shown(merchant, "OLD-MOKA-3")
        seen.append((moka["price"], moka["quantity"]))
        for name in off:
            assert f"{name.capitalize()} sync is switched off for this account." in report.notes

    assert seen == [("39.00", 31), ("40.00", 31), ("40.00", 30)]


@pytest.mark.behaviour("N4")
def test_what_amazon_accepts_and_ignores_is_noticed(merchant: Merchant, synced: RunReport) -> None:
    assert synced.effective
    ignoring = {"vendor": "amazon", "method": "PATCH", "path": "/OLD-LUNCHBOX$"}
    merchant.admin.add_faults([{**ignoring, "action": "mark", "mark": "accept_and_ignore"}])
    merchant.change_variant("OLD-LUNCHBOX", inventory_level=14)
    merchant.run("extract_catalog", full=False)

    ignored = merchant.run("sync_offers", **HERE)
    quantity_then = shown(merchant, "OLD-LUNCHBOX")["quantity"]
    again = merchant.run("sync_offers", **HERE)

    assert (ignored.sent, ignored.effective, ignored.waiting) == (1, 0, 1)
    assert (again.sent, again.effective, again.waiting) == (1, 1, 0)
    assert (quantity_then, shown(merchant, "OLD-LUNCHBOX")["quantity"]) == (23, 10)


@pytest.mark.behaviour("N3")
def test_a_price_incident_is_stopped_whole(merchant: Merchant, synced: RunReport) -> None:
    assert synced.effective
    prices = {sku: price_on_amazon(merchant, sku) for sku in LINKED}
    for sku, price in prices.items():
        merchant.change_variant(sku, price=str((price / 5).quantize(Decimal("0.01"))))
    merchant.run("extract_catalog", full=False)

    with pytest.raises(BatchStopped, match="move further than their profiles allow"):
        merchant.run("sync_offers", **HERE)

    assert {sku: price_on_amazon(merchant, sku) for sku in LINKED} == prices
