"""What the merchant cancels or refunds in the store, and what Amazon is told of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from affluent.domain.account import FulfilledBy
from affluent.domain.cancellation import CancellationPolicy, CancelReason
from affluent.domain.effect import EffectState
from affluent.domain.errors import OutcomeUnknown, Retryable
from affluent.domain.feed import FeedStatus
from affluent.domain.order import OrderState, OrderStatus
from affluent.domain.plan import Operation
from tests.builders.catalog import variant
from tests.builders.orders import ORDER_ID, amazon_order, order_line
from tests.fakes.wire import WorkerDied
from tests.fakes.world import World

CANCELLED, REFUNDED = 5, 4


@pytest.fixture
def world(world: World) -> World:
    world.store.catalog.products = [variant(1)]
    world.store.orders.stock = {1: 7}
    world.cancellation_policy = CancellationPolicy(to_amazon=True)
    world.amazon.orders.place(amazon_order())
    world.import_orders()
    return world


def ending(world: World) -> EffectState:
    [effect] = world.effects(Operation.ACKNOWLEDGE_ORDER)
    return effect.state


def timeline(world: World) -> list[str]:
    with world.units() as work:
        return [message for entry in work.ledger.log(ORDER_ID) for message in entry.messages]


def test_amazon_is_told_once_of_an_order_that_was_cancelled_in_the_store(world: World) -> None:
    world.store.orders.set_status(100, CANCELLED)

    for _ in range(3):
        world.follow_cancellations()
        world.import_orders()

    assert world.amazon.acknowledgements.asked == [ORDER_ID]
    assert world.amazon.acknowledgements.reasons == ["NoInventory"]
    assert world.amazon.orders.orders[ORDER_ID].status is OrderStatus.CANCELLED
    assert world.order(ORDER_ID).state is OrderState.CANCELLED
    assert "Amazon shows the order as cancelled." in timeline(world)
    assert world.store.orders.changed == []
    assert world.unresolved() == []


def test_amazon_is_not_told_unless_the_merchant_wants_it(world: World) -> None:
    world.cancellation_policy = CancellationPolicy()
    world.store.orders.set_status(100, CANCELLED)

    for _ in range(2):
        assert world.follow_cancellations().held_by_reason() == {"amazon_not_told": 1}
    assert world.amazon.acknowledgements.asked == []
    assert timeline(world).count(timeline(world)[-1]) == 1

    world.cancellation_policy = CancellationPolicy(
        to_amazon=True, reason=CancelReason.PRICING_ERROR
    )
    world.follow_cancellations()
    assert world.amazon.acknowledgements.cancelled == [ORDER_ID]


def test_an_order_that_is_reopened_in_the_store_is_not_cancelled_later(world: World) -> None:
    world.cancellation_policy = CancellationPolicy()
    world.store.orders.set_status(100, CANCELLED)
    world.follow_cancellations()
    world.store.orders.set_status(100, 11)

    world.cancellation_policy = CancellationPolicy(to_amazon=True)
    world.follow_cancellations()

    assert world.amazon.acknowledgements.asked == []
    assert ending(world) is EffectState.SUPERSEDED


def test_a_buyers_wish_is_named_as_the_reason(world: World) -> None:
    line = order_line(cancel_requested=True)
    world.clock.sleep(60)
    world.amazon.orders.place(amazon_order(lines=(line,)))
    world.import_orders()
    world.store.orders.set_status(100, CANCELLED)

    world.follow_cancellations()

    assert world.amazon.acknowledgements.reasons == ["BuyerCanceled"]


@pytest.mark.parametrize("status", [OrderStatus.SHIPPED, OrderStatus.PARTIALLY_SHIPPED])
def test_a_shipped_order_is_never_cancelled_on_amazon(world: World, status: OrderStatus) -> None:
    world.amazon.orders.place(amazon_order(status=status))
    world.store.orders.set_status(100, CANCELLED)

    assert world.follow_cancellations().held_by_reason() == {"not_cancellable": 1}

    assert world.amazon.acknowledgements.asked == []
    assert "cancels no such order" in timeline(world)[-1]


def test_an_order_with_a_shipment_is_not_cancelled_on_amazon(world: World) -> None:
    """Amazon would refund the whole order, though some of it has left."""
    world.store.orders.ship(100, {0: 1})
    world.store.orders.set_status(100, CANCELLED)

    assert world.follow_cancellations().held_by_reason() == {"not_cancellable": 1}
    assert world.amazon.acknowledgements.asked == []


def test_an_order_that_amazon_ships_is_not_cancelled_there(world: World) -> None:
    world.account = replace(world.account, order_types=frozenset(FulfilledBy))
    world.amazon.orders.place(amazon_order("701-1", fulfilled_by=FulfilledBy.AMAZON))
    world.import_orders()
    world.store.orders.set_status(101, CANCELLED)

    assert world.follow_cancellations().held_by_reason() == {"not_cancellable": 1}


def lost() -> OutcomeUnknown:
    return OutcomeUnknown("No answer.", vendor="Amazon", operation="createFeed")


def test_a_feed_whose_receipt_was_lost_is_looked_for_and_not_sent_again(world: World) -> None:
    world.amazon.acknowledgements.failures.append(lost())
    world.store.orders.set_status(100, CANCELLED)

    for _ in range(4):
        world.follow_cancellations()
        world.clock.sleep(600)

    assert world.amazon.acknowledgements.asked == [ORDER_ID]
    assert ending(world) is EffectState.EFFECTIVE


def test_what_never_arrived_is_sent_again_once_it_can_have_no_effect(world: World) -> None:
    world.store.orders.set_status(100, CANCELLED)
    world.wire.die_at = "before acknowledge"
    with pytest.raises(WorkerDied):
        world.follow_cancellations()
    world.revive()

    world.follow_cancellations()
    assert world.amazon.acknowledgements.asked == []
    world.clock.sleep(1800)
    world.follow_cancellations()

    assert world.amazon.acknowledgements.cancelled == [ORDER_ID]
    assert ending(world) is EffectState.EFFECTIVE


def test_a_refusal_of_amazons_is_told_in_its_words(world: World) -> None:
    """The order was shipped by hand after it was looked at."""
    world.store.orders.set_status(100, CANCELLED)
    order = world.amazon.orders.orders[ORDER_ID]
    shipped = replace(order, status=OrderStatus.SHIPPED)
    world.wire.witness = lambda request: (
        world.amazon.orders.place(shipped) if request == "acknowledge" else None
    )

    for _ in range(2):
        world.follow_cancellations()

    assert ending(world) is EffectState.REFUSED
    assert "It is SHIPPED." in timeline(world)
    assert world.amazon.acknowledgements.asked == [ORDER_ID]


def test_a_feed_that_amazon_gives_up_is_told(world: World) -> None:
    world.amazon.acknowledgements.ending = FeedStatus.FATAL
    world.store.orders.set_status(100, CANCELLED)

    world.follow_cancellations()

    assert ending(world) is EffectState.REFUSED
    assert "as FATAL" in timeline(world)[-2]


def test_what_amazon_takes_and_does_not_do_is_told_after_an_hour(world: World) -> None:
    world.amazon.acknowledgements.drops = 1
    world.store.orders.set_status(100, CANCELLED)
    world.follow_cancellations()
    assert world.told == (
        f"Amazon was told to cancel the order {ORDER_ID}, and does not show it yet.",
    )

    world.clock.sleep(3600)
    world.follow_cancellations()

    assert world.told == ()
    assert ending(world) is EffectState.IGNORED
    assert timeline(world)[-1] == "Cancel it in Seller Central, or ship it."


def test_a_busy_amazon_is_told_by_the_next_run(world: World) -> None:
    busy = Retryable("Amazon is busy.", vendor="Amazon", operation="createFeedDocument")
    world.store.orders.set_status(100, CANCELLED)

    def fail(request: str) -> None:
        if request == "upload acknowledgements":
            world.wire.witness = lambda _request: None
            raise busy

    world.wire.witness = fail
    world.follow_cancellations()
    assert ending(world) is EffectState.HELD
    world.follow_cancellations()

    assert world.amazon.acknowledgements.cancelled == [ORDER_ID]


def test_refunds_of_the_store_are_told_with_their_amounts_once_each(world: World) -> None:
    for amount in ("12.5", "3"):
        world.store.orders.refund(100, amount)
        for _ in range(2):
            world.follow_cancellations()

    told = [message for message in timeline(world) if message.startswith("Refunded")]
    assert [message.split(". Amazon")[0] for message in told] == [
        "Refunded in BigCommerce: 12.50 USD",
        "Refunded in BigCommerce: 3.00 USD",
    ]
    assert "Seller Central" in told[0]
    assert world.store.orders.changed == []


def test_a_refund_is_noted_in_the_store_where_the_merchant_wants_it(world: World) -> None:
    world.cancellation_policy = CancellationPolicy(notes_refunds=True)
    world.store.orders.refund(100, "3")

    for _ in range(2):
        world.follow_cancellations()

    [order] = world.store.orders.kept
    assert len(order.notes) == 1
    assert order.status_id == 14


def test_an_order_that_is_set_to_refunded_by_hand_is_told(world: World) -> None:
    world.store.orders.set_status(100, REFUNDED)

    for _ in range(2):
        world.follow_cancellations()

    assert [one for one in timeline(world) if one.startswith("Set to refunded")] == [
        "Set to refunded in BigCommerce. Amazon is not told of it: give the refund in Seller "
        "Central, too."
    ]
