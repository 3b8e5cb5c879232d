"""Shipments made in the store, confirmed on Amazon: each once, and read back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from affluent.domain.account import FulfilledBy
from affluent.domain.effect import EffectState
from affluent.domain.errors import Refused, Retryable
from affluent.domain.order import OrderState
from affluent.domain.plan import Operation
from affluent.ports.storage import UnitsOfWork
from tests.builders.catalog import variant
from tests.builders.orders import ORDER_ID, account, amazon_order, order_line
from tests.fakes.dying import die_everywhere
from tests.fakes.world import World

TWO_LINES = (order_line(1), order_line(2))


def with_an_imported_order(world: World, *lines: object) -> World:
    world.store.catalog.products = [variant(1), variant(2)]
    world.amazon.orders.place(amazon_order(lines=lines or (order_line(1),)))
    world.import_orders()
    world.clock.sleep(600)
    return world


@pytest.fixture
def world(world: World) -> World:
    return with_an_imported_order(world)


def states(world: World) -> list[EffectState]:
    return [effect.state for effect in world.effects(Operation.CONFIRM_SHIPMENT)]


def move_the_cursor_on(world: World) -> None:
    """An hour later another order comes into the store, so this one is no longer news."""
    world.clock.sleep(3600)
    world.store.orders.create(replace(world.store.orders.kept[0].draft, external_order_id=""))


def quantities(world: World) -> list[tuple[tuple[str, int], ...]]:
    return [one.quantities for one in world.amazon.orders.confirmations]


@pytest.mark.behaviour("S66")
def test_a_shipment_is_confirmed_once_with_carrier_and_tracking(world: World) -> None:
    shipment = world.store.orders.ship(100, {0: 2})

    for _ in range(3):
        assert world.confirm_shipments() == 0

    [confirmation] = world.amazon.orders.confirmations
    assert confirmation.reference_id == str(shipment.shipment_id)
    assert (confirmation.carrier.code, confirmation.tracking_number) == ("UPS", "1Z999")
    assert confirmation.quantities == (("item-1", 2),)
    assert states(world) == [EffectState.EFFECTIVE]
    assert world.order(ORDER_ID).state is OrderState.SHIPPED


def test_each_part_of_an_order_is_confirmed_as_it_is_shipped(world: World) -> None:
    world.store.orders.ship(100, {0: 1}, tracking_number="1Z1")
    world.confirm_shipments()
    assert world.order(ORDER_ID).state is OrderState.IMPORTED

    world.clock.sleep(3600)
    world.store.orders.ship(100, {0: 1}, tracking_number="1Z2")
    world.confirm_shipments()

    assert quantities(world) == [(("item-1", 1),), (("item-1", 1),)]
    assert world.order(ORDER_ID).state is OrderState.SHIPPED


def test_equal_skus_on_two_lines_are_told_apart(units: UnitsOfWork) -> None:
    twice = (order_line(1), order_line(1, order_item_id="item-9", quantity=1))
    world = with_an_imported_order(World(units), *twice)

    world.store.orders.ship(100, {1: 1})
    world.store.orders.ship(100, {0: 2})
    world.confirm_shipments()

    assert quantities(world) == [(("item-9", 1),), (("item-1", 2),)]


def test_crossed_sku_mappings_do_not_cross_the_lines(units: UnitsOfWork) -> None:
    world = World(units)
    world.sku_mapping = {"SKU-1": "SKU-2", "SKU-2": "SKU-1"}
    with_an_imported_order(world, *TWO_LINES)

    world.store.orders.ship(100, {0: 2})
    world.confirm_shipments()

    assert world.store.orders.kept[0].draft.lines[0].sku == "SKU-2"
    assert quantities(world) == [(("item-1", 2),)]


def test_a_shipment_without_tracking_is_held_and_confirmed_once_it_has_one(world: World) -> None:
    shipment = world.store.orders.ship(100, {0: 2}, tracking_number="")
    move_the_cursor_on(world)
    world.confirm_shipments()
    assert states(world) == [EffectState.HELD]

    # BigCommerce need not count a tracking number as a change of the order.
    kept = world.store.orders.kept[0]
    kept.shipments.clear()
    world.store.orders.ship(100, {0: 2}, tracking_number="1Z7")
    kept.modified_at = shipment.created_at
    world.confirm_shipments()

    [confirmation] = world.amazon.orders.confirmations
    assert confirmation.tracking_number == "1Z7"
    assert states(world) == [EffectState.SUPERSEDED, EffectState.EFFECTIVE]


@pytest.mark.behaviour("N4")
def test_a_confirmation_that_amazon_dropped_is_reported_and_sent_again_by_the_next_run(
    world: World,
) -> None:
    world.amazon.orders.drops = 1
    world.store.orders.ship(100, {0: 2})
    move_the_cursor_on(world)

    assert world.confirm_shipments() == 1
    assert states(world) == [EffectState.ACCEPTED]
    assert world.confirm_shipments() == 0

    first, second = world.amazon.orders.confirmations
    assert first == second
    assert states(world) == [EffectState.EFFECTIVE]


def test_a_package_that_amazon_shows_late_is_not_confirmed_again(world: World) -> None:
    world.amazon.orders.drops = 1
    world.store.orders.ship(100, {0: 2})
    world.confirm_shipments()
    world.amazon.orders.drops = 0
    world.amazon.orders.confirm(world.amazon.orders.confirmations.pop())

    assert world.confirm_shipments() == 0

    assert len(world.amazon.orders.confirmations) == 1
    assert states(world) == [EffectState.EFFECTIVE]


def test_a_confirmation_without_an_answer_is_not_lost(world: World) -> None:
    world.amazon.orders.failures = [
        Retryable("No answer.", vendor="Amazon", operation="confirmShipment")
    ]
    world.store.orders.ship(100, {0: 2})
    move_the_cursor_on(world)
    world.confirm_shipments()
    assert states(world) == [EffectState.UNKNOWN]

    world.confirm_shipments()

    assert states(world) == [EffectState.EFFECTIVE]


def test_what_amazon_refuses_is_kept_with_its_words_and_stops_no_other(
    units: UnitsOfWork,
) -> None:
    world = with_an_imported_order(World(units), *TWO_LINES)
    world.amazon.orders.failures = [
        Refused("The carrier is invalid.", vendor="Amazon", operation="confirmShipment")
    ]
    world.store.orders.ship(100, {0: 2})
    world.store.orders.ship(100, {1: 2})

    world.confirm_shipments()

    assert states(world) == [EffectState.REFUSED, EffectState.EFFECTIVE]
    [refused, _] = world.effects(Operation.CONFIRM_SHIPMENT)
    assert refused.messages == ("The carrier is invalid.",)


def test_an_order_that_amazon_ships_is_never_confirmed(units: UnitsOfWork) -> None:
    world = World(units)
    world.account = account(order_types=frozenset(FulfilledBy))
    world.amazon.orders.place(amazon_order(fulfilled_by=FulfilledBy.AMAZON))
    world.import_orders()
    world.store.orders.ship(100, {0: 2})

    world.confirm_shipments()

    assert world.amazon.orders.confirmations == []


def test_orders_that_either_side_has_lost_stop_no_other(units: UnitsOfWork) -> None:
    world = World(units)
    world.store.catalog.products = [variant(1)]
    ids = [f"123-0000{number}-0000444" for number in (111, 222, 333)]
    world.amazon.orders.place(*(amazon_order(one, lines=(order_line(1),)) for one in ids))
    world.import_orders()
    for kept in list(world.store.orders.kept):
        world.store.orders.ship(kept.order_id, {0: 2})
    world.store.orders.deleted.add(100)
    del world.amazon.orders.orders[ids[1]]
    world.amazon.orders.drops = 1

    assert world.confirm_shipments() == 1

    assert [world.order(one).state for one in ids] == [
        OrderState.IMPORTED,
        OrderState.IMPORTED,
        OrderState.SHIPPED,
    ]


def test_orders_that_are_not_amazons_are_passed_over(world: World) -> None:
    move_the_cursor_on(world)
    world.store.orders.ship(101, {0: 2})

    assert world.confirm_shipments() == 0
    assert world.amazon.orders.confirmations == []


def test_a_shipment_survives_a_death_at_any_point(units: UnitsOfWork) -> None:
    def make(name: str) -> World:
        world = with_an_imported_order(World(units, name=name))
        world.store.orders.ship(100, {0: 2})
        return world

    def confirm_what_is_left(world: World) -> None:
        assert world.confirm_shipments() == 0

    def check(world: World) -> None:
        assert states(world) == [EffectState.EFFECTIVE]
        assert len(set(world.amazon.orders.confirmations)) == 1
        assert len(world.amazon.orders.orders[ORDER_ID].packages) == 1

    died = die_everywhere(make, World.confirm_shipments, check, again=confirm_what_is_left)

    assert {"before confirm shipment", "after confirm shipment", "before commit"} <= set(died)
