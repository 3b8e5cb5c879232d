"""Feeds that end well, badly, half-way or without a word."""

from __future__ import annotations

import pytest

from affluent.domain.effect import EffectState
from affluent.domain.errors import OutcomeUnknown
from affluent.domain.feed import FeedStatus
from affluent.domain.listing import ListingStatus, SubmissionPath
from affluent.domain.plan import Operation
from tests.builders.catalog import selling_list, variant
from tests.builders.listings import error, listing
from tests.fakes.wire import WorkerDied
from tests.fakes.world import World

TWO = (variant(1), variant(2))
LIVE = {ListingStatus.LINKED}


@pytest.fixture
def world(world: World) -> World:
    world.lists = [selling_list(path=SubmissionPath.FEED)]
    return world


def put_states(world: World) -> list[EffectState]:
    return [effect.state for effect in world.effects(Operation.PUT_LISTING)]


def feed_states(world: World) -> list[EffectState]:
    return [effect.state for effect in world.effects(Operation.SUBMIT_FEED)]


def test_every_message_comes_home_to_its_sku(world: World) -> None:
    world.amazon.listings.invalid["SKU-2"] = error()

    world.publish(*TWO)

    assert put_states(world) == [EffectState.EFFECTIVE, EffectState.REFUSED]
    assert feed_states(world) == [EffectState.EFFECTIVE]
    assert world.listing("SKU-1").status is ListingStatus.LINKED
    assert world.listing("SKU-2").reasons == (error().text(),)
    [feed] = world.amazon.feeds.feeds.values()
    items = world.effects(Operation.PUT_LISTING)
    assert [one.message_id for one in feed.messages] == [item.effect_id for item in items]


def test_what_a_cancelled_feed_carried_is_sent_again(world: World) -> None:
    world.amazon.feeds.ending = FeedStatus.CANCELLED
    world.amazon.feeds.processed = 0

    world.publish(*TWO)

    assert put_states(world) == [EffectState.REFUSED] * 2
    assert {one.status for one in world.listings()} == {ListingStatus.PENDING}
    world.amazon.feeds.ending = FeedStatus.DONE
    world.amazon.feeds.processed = None
    world.publish(*TWO)
    assert {one.status for one in world.listings()} == LIVE


def test_a_feed_that_is_done_with_nothing_processed_says_why_and_is_sent_again(
    world: World,
) -> None:
    world.amazon.feeds.processed = 0
    world.amazon.feeds.whole_issue = error("The header is missing.")

    world.publish(*TWO)

    [first, _] = world.effects(Operation.PUT_LISTING)
    assert "nothing processed" in first.messages[0]
    assert "The header is missing." in first.messages[1]
    assert feed_states(world) == [EffectState.REFUSED]
    world.amazon.feeds.processed = None
    world.publish(*TWO)
    assert {one.status for one in world.listings()} == LIVE


def test_what_a_fatal_feed_did_is_read_from_the_listings_themselves(world: World) -> None:
    world.amazon.feeds.ending = FeedStatus.FATAL
    world.amazon.feeds.processed = 1

    world.publish(*TWO)

    assert put_states(world) == [EffectState.EFFECTIVE, EffectState.UNKNOWN]
    assert world.listing("SKU-2").status is ListingStatus.PENDING
    world.amazon.feeds.ending = FeedStatus.DONE
    world.amazon.feeds.processed = None
    world.publish(*TWO)
    assert {one.status for one in world.listings()} == LIVE
    assert world.unresolved() == []


def test_a_feed_whose_report_is_lost_is_read_from_the_listings_themselves(world: World) -> None:
    world.amazon.feeds.has_report = False

    world.publish(*TWO)

    assert put_states(world) == [EffectState.EFFECTIVE] * 2
    assert feed_states(world) == [EffectState.EFFECTIVE]


def test_new_content_in_a_feed_without_a_report_is_sent_again_for_nothing_proves_it(
    world: World,
) -> None:
    world.remember(listing(1, fingerprint="old"))
    world.amazon.feeds.has_report = False
    world.amazon.listings.attributes["SKU-1"] = {}

    world.publish(variant(1))
    assert world.listing("SKU-1").status is ListingStatus.PENDING

    world.amazon.feeds.has_report = True
    assert world.publish(variant(1)) == 1
    assert world.listing("SKU-1").status is ListingStatus.LINKED


def test_a_feed_that_amazon_has_forgotten_does_not_stop_later_runs(world: World) -> None:
    world.wire.die_at = "before feed status"
    with pytest.raises(WorkerDied):
        world.publish(*TWO)
    world.revive()
    world.amazon.feeds.feeds.clear()

    world.publish(*TWO)

    assert world.unresolved() == []
    assert {one.status for one in world.listings()} == LIVE


def test_a_feed_whose_answer_is_lost_is_waited_for_and_its_items_looked_at(world: World) -> None:
    world.amazon.feeds.create_failure = OutcomeUnknown(
        "createFeed may have taken effect.", vendor="Amazon", operation="createFeed"
    )
    with pytest.raises(OutcomeUnknown):
        world.publish(*TWO)
    assert feed_states(world) == [EffectState.UNKNOWN]

    assert world.publish(*TWO) == 0

    assert put_states(world) == [EffectState.EFFECTIVE] * 2
    assert feed_states(world) == [EffectState.SUPERSEDED]
    assert world.clock.now() >= world.amazon.feeds.feeds["feed-0"].due


def test_the_rows_say_sent_before_the_feed_is_created(world: World) -> None:
    seen: dict[str, list[EffectState]] = {}

    def look(request: str) -> None:
        seen[request] = put_states(world) + feed_states(world)

    world.wire.witness = look
    world.publish(*TWO)

    assert seen["upload"] == [EffectState.PLANNED] * 2
    assert seen["create feed"] == [EffectState.SENT] * 3


def test_a_feed_is_split_where_amazon_would_refuse_its_length(world: World) -> None:
    world.amazon.feeds.largest = 2
    world.amazon.listings.invalid["SKU-3"] = error()
    asked: list[str] = []
    world.wire.witness = asked.append

    world.publish(*TWO, variant(3))

    feeds = world.amazon.feeds.feeds.values()
    assert [[message.sku for message in feed.messages] for feed in feeds] == [
        ["SKU-1", "SKU-2"],
        ["SKU-3"],
    ]
    created = [place for place, call in enumerate(asked) if call == "create feed"]
    assert len(created) == 2
    assert max(created) < asked.index("feed status")
    assert put_states(world) == [EffectState.EFFECTIVE, EffectState.EFFECTIVE, EffectState.REFUSED]


def test_what_a_report_of_a_part_does_not_name_is_read_from_the_listings(world: World) -> None:
    world.amazon.feeds.processed = 1

    world.publish(*TWO)

    assert put_states(world) == [EffectState.EFFECTIVE, EffectState.UNKNOWN]
    [_, second] = world.effects(Operation.PUT_LISTING)
    assert "processed in part" in second.messages[0]
