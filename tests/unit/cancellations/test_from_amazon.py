"""What Amazon or the buyer cancels, in whole or in part, and what the store's order becomes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from affluent.domain.cancellation import CancellationPolicy, InStore
from affluent.domain.effect import LEASE_SECONDS, EffectState
from affluent.domain.errors import OutcomeUnknown, Refused
from affluent.domain.order import AmazonOrder, OrderState, OrderStatus
from affluent.domain.plan import Operation
from tests.builders.catalog import variant
from tests.builders.orders import ORDER_ID, amazon_order, order_line
from tests.fakes.store_orders import KeptOrder
from tests.fakes.wire import WorkerDied
from tests.fakes.world import World

CANCELLED, VERIFICATION, AWAITING, DECLINED = 5, 12, 11, 6
TWO_LINES = (order_line(1), order_line(2))


@pytest.fixture
def world(world: World) -> World:
    world.store.catalog.products = [variant(1), variant(2)]
    world.store.orders.stock = {1: 7}
    return world


@pytest.fixture
def imported(world: World) -> World:
    world.amazon.orders.place(amazon_order(lines=TWO_LINES))
    world.import_orders()
    return world


def on_amazon(world: World, **changes: object) -> AmazonOrder:
    """Let Amazon change the order; the next import records it."""
    world.clock.sleep(60)
    order = replace(world.amazon.orders.orders[ORDER_ID], **changes)  # type: ignore[arg-type]  # one of its fields
    world.amazon.orders.place(order)
    return order


def cancel_on_amazon(world: World) -> None:
    on_amazon(world, status=OrderStatus.CANCELLED)
    world.import_orders()


def in_store(world: World) -> KeptOrder:
    [order] = world.store.orders.kept
    return order


def timeline(world: World) -> list[str]:
    with world.units() as work:
        return [message for entry in work.ledger.log(ORDER_ID) for message in entry.messages]


def test_an_order_that_amazon_cancels_is_cancelled_in_the_store_once(imported: World) -> None:
    cancel_on_amazon(imported)

    for _ in range(3):
        imported.follow_cancellations()

    assert in_store(imported).status_id == CANCELLED
    assert in_store(imported).notes == ["Cancelled on Amazon."]
    assert imported.store.orders.changed == [100]
    assert imported.store.orders.stock == {1: 7}
    assert imported.order(ORDER_ID).state is OrderState.CANCELLED
    assert imported.unresolved() == []
    assert timeline(imported)[-1] == "Cancelled on Amazon."


@pytest.mark.parametrize(
    ("way", "status_id", "notes"),
    [(InStore.FLAG, VERIFICATION, 1), (InStore.NOTE, AWAITING, 1), (InStore.RECORD, AWAITING, 0)],
)
def test_the_merchant_says_what_becomes_of_it(
    imported: World, way: InStore, status_id: int, notes: int
) -> None:
    imported.cancellation_policy = CancellationPolicy(orders=way)
    cancel_on_amazon(imported)

    for _ in range(2):
        imported.follow_cancellations()

    assert in_store(imported).status_id == status_id
    assert len(in_store(imported).notes) == notes
    assert imported.store.orders.stock == {1: 5}
    assert imported.order(ORDER_ID).state is OrderState.CANCELLED
    assert "do not ship" in timeline(imported)[-1]


def test_a_shipped_order_is_never_cancelled_in_the_store(imported: World) -> None:
    imported.store.orders.ship(100, {0: 2, 1: 2})
    cancel_on_amazon(imported)

    gated = imported.follow_cancellations()

    assert gated.held_by_reason() == {"shipped_in_store": 1}
    assert imported.store.orders.changed == []
    assert timeline(imported)[-1] == (
        "Amazon shows the order as cancelled, but the store has shipped it."
    )


def test_what_is_shipped_between_the_plan_and_the_change_is_not_cancelled(imported: World) -> None:
    cancel_on_amazon(imported)
    looks = iter(range(2))

    def ship_before_the_second_look(request: str) -> None:
        if request == "store order" and next(looks, None) == 1:
            imported.store.orders.ship(100, {0: 2, 1: 2})

    imported.wire.witness = ship_before_the_second_look
    imported.follow_cancellations()

    assert imported.store.orders.changed == []
    [effect] = imported.effects(Operation.UPDATE_ORDER)
    assert effect.state is EffectState.HELD


@pytest.mark.parametrize("status_id", [CANCELLED, DECLINED])
def test_what_the_store_has_given_up_already_is_only_recorded(
    imported: World, status_id: int
) -> None:
    imported.store.orders.set_status(100, status_id)
    cancel_on_amazon(imported)

    imported.follow_cancellations()

    assert imported.store.orders.changed == []
    assert "in the store already" in timeline(imported)[-1]
    assert imported.follow_cancellations().plan.changes == ()


def test_an_order_that_the_store_lost_is_only_recorded(imported: World) -> None:
    imported.store.orders.deleted.add(100)
    cancel_on_amazon(imported)

    imported.follow_cancellations()

    assert "no such order" in timeline(imported)[-1]
    assert imported.order(ORDER_ID).state is OrderState.CANCELLED
    assert imported.follow_cancellations().plan.changes == ()


def test_cancelled_lines_and_a_buyers_wish_are_flagged_with_a_note_each(imported: World) -> None:
    first, second = TWO_LINES
    lines = (replace(first, cancel_requested=True), replace(second, quantity=0))
    on_amazon(imported, lines=lines)
    imported.import_orders()

    for _ in range(3):
        imported.follow_cancellations()

    order = in_store(imported)
    assert order.status_id == VERIFICATION
    assert order.notes[0] == ("Amazon cancelled a part of the order: 2 of SKU-2. Do not ship that.")
    assert order.notes[1].startswith("The buyer asks on Amazon to cancel")
    assert imported.store.orders.changed == [100, 100]
    assert imported.order(ORDER_ID).state is OrderState.IMPORTED


def test_further_cancelled_lines_are_told_of_again(imported: World) -> None:
    first, second = TWO_LINES
    for units in (1, 0):
        on_amazon(imported, lines=(first, replace(second, quantity=units)))
        imported.import_orders()
        imported.follow_cancellations()

    assert [note.split(": ")[1] for note in in_store(imported).notes] == [
        "1 of SKU-2. Do not ship that.",
        "2 of SKU-2. Do not ship that.",
    ]


def test_a_wish_that_comes_after_the_shipment_is_only_recorded(imported: World) -> None:
    imported.store.orders.ship(100, {0: 2, 1: 2})
    on_amazon(imported, lines=(replace(TWO_LINES[0], cancel_requested=True), TWO_LINES[1]))
    imported.import_orders()

    imported.follow_cancellations()

    assert imported.store.orders.changed == []
    assert "asks on Amazon" in timeline(imported)[-1]


def test_an_order_that_is_cancelled_before_its_import_is_never_created(world: World) -> None:
    world.store.orders.stock = {1: 0}
    world.amazon.orders.place(amazon_order())
    world.import_orders()
    with world.units() as work:
        assert work.orders.reserved({}) == {"SKU-1": 2}
    cancel_on_amazon(world)

    world.follow_cancellations()
    world.store.orders.stock = {1: 9}
    world.import_orders()

    assert world.store.orders.kept == []
    with world.units() as work:
        assert work.orders.reserved({}) == {}
    [creation] = world.effects(Operation.CREATE_ORDER)
    assert creation.state is EffectState.SUPERSEDED
    assert "Not created: Amazon cancelled the order before it was imported." in timeline(world)
    assert world.follow_cancellations().plan.changes == ()


@pytest.mark.parametrize(
    ("died", "in_the_store"),
    [
        ("before create order", []),
        ("after create order", [CANCELLED]),
        ("before commit", [CANCELLED]),
    ],
)
def test_a_creation_that_the_cancellation_overtook_ends_without_an_open_order(
    world: World, died: str, in_the_store: list[int]
) -> None:
    """The worker dies around its POST; Amazon cancels before anybody takes the order over."""
    world.amazon.orders.place(amazon_order())
    world.wire.witness = lambda request: (
        setattr(world.wire, "die_at", died) if request == "create order" else None
    )
    if died == "before create order":
        world.wire.die_at = died
    with pytest.raises(WorkerDied):
        world.import_orders()
    world.revive()
    world.wire.witness = lambda _request: None
    cancel_on_amazon(world)

    world.follow_cancellations()
    assert world.store.orders.changed == []
    world.clock.sleep(LEASE_SECONDS + 1)
    world.follow_cancellations()
    world.import_orders()

    assert [order.status_id for order in world.store.orders.kept] == in_the_store
    assert world.store.orders.stock == {1: 7}
    assert world.order(ORDER_ID).state is OrderState.CANCELLED
    assert world.unresolved() == []


def test_a_cancellation_that_is_recorded_during_the_import_is_not_lost(world: World) -> None:
    """Another worker records it while this one creates the order it read before."""
    world.amazon.orders.place(amazon_order())

    def cancel(request: str) -> None:
        if request == "create order":
            world.wire.witness = lambda _request: None
            world.clock.sleep(1)
            on_amazon(world, status=OrderStatus.CANCELLED)
            world.sweep_orders()

    world.wire.witness = cancel
    world.import_orders()
    assert world.order(ORDER_ID).status is OrderStatus.CANCELLED

    world.follow_cancellations()

    assert in_store(world).status_id == CANCELLED
    assert world.store.orders.stock == {1: 7}
    assert world.order(ORDER_ID).state is OrderState.CANCELLED


def lost() -> OutcomeUnknown:
    return OutcomeUnknown("No answer.", vendor="BigCommerce", operation="updateOrder")


@pytest.mark.parametrize("moment", ["failures_before", "failures_after"])
def test_a_lost_answer_is_brought_to_its_end_by_the_next_run(imported: World, moment: str) -> None:
    getattr(imported.store.orders, moment).append(lost())
    cancel_on_amazon(imported)

    imported.follow_cancellations()
    assert [one.state for one in imported.effects(Operation.UPDATE_ORDER)] == [EffectState.UNKNOWN]
    imported.follow_cancellations()

    assert in_store(imported).status_id == CANCELLED
    assert in_store(imported).notes == ["Cancelled on Amazon."]
    assert imported.unresolved() == []


def test_a_refusal_is_told_and_not_tried_again(imported: World) -> None:
    words = "The field 'status_id' is invalid."
    refusal = Refused(words, vendor="BigCommerce", operation="updateOrder", status=400)
    imported.store.orders.failures_before.append(refusal)
    cancel_on_amazon(imported)

    for _ in range(2):
        imported.follow_cancellations()

    assert timeline(imported)[-1] == words
    assert imported.store.orders.changed == []


def test_what_the_merchant_changes_after_the_cancellation_stays(imported: World) -> None:
    cancel_on_amazon(imported)
    imported.follow_cancellations()
    imported.store.orders.set_status(100, AWAITING)
    imported.clock.sleep(timedelta(minutes=5).total_seconds())

    imported.follow_cancellations()

    assert in_store(imported).status_id == AWAITING
