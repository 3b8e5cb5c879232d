"""Listings end: no more units, or taken off Amazon; once, by name, by list or by rule."""

from __future__ import annotations

import pytest

from affluent.domain.effect import EffectState
from affluent.domain.ending import LeftList, Way, WhenLeft
from affluent.domain.errors import ConfigurationError
from affluent.domain.issue import Reason
from affluent.domain.listing import ListingStatus
from affluent.domain.plan import Gated, Operation
from affluent.ports.storage import UnitsOfWork
from affluent.submissions.sending import clear_what_was_left
from tests.builders.catalog import selling_list, variant
from tests.builders.listings import listing, on_amazon
from tests.fakes.dying import die_everywhere
from tests.fakes.world import World

MANY = range(1, 21)
#: At which point of an ending's run the decision is committed.
DECISION = 2


def with_twenty(world: World) -> World:
    """Twenty linked listings that we sent."""
    world.lists = [selling_list(account=world.account.name)]
    for number in MANY:
        world.remember(listing(number, selling_list="Summer", fingerprint="sent"))
        world.amazon.listings.place(on_amazon(number))
    return world


@pytest.fixture
def world(world: World) -> World:
    return with_twenty(world)


def left(*numbers: int, policy: WhenLeft) -> list[LeftList]:
    return [
        LeftList("Summer", f"SKU-{one}", "no rule of the list names it", policy) for one in numbers
    ]


def statuses(world: World, *numbers: int) -> set[ListingStatus]:
    return {world.listing(f"SKU-{one}").status for one in numbers}


def reasons(gated: Gated) -> list[Reason]:
    return [finding.reason for held in gated.held for finding in held.findings]


def test_a_named_sku_offers_no_units_and_is_followed_no_longer(world: World) -> None:
    world.end("SKU-1")

    [sent] = world.amazon.listings.sent
    assert sent.operation is Operation.PATCH_OFFER
    assert world.amazon.listings.show()["SKU-1"].quantity == 0
    assert statuses(world, 1) == {ListingStatus.ENDED}
    assert statuses(world, 2) == {ListingStatus.LINKED}
    assert world.sync(variant(1, quantity=3)) == 0


def test_a_deletion_takes_the_listing_off_amazon(world: World) -> None:
    world.amazon.listings.lag_seconds = 60.0

    world.end("SKU-1", way=Way.DELETE)

    [effect] = world.effects(Operation.DELETE_LISTING)
    assert effect.state is EffectState.EFFECTIVE
    assert effect.messages == ("Amazon shows the listing no longer.",)
    assert "SKU-1" not in world.amazon.listings.show()
    ended = world.listing("SKU-1")
    assert (ended.status, ended.price, ended.quantity) == (ListingStatus.ENDED, None, None)


@pytest.mark.parametrize("way", [Way.END, Way.DELETE])
def test_ending_twice_writes_once(world: World, way: Way) -> None:
    world.end("SKU-1", way=way)

    again = world.end("SKU-1", way=way)

    assert len(world.amazon.listings.sent) == 1
    assert again.plan.changes == ()
    assert again.plan.unchanged == 1


def test_what_has_ended_can_still_be_deleted(world: World) -> None:
    world.end("SKU-1")
    world.end("SKU-1", way=Way.DELETE)

    assert "SKU-1" not in world.amazon.listings.show()


def test_what_amazon_ignores_is_planned_again_without_being_named(world: World) -> None:
    world.amazon.listings.ignored = {"SKU-1"}
    world.end("SKU-1", way=Way.DELETE)
    world.amazon.listings.ignored = set()

    world.end()

    states = [one.state for one in world.effects(Operation.DELETE_LISTING)]
    assert states == [EffectState.IGNORED, EffectState.EFFECTIVE]
    assert statuses(world, 1) == {ListingStatus.ENDED}


