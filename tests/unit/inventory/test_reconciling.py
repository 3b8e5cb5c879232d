"""Everything on Amazon against everything intended: each difference with its cause and its age."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from affluent.domain.difference import Cause, Difference, HandChanges
from affluent.domain.listing import ListingStatus
from affluent.domain.product import Variant
from affluent.inventory import extract
from affluent.inventory.extract import read_inventory, report_is_faster
from affluent.inventory.verify import Reconciled, reconcile
from affluent.offers.plan import plan_prices, plan_quantities
from tests.builders.catalog import usd, variant
from tests.builders.listings import error, listing, on_amazon, report_row
from tests.fakes.world import World


@pytest.fixture
def world(world: World) -> World:
    """Two listings whose price and quantity we have brought about ourselves."""
    for number in (1, 2):
        world.remember(listing(number, price=usd("9.00"), quantity=1))
        world.amazon.listings.place(on_amazon(number, price=usd("9.00"), quantity=1))
    world.sync(variant(1), variant(2))
    world.clock.sleep(3600)
    return world


def look(world: World, *variants: Variant) -> Reconciled:
    """reconcile_inventory for a store that has these variants."""
    sender = world.sender()
    found = read_inventory(sender)
    known = world.offers_known(*(variants or (variant(1), variant(2))))
    changes = (*plan_quantities(known).changes, *plan_prices(known).changes)
    return reconcile(found, changes, known.listings, sender)


def change_by_hand(world: World, number: int, **fields: Any) -> None:
    world.amazon.listings.place(on_amazon(number, changed_at=world.clock.now(), **fields))


def causes(found: Reconciled) -> list[tuple[str, str, Cause]]:
    return [(one.sku, one.field, one.cause) for one in found.differences]


def test_what_is_in_step_makes_no_difference(world: World) -> None:
    found = look(world)

    assert (found.read, found.by_report, found.differences) == (2, False, ())
    assert found.by_cause() == []


def test_what_was_changed_by_hand_is_told_from_what_amazon_lost(world: World) -> None:
    change_by_hand(world, 1, price=usd("0.01"), quantity=99)
    before = world.clock.now() - timedelta(days=1)
    world.amazon.listings.place(on_amazon(2, quantity=99, changed_at=before))

    found = look(world)

    assert found.differences == (
        Difference("SKU-1", "quantity", "7", "99", Cause.CHANGED),
        Difference("SKU-2", "quantity", "7", "99", Cause.LOST),
        Difference("SKU-1", "price", "19.90 USD", "0.01 USD", Cause.CHANGED),
    )
    assert found.by_cause() == [
        {"cause": "lost", "count": 1, "examples": "SKU-2: quantity 99, not 7"},
        {
            "cause": "changed",
            "count": 2,
            "examples": "SKU-1: quantity 99, not 7, SKU-1: price 0.01 USD, not 19.90 USD",
        },
    ]
    assert world.listing("SKU-1").quantity == 99


def test_a_quantity_that_fell_may_be_sold(world: World) -> None:
    change_by_hand(world, 1, quantity=5)

    assert causes(look(world)) == [("SKU-1", "quantity", Cause.SOLD)]


def test_what_the_store_changed_since_is_ours_to_send(world: World) -> None:
    assert causes(look(world, variant(1, quantity=3), variant(2))) == [
        ("SKU-1", "quantity", Cause.LATE)
    ]


def test_what_amazon_ignored_is_lost(world: World) -> None:
    world.amazon.listings.ignored = {"SKU-1"}
    lower = (variant(1, quantity=3), variant(2))
    world.sync(*lower)
    assert causes(look(world, *lower)) == [("SKU-1", "quantity", Cause.LATE)]
    for _ in range(2):
        world.sync(*lower)

    assert causes(look(world, *lower)) == [("SKU-1", "quantity", Cause.LOST)]


def test_what_we_never_wrote_has_no_known_cause(world: World) -> None:
    world.remember(listing(3))
    world.amazon.listings.place(on_amazon(3, quantity=2))

    found = look(world, variant(1), variant(2), variant(3))

    assert causes(found) == [("SKU-3", "quantity", Cause.UNKNOWN)]


def test_what_vanished_is_gone_and_keeps_its_link(world: World) -> None:
    world.remember(listing(3))
    known = world.listing("SKU-3")

    found = look(world, variant(1), variant(2), variant(3, quantity=1))

    assert causes(found) == [("SKU-3", "listing", Cause.GONE)]
    assert world.listing("SKU-3") == known


def test_an_error_that_came_later_is_found_and_one_that_went_is_forgotten(world: World) -> None:
    world.remember(listing(2, status=ListingStatus.ERROR, reasons=("old",)))
    world.amazon.listings.place(on_amazon(1, issues=(error(),)))
    world.amazon.listings.place(on_amazon(2))

    read_inventory(world.sender())

    first, second = world.listing("SKU-1"), world.listing("SKU-2")
    assert (first.status, first.reasons) == (ListingStatus.ERROR, (error().text(),))
    assert (second.status, second.reasons) == (ListingStatus.LINKED, ())


def test_what_is_not_on_amazon_yet_is_not_looked_for(world: World) -> None:
    world.remember(listing(3, status=ListingStatus.HELD), listing(4, status=ListingStatus.PENDING))

    assert read_inventory(world.sender()).vanished == []


def test_a_large_account_is_read_by_the_report_and_only_doubts_are_looked_up(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extract, "_PAGE", 1)
    monkeypatch.setattr(extract, "report_is_faster", lambda _: True)
    world.remember(listing(3))
    change_by_hand(world, 1, quantity=99)
    world.amazon.reports.rows = [
        report_row(1, quantity=99),
        report_row(2),
        report_row(8, sku="THEIRS"),
    ]

    found = look(world, variant(1), variant(2), variant(3))

    assert (found.read, found.by_report) == (2, True)
    assert causes(found) == [
        ("SKU-1", "quantity", Cause.CHANGED),
        ("SKU-3", "listing", Cause.GONE),
        ("THEIRS", "listing", Cause.NOT_OURS),
    ]


def test_the_faster_way_depends_on_how_many_there_are() -> None:
    assert [report_is_faster(count) for count in (100, 20_000, 100_000)] == [False, False, True]


def test_a_difference_keeps_its_age_until_it_is_mended(world: World) -> None:
    change_by_hand(world, 1, price=usd("25.00"))
    first_seen = world.clock.now()
    look(world)
    world.clock.sleep(3600)
    look(world)
    with world.units() as work:
        [known] = work.differences.of_sku("SKU-1")
    assert (known.first_seen, known.last_seen) == (first_seen, world.clock.now())

    world.sync(variant(1), variant(2))
    world.clock.sleep(60)
    look(world)

    with world.units() as work:
        assert work.differences.of_sku("SKU-1") == []
    assert world.amazon.listings.show()["SKU-1"].price == usd("19.90")


def test_a_hand_change_that_is_kept_stays_until_the_store_changes(world: World) -> None:
    world.hand_changes = HandChanges.KEEP
    change_by_hand(world, 1, price=usd("25.00"))
    look(world)

    world.sync(variant(1), variant(2))
    assert world.amazon.listings.show()["SKU-1"].price == usd("25.00")

    world.sync(variant(1, price=usd("21.00")), variant(2))
    assert world.amazon.listings.show()["SKU-1"].price == usd("21.00")
