"""Three sources of orders: what one loses another one brings, and the loss is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from affluent.domain.errors import ConfigurationError, CredentialsExpired
from affluent.domain.notification import QueuedNotification
from affluent.domain.order import OrderState, OrderStatus
from affluent.domain.order_source import OrderGap, OrderSource
from tests.builders.catalog import US
from tests.builders.orders import amazon_order, order_line
from tests.fakes.world import World

SEARCH, NOTIFICATION, SWEEP = OrderSource.SEARCH, OrderSource.NOTIFICATION, OrderSource.SWEEP


def message(order_id: str, number: int = 1, **fields: str) -> QueuedNotification:
    values = {
        "notification_id": f"notification-{number}-{order_id}",
        "notification_type": "ORDER_CHANGE",
        "seller_id": "A1SELLER",
        "marketplace_id": US.marketplace_id,
        "order_id": order_id,
    }
    return QueuedNotification(f"message-{number}", f"receipt-{number}", **{**values, **fields})


def told(gaps: list[OrderGap]) -> set[tuple[str, OrderSource, OrderSource]]:
    return {(gap.order_id, gap.missing_from, gap.repaired_by) for gap in gaps}


@pytest.fixture
def followed(world: World) -> World:
    """A world in which every source has been running for a while."""
    world.import_orders()
    world.follow()
    world.sweep_orders()
    world.clock.sleep(3600)
    return world


def test_a_notification_brings_its_order_before_any_search(world: World) -> None:
    world.amazon.orders.place(amazon_order("A"))

    taken = world.follow(message("A"))

    assert world.stored("A") == 1
    assert [one.receipt for one in taken.removable] == ["receipt-1"]
    assert "before search orders" not in world.wire.points


def test_an_order_that_is_told_of_twice_in_a_batch_is_asked_for_once(world: World) -> None:
    world.amazon.orders.place(amazon_order("A"))

    taken = world.follow(message("A", 1), message("A", 2))

    assert world.wire.points.count("before get order") == 1
    assert len(taken.removable) == 2
    assert world.stored("A") == 1


def test_a_notification_that_comes_again_is_recognised(world: World) -> None:
    world.amazon.orders.place(amazon_order("A"))
    world.follow(message("A"))
    asked = world.wire.points.count("before get order")

    taken = world.follow(replace(message("A"), receipt="another receipt"))

    assert taken.duplicates == 1
    assert [one.receipt for one in taken.removable] == ["another receipt"]
    assert world.wire.points.count("before get order") == asked


def test_a_late_notification_does_not_bring_back_what_was(world: World) -> None:
    world.amazon.orders.place(amazon_order("A", status=OrderStatus.PENDING))
    world.clock.sleep(60)
    world.amazon.orders.place(amazon_order("A"))

    world.follow(message("A", 2))
    world.follow(message("A", 1))

    assert world.order("A").status is OrderStatus.UNSHIPPED
    assert world.stored("A") == 1


def test_an_older_page_of_a_search_does_not_undo_a_notification(world: World) -> None:
    world.amazon.orders.place(amazon_order("A", status=OrderStatus.PENDING))
    [page] = world.amazon.orders.updated_since([US.marketplace_id], world.clock.now())
    world.clock.sleep(60)
    world.amazon.orders.place(amazon_order("A"))
    world.follow(message("A"))

    world.amazon.orders.orders["A"] = page.orders[0]
    world.import_orders()

    assert world.order("A").status is OrderStatus.UNSHIPPED


@pytest.mark.parametrize(
    ("strange", "words"),
    [
        (message("A", problem="it is not a JSON object"), "not a JSON object"),
        (message("A", seller_id="A2STRANGER"), "no account of the settings"),
        (message("A", marketplace_id="A1F83G8C2ARO7P"), "no account of the settings"),
        (message("NOT-THERE"), "There is no such order"),
    ],
)
def test_a_strange_message_is_set_aside_and_named(
    world: World, strange: QueuedNotification, words: str
) -> None:
    world.amazon.orders.place(amazon_order("A"), amazon_order("B"))

    taken = world.follow(strange, message("B"))

    [note] = taken.notes
    assert strange.notification_id in note
    assert words in note
    assert len(taken.removable) == 2
    assert world.states() == {"B": OrderState.IMPORTED}


def test_a_message_stays_in_the_queue_while_amazon_bars_its_account(world: World) -> None:
    orders = world.amazon.orders
    orders.place(amazon_order("A"))

    def bar(request: str) -> None:
        if request == "get order":
            raise CredentialsExpired("The authorisation is no longer accepted.")

    world.wire.witness = bar
    taken = world.follow(message("A"))
    world.wire.witness = lambda _request: None

    assert taken.removable == []
    assert "1 notifications wait" in taken.notes[0]
    assert issubclass(CredentialsExpired, ConfigurationError)
    world.follow(message("A"))
    assert world.stored("A") == 1


def test_what_dies_before_the_record_is_told_of_again(world: World) -> None:
    world.amazon.orders.place(amazon_order("A"))
    world.wire.die_at = "after get order"
    with pytest.raises(Exception, match="after get order"):
        world.follow(message("A"))
    world.revive()

    taken = world.follow(message("A"))

    assert (taken.duplicates, world.stored("A")) == (0, 1)


def test_no_gap_where_every_source_has_shown_the_order(followed: World) -> None:
    followed.amazon.orders.place(amazon_order("A"))
    followed.follow(message("A"))
    followed.clock.sleep(3600)
    followed.import_orders()
    followed.follow()

    assert followed.sweep_orders() == []


def test_a_lost_notification_is_repaired_by_the_search(followed: World) -> None:
    followed.amazon.orders.place(amazon_order("A"))
    followed.clock.sleep(3600)
    followed.import_orders()
    followed.follow()

    assert followed.stored("A") == 1
    assert told(followed.sweep_orders()) == {("A", NOTIFICATION, SEARCH)}


def test_what_the_search_lost_is_repaired_by_its_notification(followed: World) -> None:
    followed.amazon.orders.place(amazon_order("A"))
    followed.amazon.orders.hidden.add("A")
    followed.follow(message("A"))
    followed.clock.sleep(3600)
    followed.import_orders()
    followed.follow()
    followed.amazon.orders.hidden.clear()

    assert followed.stored("A") == 1
    assert told(followed.sweep_orders()) == {("A", SEARCH, NOTIFICATION)}


def test_what_both_lost_is_repaired_by_the_sweep_and_ages(followed: World) -> None:
    followed.amazon.orders.place(amazon_order("A"))
    followed.amazon.orders.hidden.add("A")
    followed.clock.sleep(3600)
    followed.import_orders()
    followed.follow()
    followed.amazon.orders.hidden.clear()
    gaps = followed.sweep_orders()
    followed.clock.sleep(7200)

    assert followed.stored("A") == 1
    assert told(gaps) == {("A", SEARCH, SWEEP), ("A", NOTIFICATION, SWEEP)}
    assert "for 2 hours;" in gaps[0].told(followed.clock.now())
    assert told(followed.sweep_orders()) == told(gaps)


def test_what_the_sweep_lost_is_named_too(followed: World) -> None:
    followed.amazon.orders.place(amazon_order("A"))
    followed.follow(message("A"))
    followed.import_orders()
    followed.amazon.orders.hidden.add("A")
    followed.clock.sleep(3600)

    assert ("A", SWEEP, NOTIFICATION) in told(followed.sweep_orders())


def test_a_source_that_never_ran_lacks_nothing(world: World) -> None:
    world.amazon.orders.place(amazon_order("A"))
    world.import_orders()
    world.clock.sleep(3600)
    world.import_orders()

    assert world.sweep_orders() == []


def test_a_lost_payment_is_a_gap_though_the_order_was_seen_before(followed: World) -> None:
    followed.amazon.orders.place(amazon_order("A", status=OrderStatus.PENDING))
    followed.follow(message("A", 1))
    followed.clock.sleep(60)
    followed.amazon.orders.place(amazon_order("A"))
    followed.clock.sleep(3600)
    followed.import_orders()
    followed.follow()

    [gap] = followed.sweep_orders()
    assert (gap.status, gap.missing_from) == (OrderStatus.UNSHIPPED, NOTIFICATION)


def test_a_page_that_comes_twice_is_recognised_and_its_time_searched_again(world: World) -> None:
    world.amazon.orders.repeats = 1
    world.amazon.orders.place(*(amazon_order(name, lines=(order_line(),)) for name in "ABC"))
    world.import_orders()
    world.amazon.orders.repeats = 0
    late = amazon_order("D", last_updated_at=world.clock.now())
    world.clock.sleep(3600)
    world.amazon.orders.orders["D"] = late

    world.import_orders()

    assert {name: world.stored(name) for name in "ABCD"} == dict.fromkeys("ABCD", 1)
    world.amazon.orders.orders["E"] = replace(late, order_id="E")
    world.clock.sleep(timedelta(minutes=1).total_seconds())
    world.import_orders()
    assert world.stored("E") == 0
