"""A receipt is no effect: what a reading proves, when it is final, and how long it took."""

from __future__ import annotations

import pytest

from affluent.domain.effect import EffectState
from affluent.domain.listing import SubmissionPath
from affluent.domain.plan import Operation
from affluent.domain.report import RunReport
from affluent.offers.plan import plan_quantities
from affluent.submissions.readback import PATIENCE
from affluent.submissions.sending import clear_what_was_left, send
from affluent.submissions.telling import tell
from tests.builders.catalog import selling_list, usd, variant
from tests.builders.listings import error, listing, on_amazon
from tests.fakes.world import World

MINUTES = 60.0


@pytest.fixture
def world(world: World) -> World:
    world.lists = [selling_list(path=SubmissionPath.SINGLE)]
    return world


@pytest.fixture
def linked(world: World) -> World:
    world.remember(listing(1), listing(2))
    world.amazon.listings.place(on_amazon(1))
    world.amazon.listings.place(on_amazon(2))
    return world


def test_a_listing_that_amazon_refuses_again_is_not_waited_for(world: World) -> None:
    world.amazon.listings.judge = lambda _: (error(),)
    world.amazon.listings.lag_seconds = 30.0
    world.publish(variant(1))
    begun = world.clock.now()

    world.publish(variant(1, name="Another name"), again=True)

    assert [one.state for one in world.effects(Operation.PUT_LISTING)] == [EffectState.REFUSED] * 2
    assert (world.clock.now() - begun).total_seconds() < 2 * MINUTES


def test_an_old_error_is_not_taken_for_the_answer_to_a_new_put(world: World) -> None:
    world.amazon.listings.judge = lambda _: (error(),)
    world.publish(variant(1))
    world.amazon.listings.judge = lambda _: ()
    world.amazon.listings.lag_seconds = 5 * MINUTES

    world.publish(variant(1, name="Another name"), again=True)

    assert [one.state for one in world.effects(Operation.PUT_LISTING)] == [
        EffectState.REFUSED,
        EffectState.EFFECTIVE,
    ]


def test_what_is_invalid_at_once_is_final_at_once(linked: World) -> None:
    linked.amazon.listings.invalid = {"SKU-1": error()}
    begun = linked.clock.now()

    linked.sync(variant(1, quantity=3), variant(2))

    assert [one.state for one in linked.effects(Operation.PATCH_OFFER)] == [EffectState.REFUSED]
    assert linked.clock.now() == begun


def test_reading_back_pauses_for_longer_and_longer(
    linked: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    linked.amazon.listings.ignored = {"SKU-1"}
    pauses: list[float] = []
    monkeypatch.setattr(linked.clock, "sleep", pauses.append)

    linked.sync(variant(1, quantity=3), variant(2))

    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (10.0, 60.0)
    assert PATIENCE[Operation.PATCH_OFFER] <= sum(pauses) < PATIENCE[Operation.PATCH_OFFER] + 60


def test_what_is_ignored_is_told_with_its_submission(linked: World) -> None:
    linked.amazon.listings.ignored = {"SKU-1"}
    linked.sync(variant(1, quantity=3), variant(2))
    [effect] = linked.effects(Operation.PATCH_OFFER)
    assert effect.state is EffectState.ACCEPTED

    clear_what_was_left(linked.sender())

    [effect] = linked.effects(Operation.PATCH_OFFER)
    assert effect.state is EffectState.IGNORED
    [words] = effect.messages
    assert words == (
        "Amazon accepted quantity 3 at 2026-11-24 12:00:00 UTC (submission submission-1)"
        " and shows price 19.90 USD, quantity 7."
    )


def test_what_was_accepted_a_moment_ago_may_still_show(linked: World) -> None:
    linked.amazon.listings.lag_seconds = 60.0
    known = linked.offers_known(variant(1, quantity=3), variant(2))
    send(plan_quantities(known).changes, "plan", SubmissionPath.SINGLE, linked.sender())

    clear_what_was_left(linked.sender())
    [effect] = linked.effects(Operation.PATCH_OFFER)
    assert effect.state is EffectState.ACCEPTED
    linked.clock.sleep(60)
    clear_what_was_left(linked.sender())

    [effect] = linked.effects(Operation.PATCH_OFFER)
    assert effect.state is EffectState.EFFECTIVE
    assert linked.listing("SKU-1").quantity == 3


def test_what_a_later_write_has_overtaken_was_not_ignored(linked: World) -> None:
    linked.amazon.listings.ignored = {"SKU-1"}
    linked.sync(variant(1, quantity=3), variant(2))
    known = linked.offers_known(variant(1, quantity=4), variant(2))
    send(plan_quantities(known).changes, "plan", SubmissionPath.SINGLE, linked.sender())

    clear_what_was_left(linked.sender())

    first, second = linked.effects(Operation.PATCH_OFFER)
    assert (first.state, second.state) == (EffectState.SUPERSEDED, EffectState.ACCEPTED)


def test_the_time_to_effect_is_measured_and_told(linked: World) -> None:
    linked.amazon.listings.lag_seconds = 20.0
    sender = linked.sync_as(variant(1, quantity=3), variant(2, price=usd("21.00")))

    report = tell(RunReport("sync_offers"), sender)

    assert report.time_to_effect is not None
    assert (report.effective, report.time_to_effect.writes) == (2, 2)
    assert report.time_to_effect.p50_seconds == report.time_to_effect.p95_seconds == 25.0


def test_a_run_that_is_much_slower_than_the_week_before_says_so(linked: World) -> None:
    for number in range(6):
        linked.sync(variant(1, quantity=10 + number), variant(2))
    linked.clock.sleep(2 * 24 * 3600)
    numbers = range(3, 9)
    linked.remember(*map(listing, numbers))
    for number in numbers:
        linked.amazon.listings.place(on_amazon(number))
    linked.amazon.listings.lag_seconds = 100.0
    sender = linked.sync_as(*(variant(number, quantity=2) for number in (1, 2, *numbers)))

    [note] = tell(RunReport("sync_offers"), sender).notes

    assert note == (
        "Amazon has become slower: 95 % of this run's writes showed within 132 seconds,"
        " last week's within 0."
    )
