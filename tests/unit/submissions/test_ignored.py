"""What Amazon accepts and ignores: sent once more, then at growing pauses, and told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from affluent.domain.effect import EffectState
from affluent.domain.plan import Operation
from affluent.domain.product import Variant
from affluent.domain.report import RunReport
from affluent.submissions.ignored import pause_after
from affluent.submissions.telling import tell
from tests.builders.catalog import usd, variant
from tests.builders.listings import listing, on_amazon
from tests.fakes.world import World

LOWER = (variant(1, quantity=3), variant(2, quantity=3))


@pytest.fixture
def world(world: World) -> World:
    """Amazon accepts what is sent of SKU-1, and drops it."""
    for number in (1, 2):
        world.remember(listing(number))
        world.amazon.listings.place(on_amazon(number))
    world.amazon.listings.ignored = {"SKU-1"}
    return world


def sent(world: World, sku: str = "SKU-1") -> int:
    return [change.key for change in world.amazon.listings.sent].count(sku)


def states(world: World) -> list[EffectState]:
    return [one.state for one in world.effects(Operation.PATCH_OFFER) if one.key == "SKU-1"]


@pytest.mark.behaviour("N4")
def test_a_value_is_sent_once_more_and_then_rests(world: World) -> None:
    for _ in range(4):
        world.sync(*LOWER)

    assert sent(world) == 2
    assert sent(world, "SKU-2") == 1
    assert states(world) == [EffectState.IGNORED] * 2 + [EffectState.HELD] * 2


@pytest.mark.behaviour("N4")
def test_the_report_says_what_amazon_accepted_when_and_by_which_submission(world: World) -> None:
    for _ in range(2):
        world.sync(*LOWER)
    sender = world.sync_as(*LOWER)

    [note] = tell(RunReport("sync_offers"), sender).notes

    assert (
        "Offers that rest, because Amazon accepts and ignores them: 1. Not sent again yet." in note
    )
    assert "Amazon accepted quantity 3 at 2026-11-24 12:0" in note
    assert "(submission submission-3) and shows price 19.90 USD, quantity 7." in note
    assert "It was sent 2 times, and is sent again after 2026-11-24 12:" in note


def test_after_its_rest_a_value_is_tried_again_and_may_take_effect(world: World) -> None:
    for _ in range(3):
        world.sync(*LOWER)
    world.clock.sleep(pause_after(2).total_seconds())
    world.amazon.listings.ignored = set()

    world.sync(*LOWER)

    assert states(world)[-1] is EffectState.EFFECTIVE
    assert world.amazon.listings.show()["SKU-1"].quantity == 3


def test_another_value_does_not_wait(world: World) -> None:
    for _ in range(3):
        world.sync(*LOWER)

    world.sync(variant(1, quantity=4), variant(2, quantity=3))

    assert sent(world) == 3


@pytest.mark.parametrize("urgent", [variant(1, quantity=0)])
def test_stock_that_is_gone_is_told_again_in_every_run(world: World, urgent: Variant) -> None:
    for _ in range(5):
        world.sync(urgent, variant(2))

    assert sent(world) == 5


def test_a_price_that_is_ignored_holds_no_quantity_back(world: World) -> None:
    dearer = usd("21.00")
    for _ in range(3):
        world.sync(variant(1, price=dearer), variant(2))
    assert sent(world) == 2

    world.sync(variant(1, price=dearer, quantity=2), variant(2))

    assert sent(world) == 3


@pytest.mark.behaviour("N4")
def test_of_thousands_the_few_that_amazon_ignored_are_found_and_sent_again(world: World) -> None:
    numbers = range(1, 1001)
    world.amazon.listings.ignored = {f"SKU-{number}" for number in numbers if number % 10 == 3}
    world.remember(*map(listing, numbers))
    for number in numbers:
        world.amazon.listings.place(on_amazon(number))
    store = [variant(number, quantity=3) for number in numbers]
    ignored = len(world.amazon.listings.ignored)

    sender = world.sync_as(*store)
    first = tell(RunReport("sync_offers"), sender)
    world.amazon.listings.ignored = set()
    sender = world.sync_as(*store)
    second = tell(RunReport("sync_offers"), sender)

    assert (first.sent, first.effective, first.waiting) == (1000, 1000 - ignored, ignored)
    assert (second.sent, second.effective, second.waiting) == (ignored, ignored, 0)
    assert {one.quantity for one in world.amazon.listings.show().values()} == {3}


@pytest.mark.behaviour("N4")
def test_a_price_that_is_ignored_beside_a_quantity_that_is_taken_is_sent_alone(
    world: World,
) -> None:
    world.amazon.listings.ignored = set()
    world.amazon.listings.ignored_paths = {"/attributes/purchasable_offer"}
    both = (variant(1, quantity=3, price=usd("21.00")), variant(2))

    for _ in range(4):
        world.sync(*both)

    first, second = world.amazon.listings.sent
    assert (first.after["quantity"], first.after["price"]) == (3, "21.00")
    assert "quantity" not in second.after
    assert states(world) == [EffectState.IGNORED] * 2 + [EffectState.HELD] * 2
    [latest] = world.effects(Operation.PATCH_OFFER)[-1].messages
    assert "and shows price 19.90 USD, quantity 3." in latest


def test_the_pauses_double_up_to_a_day() -> None:
    pauses = [pause_after(tries) for tries in range(12)]

    assert pauses[:5] == [timedelta(minutes=minutes) for minutes in (0, 0, 30, 60, 120)]
    assert pauses[-1] == timedelta(days=1)
    assert pauses == sorted(pauses)
