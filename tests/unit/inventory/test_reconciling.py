"""Everything on Amazon against what we last knew: named, and nothing written to Amazon."""

from __future__ import annotations

from affluent.domain.listing import ListingStatus
from affluent.inventory.verify import Difference, read_inventory
from tests.builders.catalog import usd
from tests.builders.listings import error, listing, on_amazon
from tests.fakes.world import World


def test_each_difference_is_named_and_kept(world: World) -> None:
    world.remember(listing(1), listing(2), listing(3))
    world.amazon.listings.place(on_amazon(1))
    world.amazon.listings.place(on_amazon(2, price=usd("0.01"), quantity=99))

    found = read_inventory(world.listings(), world.sender())

    assert found.read == 2
    assert found.differences == (
        Difference("SKU-2", "price", "19.90 USD", "0.01 USD"),
        Difference("SKU-2", "quantity", "7", "99"),
    )
    assert world.listing("SKU-2").quantity == 99
    assert world.amazon.listings.sent == []


def test_what_vanished_is_named_and_keeps_its_link(world: World) -> None:
    world.remember(listing(1))

    found = read_inventory(world.listings(), world.sender())

    assert found.vanished == ("SKU-1",)
    assert world.listing("SKU-1") == listing(1, updated_at=world.clock.now())


def test_an_error_that_came_later_is_found_and_one_that_went_is_forgotten(world: World) -> None:
    world.remember(listing(1), listing(2, status=ListingStatus.ERROR, reasons=("old",)))
    world.amazon.listings.place(on_amazon(1, issues=(error(),)))
    world.amazon.listings.place(on_amazon(2))

    read_inventory(world.listings(), world.sender())

    assert world.listing("SKU-1").status is ListingStatus.ERROR
    assert world.listing("SKU-1").reasons == (error().text(),)
    assert world.listing("SKU-2").status is ListingStatus.LINKED
    assert world.listing("SKU-2").reasons == ()


def test_what_is_not_on_amazon_yet_is_not_looked_for(world: World) -> None:
    world.remember(listing(1, status=ListingStatus.HELD), listing(2, status=ListingStatus.PENDING))

    assert read_inventory(world.listings(), world.sender()).vanished == ()
