"""What was ended is offered again where a person says so; a deleted SKU only after its rest."""

from __future__ import annotations

from datetime import timedelta

import pytest

from affluent.domain.effect import EffectState
from affluent.domain.ending import Way
from affluent.domain.errors import AffluentError
from affluent.domain.listing import ListingStatus
from affluent.domain.plan import Operation
from tests.builders.catalog import variant
from tests.builders.listings import on_amazon
from tests.fakes.clock import NOON
from tests.fakes.world import World

GOOD = variant(1)
DAY = 86_400.0


@pytest.fixture
def deleted(world: World) -> World:
    """SKU-1 was created by us, and deleted."""
    world.publish(GOOD)
    world.end("SKU-1", way=Way.DELETE)
    world.amazon.listings.sent.clear()
    return world


def test_units_are_offered_again_by_the_next_sync(world: World) -> None:
    world.publish(GOOD)
    world.end("SKU-1")

    [relisted] = world.relist("SKU-1")
    world.sync(GOOD)

    assert (relisted.way, relisted.not_before) == (Way.END, None)
    assert world.listing("SKU-1").status is ListingStatus.LINKED
    assert world.amazon.listings.show()["SKU-1"].quantity == 7
    assert [one.operation for one in world.amazon.listings.sent] == [
        Operation.PUT_LISTING,
        Operation.PATCH_OFFER,
        Operation.PATCH_OFFER,
    ]


def test_what_was_ended_is_not_published_again_by_itself(deleted: World) -> None:
    deleted.clock.sleep(2 * DAY)

    assert deleted.publish(GOOD) == 0
    assert deleted.amazon.listings.sent == []


@pytest.mark.behaviour("S68")
def test_a_deleted_sku_is_held_until_amazon_takes_it_again(deleted: World) -> None:
    [relisted] = deleted.relist("SKU-1")
    deleted.clock.sleep(DAY - 60)

    deleted.publish(GOOD)

    assert relisted.not_before == NOON + timedelta(days=1)
    held = deleted.listing("SKU-1")
    assert held.status is ListingStatus.HELD
    assert held.reasons == (
        "Amazon takes a deleted SKU again only after 24 hours: not before 2026-11-25 12:00 UTC.",
    )
    assert deleted.amazon.listings.sent == []


@pytest.mark.behaviour("S68")
def test_a_deleted_sku_is_made_anew_once_it_has_rested(deleted: World) -> None:
    deleted.relist("SKU-1")
    deleted.clock.sleep(DAY)

    deleted.publish(GOOD)

    [put] = deleted.amazon.listings.sent
    assert put.operation is Operation.PUT_LISTING
    assert deleted.listing("SKU-1").status is ListingStatus.LINKED
    assert deleted.publish(GOOD) == 0
    assert deleted.end().plan.changes == ()


@pytest.mark.behaviour("S68")
def test_another_sku_of_the_same_product_need_not_rest(deleted: World) -> None:
    renamed = variant(1, sku="SKU-1-B", barcode="4006300000999")

    deleted.publish(renamed)

    assert [one.key for one in deleted.amazon.listings.sent] == ["SKU-1-B"]


def test_a_deletion_under_way_is_let_happen_before_the_sku_is_made_anew(world: World) -> None:
    world.publish(GOOD)
    world.amazon.listings.lag_seconds = 400.0
    world.end("SKU-1", way=Way.DELETE)
    world.relist("SKU-1")
    world.clock.sleep(400.0)

    world.publish(GOOD)

    assert world.listing("SKU-1").status is ListingStatus.HELD
    [effect] = world.effects(Operation.DELETE_LISTING)
    assert effect.state is EffectState.EFFECTIVE


def test_what_was_not_ended_here_cannot_be_listed_again(world: World) -> None:
    world.amazon.listings.place(on_amazon(1))

    with pytest.raises(AffluentError, match="SKU-1 was not ended here"):
        world.relist("SKU-1")


def test_the_log_tells_that_it_is_offered_again(world: World) -> None:
    world.publish(GOOD)
    world.end("SKU-1")
    world.relist("SKU-1")

    with world.units() as work:
        entries = work.ledger.log("SKU-1")
    assert entries[-1].messages == ("A person wants it offered again.",)
