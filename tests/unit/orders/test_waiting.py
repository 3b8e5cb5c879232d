"""What an order waits for, in which words, and that it is tried once what it lacked is there."""

from __future__ import annotations

import pytest

from affluent.domain.order import OrderState, OrderStatus
from affluent.domain.order_policy import OrderPolicy
from affluent.domain.plan import Operation
from affluent.domain.product import Modifier
from tests.builders.catalog import modifier, variant
from tests.builders.listings import listing
from tests.builders.orders import ORDER_ID, amazon_order, order_line
from tests.fakes.world import World


@pytest.fixture
def world(world: World) -> World:
    world.store.catalog.products = [variant(1), variant(2)]
    return world


@pytest.fixture
def short(world: World) -> World:
    """Two orders wait for different variants, and one for an option."""
    world.store.catalog.products = [variant(number) for number in (1, 2, 3)]
    world.store.catalog.questions[variant(3).product_id] = (Modifier(7, "Text", "text", True),)
    world.store.orders.stock = {1: 1, 2: 0, 3: 9}
    for number in (1, 2, 3):
        world.amazon.orders.place(amazon_order(f"{number}", lines=(order_line(number),)))
    world.import_orders()
    assert set(world.states().values()) == {OrderState.WAITING}
    world.wire.points.clear()
    return world


def waiting_reason(world: World) -> str:
    order = world.order(ORDER_ID)
    assert order.state is OrderState.WAITING
    assert world.stored(ORDER_ID) == 0
    return order.reason


@pytest.mark.behaviour("S75")
def test_an_order_short_of_stock_is_created_by_itself_once_there_is_stock(world: World) -> None:
    world.store.orders.stock = {1: 1}
    world.amazon.orders.place(amazon_order())
    world.import_orders()
    assert "out of stock" in waiting_reason(world)

    world.clock.sleep(3600)
    world.store.orders.stock = {1: 9}
    world.import_orders()

    assert world.order(ORDER_ID).state is OrderState.IMPORTED
    assert world.store.orders.stock == {1: 7}


@pytest.mark.behaviour("S74")
def test_a_shortage_has_the_words_that_merchants_know(world: World) -> None:
    world.store.orders.stock = {1: 0}
    world.amazon.orders.place(amazon_order())

    world.import_orders()

    assert waiting_reason(world) == (
        f"Error during export order #{ORDER_ID} in BigCommerce. Quantities of one or more products "
        "are out of stock or did not meet quantity requirements."
    )


def test_a_shortage_names_the_line_that_is_short(world: World) -> None:
    world.store.orders.stock = {1: 9, 2: 1}
    world.amazon.orders.place(amazon_order(lines=(order_line(1), order_line(2), order_line(3))))

    world.import_orders()

    [effect] = world.effects(Operation.CREATE_ORDER)
    assert effect.messages[1:] == ("SKU-2: 2 sold, 1 in the store.",)


def test_one_order_that_waits_stops_no_other(world: World) -> None:
    world.store.orders.stock = {1: 0, 2: 9}
    other = amazon_order("123-0000555-0000555", lines=(order_line(2),))
    world.amazon.orders.place(amazon_order(), other)

    world.import_orders()

    assert world.states() == {
        ORDER_ID: OrderState.WAITING,
        other.order_id: OrderState.IMPORTED,
    }


@pytest.mark.behaviour("S72")
def test_options_that_nobody_answers_hold_the_order_in_words_that_name_them(world: World) -> None:
    world.store.catalog.questions[1001] = (modifier(5, kind="file"),)
    world.amazon.orders.place(amazon_order())

    world.import_orders()

    assert waiting_reason(world) == (
        "Missing MandatoryProductOptions. Please reach support to activate product mandatory "
        "options for order creation."
    )
    with world.units() as work:
        last = work.ledger.log(ORDER_ID)[-1]
    assert "SKU-1: Engraving" in last.messages[1]
    assert "orders.option_answers" in last.messages[1]


def test_a_merchant_may_hold_orders_that_match_nothing(world: World) -> None:
    world.policy = OrderPolicy(holds_unmatched=True)
    world.amazon.orders.place(amazon_order(lines=(order_line(1, sku="STRANGE"),)))
    world.import_orders()
    assert waiting_reason(world) == "No product of the store has the SKU STRANGE."

    world.sku_mapping = {"STRANGE": "SKU-1"}
    world.import_orders()

    assert world.order(ORDER_ID).state is OrderState.IMPORTED


def test_a_waiting_order_that_is_cancelled_on_amazon_is_not_created(world: World) -> None:
    world.store.orders.stock = {1: 0}
    world.amazon.orders.place(amazon_order())
    world.import_orders()
    world.store.orders.stock = {1: 9}
    world.amazon.orders.place(amazon_order(status=OrderStatus.CANCELLED))

    world.import_orders()

    assert world.states() == {ORDER_ID: OrderState.CANCELLED}
    assert world.stored(ORDER_ID) == 0


def test_an_order_that_amazon_no_longer_answers_stops_no_other(world: World) -> None:
    world.store.orders.stock = {1: 0}
    world.amazon.orders.place(amazon_order())
    world.import_orders()
    world.amazon.orders.orders.clear()
    other = amazon_order("123-0000555-0000555", lines=(order_line(2),))
    world.amazon.orders.place(other)

    world.import_orders()

    assert world.states()[other.order_id] is OrderState.IMPORTED


def test_only_the_order_whose_stock_is_there_is_tried(short: World) -> None:
    short.store.orders.stock[2] = 2

    assert short.retry_orders() == 1

    assert short.states() == {
        "1": OrderState.WAITING,
        "2": OrderState.IMPORTED,
        "3": OrderState.WAITING,
    }
    assert short.wire.points.count("before read stock") == 1
    assert short.wire.points.count("before create order") == 1


def test_stock_that_moves_without_being_enough_tries_nothing(short: World) -> None:
    short.store.orders.stock[2] = 1

    assert short.retry_orders() == 0

    assert "before create order" not in short.wire.points


def test_where_nothing_waits_the_store_is_not_asked(world: World) -> None:
    assert world.retry_orders() == 0

    assert not [point for point in world.wire.points if "commit" not in point]


def test_lines_of_one_sku_need_their_units_together(short: World) -> None:
    lines = (order_line(2), order_line(2, order_item_id="again"))
    short.amazon.orders.place(amazon_order("4", lines=lines))
    short.import_orders()
    short.store.orders.stock[2] = 3

    assert short.retry_orders() == 1

    assert short.states()["2"] is OrderState.IMPORTED
    assert short.states()["4"] is OrderState.WAITING


@pytest.mark.parametrize("by", ["mapping", "link"])
def test_the_stock_of_another_sku_in_the_store_counts(world: World, by: str) -> None:
    world.store.catalog.products = [variant(1)]
    world.store.orders.stock = {1: 0}
    if by == "mapping":
        world.sku_mapping = {"AMAZON-ONLY": "SKU-1"}
    else:
        world.remember(listing(1, sku="AMAZON-ONLY", store_sku="SKU-1"))
    lines = (order_line(1, sku="AMAZON-ONLY"), order_line(2, sku="NOWHERE"))
    world.amazon.orders.place(amazon_order("A", lines=lines))
    world.import_orders()
    assert world.retry_orders() == 0
    world.store.orders.stock = {1: 2}

    assert world.retry_orders() == 1

    assert world.states() == {"A": OrderState.IMPORTED}
