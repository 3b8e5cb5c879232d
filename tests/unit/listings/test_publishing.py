"""Publishing selling lists: offered, created, held, or left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from affluent.domain.listing import ListingStatus, Requirements, SubmissionPath
from affluent.domain.offer import OfferProfile, QuantityMode
from affluent.domain.plan import Operation
from tests.builders.catalog import selling_list, usd, variant
from tests.builders.listings import error, listing
from tests.builders.orders import amazon_order, order_line
from tests.fakes.world import World

GOOD, FLAWED = variant(1), variant(2, name="A name that is much too long")


@pytest.mark.behaviour("S2", "S3", "S14", "S49")
def test_what_amazon_knows_is_offered_on_its_asin_and_linked(world: World) -> None:
    world.amazon.catalog_items.know(GOOD.barcode, "B000TEST01")

    world.publish(GOOD)

    [put] = world.amazon.listings.sent
    assert put.payload["requirements"] == Requirements.LISTING_OFFER_ONLY
    known = world.listing("SKU-1")
    assert (known.status, known.asin) == (ListingStatus.LINKED, "B000TEST01")
    assert (known.price, known.quantity) == (usd("19.90"), 7)
    assert not known.created_by_us


@pytest.mark.behaviour("S15", "S16")
def test_what_amazon_does_not_know_is_created_through_the_profile_of_its_category(
    world: World,
) -> None:
    world.publish(GOOD)

    [put] = world.amazon.listings.sent
    assert (put.payload["requirements"], put.payload["productType"]) == ("LISTING", "SUITCASE")
    assert world.listing("SKU-1").created_by_us


def test_without_a_creation_profile_the_plan_says_that_amazon_has_no_match(world: World) -> None:
    world.lists = [selling_list(creation_profiles={})]
    world.gate.held_listings = {"SKU-1"}

    world.publish(GOOD)

    [held] = world.effects(Operation.PUT_LISTING)
    assert held.after["requirements"] == Requirements.LISTING_OFFER_ONLY
    assert (held.after["asin"], held.after["candidates"]) == ("", 0)


@pytest.mark.behaviour("S8")
def test_an_asin_of_the_selling_list_counts_before_any_match(world: World) -> None:
    world.lists = [selling_list(asins={"SKU-1": "B0CHOSEN01"})]
    world.amazon.catalog_items.know(GOOD.barcode, "B000TEST01", "B000TEST02")

    world.publish(GOOD)

    [put] = world.amazon.listings.sent
    assert put.after["asin"] == "B0CHOSEN01"
    assert put.after["candidates"] == 0


def test_a_held_item_never_blocks_its_neighbours(world: World) -> None:
    world.gate.held_listings = {"SKU-2"}

    world.publish(GOOD, FLAWED)

    assert [change.key for change in world.amazon.listings.sent] == ["SKU-1"]
    held = world.listing("SKU-2")
    assert (held.status, held.reasons) == (ListingStatus.HELD, ("The name is too long.",))


@pytest.mark.behaviour("S6")
def test_a_held_item_is_sent_once_it_is_mended(world: World) -> None:
    world.gate.held_listings = {"SKU-2"}
    world.publish(FLAWED)
    world.gate.held_listings = set()

    world.publish(variant(2))

    assert world.listing("SKU-2").status is ListingStatus.LINKED


def test_a_held_item_is_not_tied_to_the_asin_of_its_wrong_barcode(world: World) -> None:
    mistyped = variant(1, barcode="4006381333931")
    world.amazon.catalog_items.know(mistyped.barcode, "B0WRONG001")
    world.amazon.catalog_items.know(GOOD.barcode, "B0RIGHT001")
    world.gate.held_listings = {"SKU-1"}
    world.publish(mistyped)
    world.gate.held_listings = set()

    world.publish(GOOD)

    assert world.listing("SKU-1").asin == "B0RIGHT001"


def test_a_refused_item_is_not_tied_to_the_asin_of_its_wrong_barcode(world: World) -> None:
    mistyped = variant(1, barcode="4006381333931")
    world.amazon.catalog_items.know(mistyped.barcode, "B0WRONG001")
    world.amazon.catalog_items.know(GOOD.barcode, "B0RIGHT001")
    world.amazon.listings.invalid["SKU-1"] = error()
    world.publish(mistyped)
    world.amazon.listings.invalid.clear()

    world.publish(GOOD)

    assert world.listing("SKU-1").asin == "B0RIGHT001"


def test_a_listing_that_ended_is_looked_up_anew(world: World) -> None:
    world.remember(listing(1, status=ListingStatus.ENDED, asin="B0OLDPAGE1", fingerprint="old"))
    world.amazon.catalog_items.know(GOOD.barcode, "B0NEWPAGE1")

    world.publish(GOOD)

    assert world.listing("SKU-1").asin == "B0NEWPAGE1"


def test_a_listing_on_amazon_stays_linked_while_its_new_content_is_held(world: World) -> None:
    world.publish(GOOD)
    world.gate.held_listings = {"SKU-1"}

    world.publish(replace(GOOD, condition="Used"))

    known = world.listing("SKU-1")
    assert (known.status, known.quantity) == (ListingStatus.LINKED, 7)
    assert world.sync(replace(GOOD, quantity=0)) == 1
    assert world.amazon.listings.show()["SKU-1"].quantity == 0


def test_a_put_over_a_single_unit_that_was_sold_does_not_bring_it_back(world: World) -> None:
    world.profiles = {"default": OfferProfile("default", quantity_mode=QuantityMode.SINGLE)}
    world.remember(listing(1, quantity=0, fingerprint="old"))

    world.publish(GOOD)

    [put] = world.amazon.listings.sent
    assert put.after["quantity"] == 0


def test_a_put_never_offers_units_that_amazon_has_sold_already(world: World) -> None:
    world.amazon.orders.place(amazon_order(lines=(order_line(1, quantity=3),)))
    world.store.catalog.products = [GOOD]
    world.store.orders.stock = {1: 0}
    world.import_orders()
    world.remember(listing(1, quantity=4, fingerprint="old"))

    world.publish(GOOD)

    [put] = world.amazon.listings.sent
    assert put.after["quantity"] == 4


def test_a_put_over_a_listing_that_amazon_ships_writes_no_quantity(world: World) -> None:
    world.remember(listing(1, channel="AMAZON_NA", quantity=None, fingerprint="old"))

    world.publish(GOOD)

    [put] = world.amazon.listings.sent
    assert put.payload["attributes"]["fulfillment_availability"] == [
        {"fulfillment_channel_code": "AMAZON_NA"}
    ]
    assert world.listing("SKU-1").status is ListingStatus.LINKED


def test_each_selling_list_goes_its_own_path(world: World) -> None:
    world.lists = [
        selling_list("By feed", path=SubmissionPath.FEED, skus=frozenset({"SKU-1"})),
        selling_list("Singly", path=SubmissionPath.SINGLE, skus=frozenset({"SKU-2"})),
    ]

    world.publish(GOOD, variant(2))

    assert [change.key for change in world.amazon.listings.sent] == ["SKU-2"]
    assert [one.sku for one in world.amazon.feeds.feeds["feed-0"].messages] == ["SKU-1"]
    assert {one.status for one in world.listings()} == {ListingStatus.LINKED}


def test_the_gate_is_told_which_barcodes_are_in_use(world: World) -> None:
    world.remember(
        listing(1), listing(2, status=ListingStatus.ERROR), listing(3, status=ListingStatus.HELD)
    )

    world.publish(variant(4))

    assert set(world.gate.live_barcodes.values()) == {"SKU-1", "SKU-2"}


def test_a_schema_is_asked_for_once_a_day(world: World) -> None:
    world.publish(GOOD)
    world.publish(variant(2))
    once = list(world.amazon.product_types.asked)
    world.clock.sleep(24 * 3600)
    world.publish(variant(3))

    assert once == ["SUITCASE"]
    assert world.amazon.product_types.asked == once * 2


@pytest.mark.behaviour("N15")
def test_of_what_amazon_keeps_a_put_offers_own_units_only_where_they_are_declared(
    world: World,
) -> None:
    def availability() -> list[dict[str, object]]:
        world.amazon.listings.sent.clear()
        world.publish(variant(1, name="Another name", quantity=4))
        [change] = world.amazon.listings.sent
        written: list[dict[str, object]] = change.payload["attributes"]["fulfillment_availability"]
        return written

    by_amazon = listing(1, channel="AMAZON_NA", quantity=None, fingerprint="older")
    world.remember(by_amazon)
    undeclared = availability()
    world.remember(by_amazon)
    world.profiles = {"default": OfferProfile("default", sells_both_ways=frozenset({"SKU-1"}))}

    assert undeclared == [{"fulfillment_channel_code": "AMAZON_NA"}]
    assert availability() == [
        {"fulfillment_channel_code": "AMAZON_NA"},
        {"fulfillment_channel_code": "DEFAULT", "quantity": 4},
    ]
