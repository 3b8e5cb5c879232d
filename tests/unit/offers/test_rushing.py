"""What must not wait is sent beside a run that is under way, and keeps the last word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from affluent.domain.effect import Effect, EffectState, Resolution
from affluent.domain.forecast import Forecast, Foretold, ForetoldCalls
from affluent.domain.issue import Finding, Reason, Weight
from affluent.domain.plan import Change, Operation, Plan, sift
from affluent.domain.product import Variant
from affluent.offers.plan import plan_quantities
from affluent.offers.urgent import only_urgent
from affluent.submissions.rush import RUSH
from affluent.submissions.sending import clear_what_was_left
from tests.builders.catalog import PROFILE, usd, variant
from tests.builders.listings import listing, on_amazon
from tests.fakes.world import World

#: More than are marked as sent at a time.
MANY = 45
NUMBERS = range(1, MANY + 1)
#: By SKU, so it leaves with the second lot.
LAST = 9
LAST_SKU = f"SKU-{LAST}"


@pytest.fixture
def world(world: World) -> World:
    """Listings that are linked and agree with the store."""
    for number in NUMBERS:
        world.amazon.listings.place(on_amazon(number))
    world.remember(*(listing(number) for number in NUMBERS))
    return world


class ByFeed:
    """Foretells that a feed is faster."""

    def of(self, _changes: Sequence[Change]) -> Foretold:
        slow, fast = (Forecast((ForetoldCalls("any", 1, seconds),)) for seconds in (2.0, 1.0))
        return Foretold(slow, fast)


def shelf(quantity: int, last: int | None = None) -> list[Variant]:
    return [
        variant(number, quantity=last if number == LAST and last is not None else quantity)
        for number in NUMBERS
    ]


def during(world: World, request: str, *now: Variant) -> None:
    """Let a rush, to which the store has become so, run while this request is on its way."""

    def look(name: str) -> None:
        if name == request:
            world.wire.witness = lambda _request: None
            world.rush(*now)

    world.wire.witness = look


def sent(world: World, sku: str) -> list[object]:
    return [one.after["quantity"] for one in world.amazon.listings.sent if one.key == sku]


def rows(world: World, sku: str) -> list[Effect]:
    return [one for one in world.effects(Operation.PATCH_OFFER) if one.key == sku]


def on_its_way(world: World) -> Effect:
    """A quantity of 5 that another run has marked as sent."""
    [change] = plan_quantities(world.offers_known(variant(1, quantity=5))).changes
    run = world.sender().run
    with world.units() as work:
        [effect] = work.ledger.record([change], run, world.clock.now(), plan_hash="p")
        work.commit()
    resolve(world, effect, EffectState.SENT)
    return effect


def resolve(world: World, effect: Effect, state: EffectState) -> None:
    with world.units() as work:
        work.ledger.resolve([Resolution(effect.effect_id, state)], world.clock.now())
        work.commit()


@pytest.mark.behaviour("N13")
def test_only_what_is_urgent_is_rushed(world: World) -> None:
    world.profiles = {"default": replace(PROFILE, floor=Decimal("19.95"))}
    dearer = usd("25.00")

    world.rush(variant(1, quantity=3), variant(3, quantity=0), variant(4, price=dearer))

    left = {one.key: dict(one.after) for one in world.amazon.listings.sent}
    assert left["SKU-3"]["quantity"] == 0
    assert left["SKU-4"]["price"] == "25.00"
    assert left.keys() == {"SKU-3", "SKU-4"}
    assert world.listing("SKU-3").quantity == 0
    assert [one.state for one in rows(world, "SKU-3")] == [EffectState.EFFECTIVE]


@pytest.mark.behaviour("N13")
def test_what_was_planned_before_gives_way(world: World) -> None:
    during(world, "patch SKU-1", *shelf(5, last=0))

    world.sync(*shelf(5))

    assert sent(world, LAST_SKU) == [0]
    overtaken, rushed = sorted(rows(world, LAST_SKU), key=lambda one: one.flow == RUSH)
    assert (overtaken.state, rushed.state) == (EffectState.SUPERSEDED, EffectState.EFFECTIVE)
    assert overtaken.messages[0].startswith("Something urgent was sent")
    assert sent(world, "SKU-1") == [5]
    assert len(world.amazon.listings.sent) == MANY


@pytest.mark.behaviour("N13")
def test_the_next_sync_plans_what_gave_way_anew(world: World) -> None:
    during(world, "patch SKU-1", *shelf(5, last=0))
    world.sync(*shelf(5))

    world.clock.sleep(60)
    world.sync(*shelf(5))

    assert sent(world, LAST_SKU) == [0, 5]
    assert world.sync(*shelf(5)) == 0


def test_a_rush_waits_for_an_older_write_of_its_sku_that_is_on_its_way(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    effect = on_its_way(world)
    answered_at = world.clock.now() + timedelta(seconds=3)
    left_at, sleep = [], world.clock.sleep

    def pause(seconds: float) -> None:
        sleep(seconds)
        if world.clock.now() == answered_at:
            resolve(world, effect, EffectState.ACCEPTED)

    monkeypatch.setattr(world.clock, "sleep", pause)
    world.wire.witness = lambda _request: left_at.append(world.clock.now())
    world.rush(variant(1, quantity=0))

    assert left_at[0] == answered_at


def test_a_rush_does_not_wait_for_ever_for_a_dead_run(world: World) -> None:
    on_its_way(world)

    world.rush(variant(1, quantity=0))

    assert sent(world, "SKU-1") == [0]


def test_a_feed_that_is_made_up_meanwhile_does_not_bring_the_old_value_back(world: World) -> None:
    world.amazon.forecast = ByFeed()
    during(world, "upload", *shelf(5, last=0))

    world.sync(*shelf(5))

    assert world.amazon.listings.show()[LAST_SKU].quantity == 0
    assert sent(world, LAST_SKU) == [0, 0]


def test_nobody_settles_a_rush_that_may_be_alive(world: World) -> None:
    [change] = plan_quantities(world.offers_known(variant(1, quantity=0))).changes
    with world.units() as work:
        run = world.sender(RUSH).run
        work.ledger.record([change], run, world.clock.now(), plan_hash="p")
        work.commit()

    assert clear_what_was_left(world.sender()) == 0
    world.clock.sleep(301)
    assert clear_what_was_left(world.sender()) == 1
    assert [one.state for one in rows(world, "SKU-1")] == [EffectState.SUPERSEDED]


def test_a_stopped_batch_lets_nothing_be_rushed(world: World) -> None:
    plan = plan_quantities(world.offers_known(variant(1, quantity=0), variant(2, quantity=3)))
    stop = Finding("", Reason.STOCK_GONE, "Too much.", weight=Weight.STOP)

    urgent = only_urgent(sift(plan, (stop,)))

    assert (urgent.passed, urgent.is_stopped) == ((), True)
    assert [one.key for one in urgent.plan.changes] == ["SKU-1"]


def test_what_is_held_is_left_to_the_sync(world: World) -> None:
    plan = plan_quantities(world.offers_known(variant(1, quantity=0), variant(2, quantity=0)))
    hold = Finding("SKU-1", Reason.LONG_NAME, "No.")

    urgent = only_urgent(sift(Plan(plan.changes), (hold,)))

    assert [one.key for one in urgent.passed] == ["SKU-2"]
    assert urgent.held == ()