def test_a_worker_that_dies_has_the_next_run_end_it_once_the_decision_is_kept(
    units: UnitsOfWork,
) -> None:
    """Before that, nothing is sent; the next run is not told what to end."""

    def check(world: World) -> None:
        assert world.wire.died_at is not None
        is_kept = world.wire.died_at > DECISION
        sent = [one.key for one in world.amazon.listings.sent]
        assert sent == (["SKU-1"] if is_kept else [])
        assert statuses(world, 1) == {ListingStatus.ENDED if is_kept else ListingStatus.LINKED}
        assert ("SKU-1" in world.amazon.listings.show()) is not is_kept
        assert world.unresolved() == []

    died = die_everywhere(
        lambda name: with_twenty(World(units, name=name)),
        lambda world: world.end("SKU-1", way=Way.DELETE),
        check,
        again=lambda world: world.end(),
    )

    assert died[DECISION] == "before commit"
    assert {"before delete SKU-1", "after delete SKU-1"} <= set(died)


def test_an_ending_shown_late_is_brought_home_by_the_next_run(world: World) -> None:
    world.amazon.listings.lag_seconds = 400.0
    world.end("SKU-1", way=Way.DELETE)
    assert statuses(world, 1) == {ListingStatus.LINKED}
    world.clock.sleep(100.0)

    clear_what_was_left(world.sender())

    assert statuses(world, 1) == {ListingStatus.ENDED}


def test_a_whole_list_is_stopped_until_its_plan_is_approved(world: World) -> None:
    stopped = world.end(selling_list="Summer")

    assert [finding.reason for finding in stopped.stops] == [Reason.TOO_MANY_ENDED]
    assert "20 of 20 listings would end at once; 10% may." in stopped.stops[0].message
    assert world.amazon.listings.sent == []


def test_few_listings_are_never_too_many(world: World) -> None:
    gated = world.end(left=left(1, 2, 3, 4, 5, policy=WhenLeft.END))

    assert len(gated.passed) == 5
    assert statuses(world, 1, 2, 3, 4, 5) == {ListingStatus.ENDED}


def test_what_left_its_list_stays_by_default_and_is_told(world: World) -> None:
    gated = world.end(left=left(1, 2, policy=WhenLeft.KEEP))

    assert gated.plan.changes == ()
    assert gated.plan.notes == (
        "2 products left the list Summer and stay on Amazon as they are (when_left: keep).",
    )


def test_no_units_are_offered_until_the_product_is_back_in_a_list(world: World) -> None:
    world.end(left=left(1, 2, policy=WhenLeft.ZERO))
    assert statuses(world, 1, 2) == {ListingStatus.ENDED}
    world.in_lists = frozenset({"SKU-1"})

    world.end(left=left(2, policy=WhenLeft.ZERO))
    world.sync(variant(1), variant(2))

    assert statuses(world, 1) == {ListingStatus.LINKED}
    assert statuses(world, 2) == {ListingStatus.ENDED}
    assert world.amazon.listings.show()["SKU-1"].quantity == 7


def test_what_was_linked_is_not_deleted_with_its_list(world: World) -> None:
    world.remember(listing(1, selling_list="Summer", fingerprint=""))

    gated = world.end(left=left(1, 2, policy=WhenLeft.DELETE))

    assert reasons(gated) == [Reason.NOT_OURS]
    assert set(world.amazon.listings.show()) >= {"SKU-1"}
    assert "SKU-2" not in world.amazon.listings.show()
    assert reasons(world.end("SKU-1", way=Way.DELETE)) == []
    assert "SKU-1" not in world.amazon.listings.show()


def test_what_amazon_ships_is_not_ended_by_a_quantity(world: World) -> None:
    world.remember(listing(1, channel="AMAZON_NA"))

    assert reasons(world.end("SKU-1")) == [Reason.KEPT_BY_AMAZON]
    assert reasons(world.end("SKU-1", way=Way.DELETE)) == []
    assert "SKU-1" not in world.amazon.listings.show()


def test_a_stock_that_two_marketplaces_share_is_not_ended_on_one(world: World) -> None:
    world.remember(listing(1, marketplace_id="A2EUQ1WTGCTBG2"))

    assert reasons(world.end("SKU-1")) == [Reason.SHARED_STOCK]


def test_a_sku_without_a_listing_is_refused_before_anything_is_sent(world: World) -> None:
    with pytest.raises(ConfigurationError, match="No listing is known of the SKU SKU-99 there"):
        world.end("SKU-1", "SKU-99")

    assert world.amazon.listings.sent == []
