"""Shipments that were edited, deleted, made again, or never made: Amazon follows the store."""

from __future__ import annotations

from datetime import timedelta

import pytest

from affluent.domain.effect import EffectState
from affluent.domain.order import OrderState, OrderStatus
from affluent.domain.plan import Operation
from affluent.domain.shipment_policy import ShipmentPolicy, WithoutRecord
from tests.builders.orders import ORDER_ID, amazon_order, order_line
from tests.fakes.amazon_orders import refused
from tests.fakes.clock import NOON
from tests.fakes.store_orders import SHIPPED
from tests.fakes.world import World
from tests.unit.shipments.test_confirming import move_the_cursor_on, states, with_an_imported_order

UNTRACKED = ShipmentPolicy(untracked_number="LETTER", without_record=WithoutRecord.CONFIRM)


@pytest.fixture
def world(world: World) -> World:
    return with_an_imported_order(world)


def on_amazon(world: World) -> list[tuple[str, str, dict[str, int]]]:
    packages = world.amazon.orders.orders[ORDER_ID].packages
    return [(one.reference_id, one.tracking_number, dict(one.quantities)) for one in packages]


def words(world: World) -> list[str]:
    with world.units() as work:
        return [text for entry in work.ledger.log(ORDER_ID) for text in entry.messages]


@pytest.mark.behaviour("S66")
def test_an_edited_shipment_edits_its_package_once_per_revision(world: World) -> None:
    shipment = world.store.orders.ship(100, {0: 2}, tracking_number="1Z1")
    world.confirm_shipments()
    world.clock.sleep(3600)

    shipment = world.store.orders.edit(shipment, tracking_number="1Z2")
    for _ in range(2):
        world.confirm_shipments()
    world.store.orders.edit(shipment, tracking_number="1Z1")
    for _ in range(2):
        world.confirm_shipments()

    assert [one.tracking_number for one in world.amazon.orders.confirmations] == [
        "1Z1",
        "1Z2",
        "1Z1",
    ]
    assert on_amazon(world) == [(str(shipment.shipment_id), "1Z1", {"item-1": 2})]
    assert states(world) == [EffectState.EFFECTIVE] * 3


def test_an_edited_carrier_is_told_even_where_amazon_drops_it_first(world: World) -> None:
    shipment = world.store.orders.ship(100, {0: 2})
    world.confirm_shipments()
    world.store.orders.edit(shipment, provider="fedex")
    world.amazon.orders.drops = 1

    assert world.confirm_shipments() == 1
    assert world.confirm_shipments() == 0

    [package] = world.amazon.orders.orders[ORDER_ID].packages
    assert package.carrier_code == "FedEx"


def test_what_amazon_refused_is_confirmed_once_the_shipment_is_edited(world: World) -> None:
    world.amazon.orders.failures = [refused("The carrier is invalid.")]
    shipment = world.store.orders.ship(100, {0: 2}, provider="", tracking_carrier="4PX")
    for _ in range(2):
        world.confirm_shipments()
    assert len(world.amazon.orders.confirmations) == 1

    world.store.orders.edit(shipment, tracking_carrier="dhl")
    world.confirm_shipments()

    assert states(world) == [EffectState.REFUSED, EffectState.EFFECTIVE]
    assert [one.carrier.code for one in world.amazon.orders.kept] == ["DHL"]


def test_a_carrier_that_the_settings_name_makes_it_another_confirmation(world: World) -> None:
    world.store.orders.ship(100, {0: 2}, provider="", tracking_carrier="Bike Ned")
    world.confirm_shipments()
    assert any("no code for the carrier Bike Ned" in note for note in world.told)

    world.shipment_policy = ShipmentPolicy(carriers={"bike ned": "DHL"})
    world.confirm_shipments()

    assert world.told == ()
    told = [(one.carrier.code, one.carrier.name) for one in world.amazon.orders.kept]
    assert told == [("Other", "Bike Ned"), ("DHL", "DHL")]


def test_an_unknown_carrier_is_told_of_once(world: World) -> None:
    shipment = world.store.orders.ship(100, {0: 2}, provider="", tracking_carrier="Bike Ned")
    world.confirm_shipments()
    first = world.told
    world.store.orders.edit(shipment, tracking_number="1Z2")
    world.confirm_shipments()

    assert (len(first), world.told) == (1, ())
    with world.units() as work:
        assert "Bike Ned" in [one.name for one in work.carrier_names.all()]


def test_a_deleted_shipment_is_told_once_and_its_package_goes_to_the_next(world: World) -> None:
    deleted = world.store.orders.ship(100, {0: 2}, tracking_number="1Z1")
    world.confirm_shipments()
    world.store.orders.delete(deleted)
    for _ in range(2):
        world.confirm_shipments()

    assert sum("cannot take back" in text for text in words(world)) == 1
    assert any("cannot take back" in note for note in world.told)
    assert len(world.amazon.orders.confirmations) == 1

    world.store.orders.ship(100, {0: 2}, tracking_number="1Z2")
    world.confirm_shipments()

    assert world.told == ()
    assert on_amazon(world) == [(str(deleted.shipment_id), "1Z2", {"item-1": 2})]


