"""Publishing again: what changed is sent again, what stands is left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from affluent.domain.effect import EffectState
from affluent.domain.listing import ListingStatus, Requirements
from affluent.domain.plan import Operation
from tests.builders.catalog import usd, variant
from tests.builders.listings import error, listing, on_amazon
from tests.fakes.world import World

GOOD, FLAWED = variant(1), variant(2, name="A name that is much too long")


def test_publishing_again_plans_nothing(world: World) -> None:
    assert world.publish(GOOD, FLAWED) == 2
    # Amazon's catalog knows by now what we created.
    world.amazon.catalog_items.know(GOOD.barcode, "B0-SKU-1")

    assert world.publish(GOOD, FLAWED) == 0


@pytest.mark.behaviour("S30")
def test_content_is_written_again_only_where_we_created_or_offered_the_listing(
    world: World,
) -> None:
    world.remember(listing(2, fingerprint=""))
    world.publish(GOOD)
    world.amazon.listings.sent.clear()

    world.publish(replace(GOOD, condition="Used"), variant(2, condition="Used"))

    assert [change.key for change in world.amazon.listings.sent] == ["SKU-1"]


def test_a_listing_that_was_linked_and_then_got_an_error_is_not_ours_to_write(
    world: World,
) -> None:
    world.remember(listing(1, status=ListingStatus.ERROR, reasons=("suppressed",)))

    assert world.publish(GOOD) == 0


def test_a_new_price_alone_is_no_new_content(world: World) -> None:
    world.publish(GOOD)

    assert world.publish(replace(GOOD, price=usd("24.50"), quantity=1)) == 0


def test_what_we_created_stays_created_though_its_content_changes(world: World) -> None:
    world.publish(GOOD)
    world.amazon.catalog_items.know(GOOD.barcode, "B0-SKU-1")

    world.publish(replace(GOOD, condition="Used"))

    assert world.amazon.listings.sent[-1].payload["requirements"] == Requirements.LISTING


def test_a_sku_that_is_on_amazon_but_unknown_to_us_is_left_for_linking(world: World) -> None:
    world.amazon.listings.place(on_amazon(1))

    assert world.publish(GOOD) == 0
    assert world.listings() == []


def test_a_sku_that_came_to_amazon_after_we_held_it_is_left_for_linking(world: World) -> None:
    world.gate.held_listings = {"SKU-1"}
    world.publish(GOOD)
    world.gate.held_listings = set()
    world.amazon.listings.place(on_amazon(1))

    assert world.publish(GOOD) == 0


def test_a_product_that_sells_as_another_sku_of_amazons_is_not_listed_twice(world: World) -> None:
    world.remember(listing(1, sku="AMZ-1", store_sku="SKU-1", variant_id=1))

    assert world.publish(GOOD) == 0


@pytest.mark.behaviour("S10")
def test_what_amazon_refuses_is_in_error_and_is_not_sent_again_unchanged(world: World) -> None:
    world.amazon.listings.invalid["SKU-1"] = error()

    world.publish(GOOD)

    known = world.listing("SKU-1")
    assert known.status is ListingStatus.ERROR
    assert known.reasons == (error().text(),)
    assert world.publish(GOOD) == 0


@pytest.mark.behaviour("S6")
def test_what_was_in_error_and_is_mended_is_judged_by_what_amazon_shows_in_the_end(
    world: World,
) -> None:
    world.amazon.listings.judge = lambda attributes: (
        (error(),) if attributes["condition_type"][0]["value"] == "new_new" else ()
    )
    world.publish(GOOD)
    assert world.listing("SKU-1").status is ListingStatus.ERROR
    # For two minutes Amazon goes on showing the error of the content that was replaced.
    world.amazon.listings.lag_seconds = 120

    world.publish(replace(GOOD, condition="Used"))

    assert world.listing("SKU-1").status is ListingStatus.LINKED
    assert world.effects(Operation.PUT_LISTING)[-1].state is EffectState.EFFECTIVE


def test_an_error_that_never_goes_away_is_a_refusal_in_the_end(world: World) -> None:
    world.amazon.listings.judge = lambda _attributes: (error(),)
    world.publish(GOOD)

    world.publish(replace(GOOD, condition="Used"))

    states = [effect.state for effect in world.effects(Operation.PUT_LISTING)]
    assert states == [EffectState.REFUSED, EffectState.REFUSED]
    assert world.publish(replace(GOOD, condition="Used")) == 0


@pytest.mark.behaviour("N4")
def test_what_amazon_accepts_and_ignores_stays_accepted_and_is_planned_again(
    world: World,
) -> None:
    world.amazon.listings.ignored = {"SKU-1"}

    world.publish(GOOD)

    assert [one.state for one in world.effects(Operation.PUT_LISTING)] == [EffectState.ACCEPTED]
    assert world.listing("SKU-1").status is ListingStatus.PENDING

    world.amazon.listings.ignored = set()
    assert world.publish(GOOD) == 1
    states = [one.state for one in world.effects(Operation.PUT_LISTING)]
    assert states == [EffectState.IGNORED, EffectState.EFFECTIVE]


@pytest.mark.behaviour("S6", "S21")
def test_what_amazon_refused_is_sent_again_unchanged_where_that_is_asked_for(world: World) -> None:
    world.amazon.listings.invalid["SKU-1"] = error()
    world.publish(GOOD)
    world.amazon.listings.invalid.clear()

    assert world.publish(GOOD, again=True) == 1
    assert world.listing("SKU-1").status is ListingStatus.LINKED
    assert world.publish(GOOD, again=True) == 0
