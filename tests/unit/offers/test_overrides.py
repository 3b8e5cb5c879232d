"""What is given for one SKU in one list goes before the profile, in listings and in offers."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from affluent.domain.given import GivenOverride
from affluent.domain.offer import OfferProfile, QuantityMode
from affluent.domain.offer.override import OfferOverride
from affluent.offers.plan import plan_prices, plan_quantities
from tests.builders.catalog import PROFILE, usd, variant
from tests.builders.listings import listing
from tests.fakes.world import World


def give(world: World, selling_list: str = "Summer", sku: str = "SKU-1", **values: object) -> None:
    override = replace(OfferOverride(), **values)
    with world.units() as work:
        work.overrides.save([GivenOverride(selling_list, sku, override)], world.clock.now())
        work.commit()


def synced(world: World, profile: OfferProfile = PROFILE) -> dict[str, object]:
    """What sync_offers would change of listing 1."""
    world.profiles = {"default": profile}
    world.remember(listing(1, price=usd("19.90"), quantity=7))
    known = world.offers_known(variant(1))
    plans = (plan_quantities(known), plan_prices(known))
    return {
        name: change.after[name]
        for plan in plans
        for change in plan.changes
        for name in ("price", "quantity")
        if name in change.after
    }


def test_a_price_and_a_quantity_of_its_own(world: World) -> None:
    give(world, price=Decimal("25.50"), quantity=2)

    assert synced(world) == {"price": "25.50", "quantity": 2}


def test_what_is_left_empty_follows_the_profile(world: World) -> None:
    give(world, quantity=0)

    assert synced(world) == {"quantity": 0}


@pytest.mark.parametrize(("selling_list", "sku"), [("Winter", "SKU-1"), ("Summer", "SKU-2")])
def test_another_list_or_sku_is_not_concerned(world: World, selling_list: str, sku: str) -> None:
    give(world, selling_list, sku, price=Decimal("25.50"))

    assert synced(world) == {}


def test_a_quantity_that_is_given_is_kept_in_step_even_where_a_single_unit_is_not(
    world: World,
) -> None:
    give(world, quantity=3)

    assert synced(world, OfferProfile("default", QuantityMode.SINGLE)) == {"quantity": 3}


def test_a_floor_of_its_own_is_shown_to_the_gate(world: World) -> None:
    give(world, price=Decimal("25.50"), floor=Decimal(30))
    world.remember(listing(1, price=usd("19.90")))

    [change] = plan_prices(world.offers_known(variant(1))).changes

    assert Decimal(change.after["floor"]) == 30


def test_a_new_listing_is_sent_with_it(world: World) -> None:
    world.amazon.catalog_items.know(variant(1).barcode, "B000TEST01")
    give(world, price=Decimal("25.50"), quantity=2, lead_time_days=4)

    world.publish(variant(1))

    [put] = world.amazon.listings.sent
    [availability] = put.payload["attributes"]["fulfillment_availability"]
    assert (availability["quantity"], availability["lead_time_to_ship_max_days"]) == (2, 4)
    listed = world.listing("SKU-1")
    assert (listed.price, listed.quantity) == (usd("25.50"), 2)