def test_a_deleted_shipment_made_again_in_two_parts_waits_for_the_room(world: World) -> None:
    deleted = world.store.orders.ship(100, {0: 2}, tracking_number="1Z1")
    world.confirm_shipments()
    world.store.orders.delete(deleted)
    first = world.store.orders.ship(100, {0: 1}, tracking_number="1Z2")
    second = world.store.orders.ship(100, {0: 1}, tracking_number="1Z3")

    world.confirm_shipments()
    assert world.order(ORDER_ID).state is OrderState.IMPORTED
    world.confirm_shipments()

    assert first.shipment_id != deleted.shipment_id
    assert on_amazon(world) == [
        (str(deleted.shipment_id), "1Z2", {"item-1": 1}),
        (str(second.shipment_id), "1Z3", {"item-1": 1}),
    ]
    assert world.order(ORDER_ID).state is OrderState.SHIPPED


def test_a_shipment_deleted_before_it_was_confirmed_leaves_nothing(world: World) -> None:
    shipment = world.store.orders.ship(100, {0: 2}, tracking_number="")
    world.confirm_shipments()
    world.store.orders.delete(shipment)
    world.confirm_shipments()

    assert states(world) == [EffectState.SUPERSEDED]
    assert world.told == ()
    assert on_amazon(world) == []


def test_more_than_was_ordered_is_never_told(world: World) -> None:
    world.store.orders.ship(100, {0: 1}, tracking_number="1Z1")
    world.store.orders.ship(100, {0: 4}, tracking_number="1Z2")
    world.store.orders.ship(100, {0: 1}, tracking_number="1Z3")
    world.confirm_shipments()

    assert [units for _, _, units in on_amazon(world)] == [{"item-1": 1}, {"item-1": 1}]
    assert states(world) == [EffectState.EFFECTIVE, EffectState.EFFECTIVE, EffectState.HELD]
    assert "3 units were left out: Amazon's order has no more." in words(world)


def test_an_order_shipped_without_a_record_is_held_until_it_has_one(world: World) -> None:
    world.store.orders.set_status(100, SHIPPED)
    world.confirm_shipments()
    [held] = world.effects(Operation.CONFIRM_SHIPMENT)
    assert (held.state, held.messages[0][:40]) == (
        EffectState.HELD,
        "The order is Shipped in the store withou",
    )

    world.store.orders.ship(100, {0: 2})
    world.confirm_shipments()

    assert states(world) == [EffectState.SUPERSEDED, EffectState.EFFECTIVE]


def test_an_order_shipped_without_a_record_is_confirmed_where_the_merchant_wants_it(
    world: World,
) -> None:
    world.shipment_policy = UNTRACKED
    world.store.orders.set_status(100, SHIPPED)
    for _ in range(2):
        world.confirm_shipments()

    [confirmation] = world.amazon.orders.confirmations
    assert (confirmation.carrier.code, confirmation.carrier.name) == ("Other", "Unknown")
    assert (confirmation.tracking_number, confirmation.quantities) == ("LETTER", (("item-1", 2),))

    world.store.orders.ship(100, {0: 2}, tracking_number="1Z1")
    world.confirm_shipments()

    assert on_amazon(world) == [("100", "1Z1", {"item-1": 2})]


def test_several_numbers_in_one_field_are_told_as_far_as_amazon_takes_them(world: World) -> None:
    world.store.orders.ship(100, {0: 2}, tracking_number="1Z 1, 1Z 2")
    world.confirm_shipments()

    [confirmation] = world.amazon.orders.confirmations
    assert confirmation.tracking_number == "1Z1"
    assert "Amazon takes one tracking number for a package. Not told: 1Z2." in words(world)


@pytest.mark.parametrize(("moved_by", "told_as"), [(-5000, 0), (5000, 600), (300, 300)])
def test_the_ship_date_is_neither_before_the_purchase_nor_to_come(
    world: World, moved_by: int, told_as: int
) -> None:
    """Seconds after the purchase; the confirmation is sent 600 seconds after it."""
    shipment = world.store.orders.ship(100, {0: 2})
    world.store.orders.edit(shipment, created_at=NOON + timedelta(seconds=moved_by))
    world.confirm_shipments()

    [confirmation] = world.amazon.orders.confirmations
    assert confirmation.shipped_at == NOON + timedelta(seconds=told_as)


def test_a_dropped_confirmation_is_sent_again_after_growing_pauses(world: World) -> None:
    world.amazon.orders.drops = 100
    world.store.orders.ship(100, {0: 2})
    sent = []
    for _ in range(12):
        world.confirm_shipments()
        sent.append(len(world.amazon.orders.confirmations))

    # Each run waits two minutes for Amazon: it is told by the next, then after 2, 6, 14 minutes.
    assert sent == [1, 2, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4]


def test_what_is_shipped_in_part_is_watched_though_the_store_shows_no_change(
    world: World,
) -> None:
    world.store.orders.ship(100, {0: 1}, tracking_number="1Z1")
    world.confirm_shipments()
    move_the_cursor_on(world)
    world.confirm_shipments()
    shown = world.store.orders.kept[0].modified_at
    world.store.orders.ship(100, {0: 1}, tracking_number="1Z2")
    world.store.orders.kept[0].modified_at = shown
    world.confirm_shipments()

    assert len(on_amazon(world)) == 2
    assert world.order(ORDER_ID).status is OrderStatus.SHIPPED


def test_what_was_confirmed_by_hand_is_left_alone(world: World) -> None:
    order = amazon_order(status=OrderStatus.SHIPPED, lines=(order_line(1),))
    world.amazon.orders.place(order)
    world.import_orders()
    world.store.orders.ship(100, {0: 2})
    world.confirm_shipments()

    assert world.amazon.orders.confirmations == []
