"""Handling time, sales and prices for businesses: a change of them alone reaches what is live."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from affluent.domain.errors import OutcomeUnknown
from affluent.domain.offer import OfferProfile
from affluent.domain.offer.formula import parse_formula
from affluent.domain.offer.profile import BusinessRule, SaleRule
from affluent.inventory.plan import plan_differences
from affluent.offers.plan import plan_prices
from tests.builders.catalog import PROFILE, variant
from tests.builders.listings import listing, on_amazon
from tests.fakes.world import World

VARIANTS = tuple(variant(number) for number in (1, 2, 3))


@pytest.fixture
def world(world: World) -> World:
    """Three listings that are linked and agree with the store."""
    for number in (1, 2, 3):
        world.amazon.listings.place(on_amazon(number))
    world.remember(*(listing(number) for number in (1, 2, 3)))
    return world


def on_sale(until: int | None) -> dict[str, OfferProfile]:
    if until is None:
        return {"default": PROFILE}
    rule = SaleRule(parse_formula("-10%"), date(2026, 11, 27), date(2026, 11, until))
    return {"default": replace(PROFILE, sale=rule)}


def promising(days: int) -> dict[str, OfferProfile]:
    return {"default": replace(PROFILE, lead_time_days=days)}


def test_a_new_handling_time_reaches_what_is_live_and_leaves_the_quantity_alone(
    world: World,
) -> None:
    world.profiles = promising(4)
    assert world.sync(*VARIANTS) == 3
    world.profiles = promising(2)
    world.amazon.listings.sent.clear()
    now = (variant(1, quantity=3), *VARIANTS[1:])

    assert world.sync(*now) == 3

    sent = {change.key: change for change in world.amazon.listings.sent}
    assert {sku: dict(change.after) for sku, change in sent.items()} == {
        "SKU-1": {"quantity": 3, "lead_time_days": 2, "channel": "DEFAULT"},
        "SKU-2": {"lead_time_days": 2, "channel": "DEFAULT"},
        "SKU-3": {"lead_time_days": 2, "channel": "DEFAULT"},
    }
    [patch] = sent["SKU-2"].payload["patches"]
    told = {"fulfillment_channel_code": "DEFAULT", "lead_time_to_ship_max_days": 2}
    assert (patch["op"], patch["value"]) == ("merge", [told])
    assert world.amazon.listings.attributes["SKU-2"]["fulfillment_availability"] == [
        {**told, "quantity": 7}
    ]
    assert world.sync(*now) == 0


def test_a_handling_time_without_a_receipt_is_sent_again(world: World) -> None:
    world.profiles = promising(4)
    world.amazon.listings.failures["SKU-1"] = [
        OutcomeUnknown("No answer.", vendor="Amazon", operation="patchListingsItem")
    ]

    world.sync(*VARIANTS)

    assert [world.listing(f"SKU-{one}").lead_time_days for one in (1, 2, 3)] == [None, 4, 4]
    assert world.sync(*VARIANTS) == 1
    assert world.listing("SKU-1").lead_time_days == 4


def test_what_amazon_keeps_is_promised_no_handling_time(world: World) -> None:
    world.remember(listing(1, channel="AMAZON_NA", quantity=None))
    world.profiles = promising(4)

    assert world.sync(VARIANTS[0]) == 0


def test_a_sale_is_sent_changed_and_withdrawn_without_a_change_of_price(world: World) -> None:
    told = []
    for until in (28, 30, None):
        world.profiles = on_sale(until)
        assert world.sync(*VARIANTS) == 3
        assert world.sync(*VARIANTS) == 0
        change = world.amazon.listings.sent[-1]
        told.append((change.payload["patches"][0]["op"], change.after.get("sale_window")))

    assert told == [
        ("merge", "2026-11-27/2026-11-28"),
        ("replace", "2026-11-27/2026-11-30"),
        ("replace", None),
    ]
    [offer] = world.amazon.listings.attributes["SKU-1"]["purchasable_offer"]
    assert "discounted_price" not in offer


def test_a_new_listing_is_sent_with_its_sale_and_its_handling_time_once(world: World) -> None:
    profile = replace(on_sale(28)["default"], lead_time_days=4)
    world.profiles = {"default": profile}

    world.publish(variant(4))

    known = world.listing("SKU-4")
    assert known.lead_time_days == 4
    assert "sale_window 2026-11-27/2026-11-28" in known.beside_price
    assert world.sync(variant(4)) == 0


def test_prices_for_businesses_follow_on_a_page_that_exists(world: World) -> None:
    world.profiles = {"default": replace(PROFILE, business=BusinessRule(parse_formula("-2%")))}
    world.amazon.catalog_items.know(variant(4).barcode, "B0KNOWN001")
    world.publish(variant(4))
    [put] = world.amazon.listings.sent
    assert "business_prices" not in put.after

    assert world.sync(variant(4)) == 1

    assert world.amazon.listings.sent[-1].after["business_prices"] == "1: 19.50"
    assert world.sync(variant(4)) == 0


def test_a_change_of_what_stands_beside_the_price_is_no_difference_of_the_price(
    world: World,
) -> None:
    world.profiles = on_sale(28)
    known = world.offers_known(*VARIANTS)
    changes = plan_prices(known).changes

    assert len(changes) == 3
    assert list(plan_differences(changes, {one.sku: one for one in known.listings}, [])) == []
