"""What waits for stock is tried once the store has it, and nothing is asked where nothing waits."""

from __future__ import annotations

import pytest

from affluent.domain.order import OrderState
from affluent.domain.product import Modifier
from tests.builders.catalog import variant
from tests.builders.listings import listing
from tests.builders.orders import amazon_order, order_line
from tests.fakes.world import World


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
