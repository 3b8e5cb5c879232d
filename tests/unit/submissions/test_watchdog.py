"""A feed that hangs: reported, left alone, overtaken, and never the last word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from affluent.domain.effect import Effect, EffectState
from affluent.domain.errors import OutcomeUnknown
from affluent.domain.listing import SubmissionPath
from affluent.domain.plan import Operation
from affluent.domain.report import RunReport
from affluent.submissions.sending import clear_what_was_left
from affluent.submissions.watchdog import expected_seconds, overdue_notes
from tests.builders.catalog import PROFILE, selling_list, usd, variant
from tests.builders.listings import listing, on_amazon
from tests.fakes.world import World

HOURS = 3600.0
SOLD_OUT = (variant(1, quantity=0), variant(2, quantity=5))

Choose = Callable[[SubmissionPath], None]


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> Choose:
    """Every batch from now on takes this path."""

    def choose(path: SubmissionPath) -> None:
        monkeypatch.setattr("affluent.submissions.sending.choose_path", lambda *_: path)

    return choose


@pytest.fixture
def world(world: World) -> World:
    world.lists = [selling_list()]
    for number in (1, 2):
        world.remember(listing(number))
        world.amazon.listings.place(on_amazon(number))
    return world


@pytest.fixture
def hanging(world: World, choose: Choose) -> World:
    """A feed that sells SKU-1 out and lowers SKU-2 has been submitted, and does not end."""
    world.amazon.feeds.seconds = 6 * HOURS
    choose(SubmissionPath.FEED)
    world.sync(*SOLD_OUT)
    choose(SubmissionPath.SINGLE)
    return world


def end_the_feed(world: World) -> None:
    world.clock.sleep(6 * HOURS)


def shown(world: World, sku: str) -> int | None:
    return world.amazon.listings.show()[sku].quantity


def patches(world: World) -> list[Effect]:
    return world.effects(Operation.PATCH_OFFER)


def sent_singly(world: World) -> list[str]:
    return [change.key for change in world.amazon.listings.sent]


def test_a_feed_that_ends_in_time_is_waited_for(world: World, choose: Choose) -> None:
    world.amazon.feeds.seconds = expected_seconds(2) - 60
    choose(SubmissionPath.FEED)
    world.sync(*SOLD_OUT)
    assert [effect.state for effect in patches(world)] == [EffectState.EFFECTIVE] * 2
    assert sent_singly(world) == []
    assert overdue_notes(world.sender()) == ()


def test_what_is_urgent_in_an_overdue_feed_goes_out_as_a_patch(hanging: World) -> None:
    assert sent_singly(hanging) == ["SKU-1"]
    assert shown(hanging, "SKU-1") == 0
    first, second = patches(hanging)
    assert (first.state, first.attempts) == (EffectState.EFFECTIVE, 2)
    assert (second.state, second.attempts) == (EffectState.SENT, 1)


def test_an_overdue_feed_is_reported_once_in_the_ledger_and_in_every_report(
    hanging: World,
) -> None:
    [note] = overdue_notes(hanging.sender())
    assert "Feed feed-0 with 2 messages has not ended 15 minutes" in note
    assert RunReport("sync_offers").with_effects({}, (note,)).notes == (note,)
    clear_what_was_left(hanging.sender())
    assert overdue_notes(hanging.sender()) == (note,)
    with hanging.units() as work:
        [feed] = hanging.effects(Operation.SUBMIT_FEED)
        assert [entry.messages for entry in work.ledger.log(feed.key)].count((note,)) == 1


def test_later_runs_work_past_an_overdue_feed(hanging: World) -> None:
    before = hanging.clock.now()
    hanging.sync(variant(1, quantity=0), variant(2, quantity=3))
    assert shown(hanging, "SKU-2") == 3
    assert (hanging.clock.now() - before).total_seconds() < 600
    assert sent_singly(hanging) == ["SKU-1", "SKU-2"]


def test_the_later_value_wins_over_a_feed_that_ends_late(hanging: World) -> None:
    hanging.sync(variant(1, quantity=9), variant(2, quantity=5))
    assert shown(hanging, "SKU-1") == 9
    end_the_feed(hanging)
    hanging.amazon.feeds.status("feed-0")
    assert shown(hanging, "SKU-1") == 0

    hanging.sync(variant(1, quantity=9), variant(2, quantity=5))

    assert shown(hanging, "SKU-1") == 9
    assert shown(hanging, "SKU-2") == 5
    hanging.sync(variant(1, quantity=9), variant(2, quantity=5))
    assert hanging.unresolved() == []
    assert overdue_notes(hanging.sender()) == ()


def test_a_quantity_that_was_patched_at_once_is_not_patched_again_at_the_end(
    hanging: World,
) -> None:
    end_the_feed(hanging)
    hanging.sync(*SOLD_OUT)
    assert sent_singly(hanging) == ["SKU-1"]
    assert {effect.state for effect in patches(hanging)} == {EffectState.EFFECTIVE}


def test_a_later_price_is_not_sent_again_after_a_feed_of_quantities(hanging: World) -> None:
    dearer = [variant(1, quantity=0, price=usd("21.00")), variant(2, quantity=5)]
    hanging.sync(*dearer)
    sent = sent_singly(hanging).count("SKU-1")
    end_the_feed(hanging)
    hanging.sync(*dearer)
    assert sent_singly(hanging).count("SKU-1") == sent


def test_the_last_of_several_later_values_wins(hanging: World) -> None:
    hanging.sync(variant(1, quantity=9), variant(2, quantity=5))
    hanging.sync(variant(1, quantity=4, price=usd("21.00")), variant(2, quantity=5))
    end_the_feed(hanging)
    hanging.sync(variant(1, quantity=4, price=usd("21.00")), variant(2, quantity=5))
    assert shown(hanging, "SKU-1") == 4
    again = hanging.amazon.listings.sent[-1]
    assert {patch["path"] for patch in again.payload["patches"]} == {
        "/attributes/fulfillment_availability",
        "/attributes/purchasable_offer",
    }


def test_a_later_handling_time_does_not_take_the_place_of_a_later_quantity(
    hanging: World,
) -> None:
    later = (variant(1, quantity=9), variant(2, quantity=5))
    hanging.sync(*later)
    hanging.profiles = {"default": replace(PROFILE, lead_time_days=2)}
    hanging.sync(*later)
    end_the_feed(hanging)

    hanging.sync(*later)

    assert shown(hanging, "SKU-1") == 9
    [stock] = hanging.amazon.listings.attributes["SKU-1"]["fulfillment_availability"]
    assert stock["lead_time_to_ship_max_days"] == 2


def test_what_rides_in_a_later_feed_is_left_to_it(hanging: World, choose: Choose) -> None:
    hanging.sync(variant(1, quantity=9), variant(2, quantity=5))
    hanging.clock.sleep(HOURS)
    choose(SubmissionPath.FEED)
    hanging.sync(variant(1, quantity=4), variant(2, quantity=5))
    choose(SubmissionPath.SINGLE)
    sent = sent_singly(hanging)
    hanging.clock.sleep(4.9 * HOURS)

    hanging.sync(variant(1, quantity=4), variant(2, quantity=5))

    again = hanging.amazon.listings.sent[len(sent) :]
    assert [(one.key, one.after["quantity"]) for one in again] == [("SKU-1", 4)]
    assert shown(hanging, "SKU-1") == 4


def test_a_later_content_wins_over_a_feed_of_listings_at_the_same_price(
    world: World, choose: Choose
) -> None:
    world.amazon.feeds.seconds = 6 * HOURS
    world.lists = [selling_list(path=SubmissionPath.FEED)]
    choose(SubmissionPath.FEED)
    world.publish(variant(3))
    choose(SubmissionPath.SINGLE)
    mended = variant(3, barcode="4006381333931")
    world.publish(mended, again=True)
    end_the_feed(world)

    world.publish(mended)

    [identifier] = world.amazon.listings.attributes["SKU-3"][
        "externally_assigned_product_identifier"
    ]
    assert identifier["value"] == mended.barcode


def test_a_feed_that_follows_an_overdue_one_leaves_what_is_urgent_to_patches(
    hanging: World, choose: Choose
) -> None:
    choose(SubmissionPath.FEED)
    hanging.sync(variant(1, quantity=0), variant(2, quantity=0))
    assert shown(hanging, "SKU-2") == 0
    assert len(hanging.amazon.feeds.feeds["feed-0"].messages) == 2
    assert sent_singly(hanging) == ["SKU-1", "SKU-2"]


def test_a_lost_feed_is_waited_for_no_longer_than_a_known_one(world: World, choose: Choose) -> None:
    world.amazon.feeds.seconds = 6 * HOURS
    world.amazon.feeds.create_failure = OutcomeUnknown(
        "createFeed may have taken effect.", vendor="Amazon", operation="createFeed"
    )
    choose(SubmissionPath.FEED)
    with pytest.raises(OutcomeUnknown):
        world.sync(*SOLD_OUT)
    choose(SubmissionPath.SINGLE)
    begun = world.clock.now()

    world.sync(*SOLD_OUT)

    assert (world.clock.now() - begun).total_seconds() < 2 * expected_seconds(2)
    assert shown(world, "SKU-1") == 0
    [feed] = world.effects(Operation.SUBMIT_FEED)
    assert feed.state is EffectState.UNKNOWN
    end_the_feed(world)
    world.sync(*SOLD_OUT)
    assert world.unresolved() == []
