"""Stock that is raised for an order: by just what lacks, once, and told."""

from __future__ import annotations

import pytest

from affluent.domain.effect import LEASE_SECONDS, EffectState
from affluent.domain.errors import (
    ConfigurationError,
    OutcomeUnknown,
    Refused,
    Retryable,
    VendorError,
)
from affluent.domain.order import OrderState, Shortage
from affluent.domain.order_policy import OnShortage, OrderPolicy
from affluent.domain.plan import Operation
from affluent.ports.storage import UnitsOfWork
from tests.builders.catalog import variant
from tests.builders.orders import ORDER_ID, amazon_order, order_line
from tests.fakes.dying import die_everywhere
from tests.fakes.world import World

RAISING = OrderPolicy(shortage=OnShortage.RAISE_STOCK)


def lacking(world: World) -> World:
    """Two units are sold of what the store has one of."""
    world.store.catalog.products = [variant(1), variant(2)]
    world.store.orders.stock = {1: 1, 2: 7}
    world.policy = RAISING
    world.amazon.orders.place(amazon_order(lines=(order_line(1), order_line(2))))
    return world


@pytest.fixture
def world(world: World) -> World:
    return lacking(world)


def raises(world: World) -> list[EffectState]:
    return [effect.state for effect in world.effects(Operation.RAISE_STOCK)]


def assert_raised_once(world: World) -> None:
    assert world.stored(ORDER_ID) == 1
    assert world.order(ORDER_ID).state is OrderState.IMPORTED
    assert world.store.orders.stock == {1: 0, 2: 5}
    assert world.store.stock.raised == [1]
    assert world.unresolved() == []


def test_the_stock_is_raised_by_what_lacks_and_the_order_takes_it(world: World) -> None:
    world.store.stock.lag_seconds = 5

    assert world.import_orders() == {}

    assert_raised_once(world)
    [kept] = world.store.orders.kept
    assert [line.variant_id for line in kept.draft.lines] == [1, 2]
    with world.units() as work:
        log = work.ledger.log(ORDER_ID)
    told = [words for entry in log for words in entry.messages]
    assert "SKU-1: the store's stock was raised by 1, from 1, because Amazon had sold 2." in told
    assert [entry.after["stock"] for entry in log if "stock" in entry.after] == [2, 2, 2]


def test_it_is_off_by_default(world: World) -> None:
    world.policy = OrderPolicy()

    world.import_orders()

    assert world.store.stock.raised == []
    assert world.states() == {ORDER_ID: OrderState.WAITING}


def test_lines_of_the_same_variant_count_together(world: World) -> None:
    lines = (order_line(1), order_line(1, order_item_id="item-1-again", quantity=3))
    world.amazon.orders.place(amazon_order("B", lines=lines))

    world.import_orders()

    assert (world.stored(ORDER_ID), world.stored("B")) == (1, 1)
    assert world.store.stock.raised == [1, 5]
    assert world.store.orders.stock == {1: 0, 2: 5}


def test_more_stock_does_not_mend_a_limit(world: World) -> None:
    limit = Shortage("ExceedsMaxQuantity", variant(1).product_id, None, None)
    refusal = Refused(
        "Quantities", vendor="BigCommerce", operation="createOrder", status=409, details=(limit,)
    )
    world.store.orders.failures_before = [refusal]

    world.import_orders()

    assert world.store.stock.raised == []
    assert world.states() == {ORDER_ID: OrderState.WAITING}


def vendor_error(kind: type[VendorError], words: str) -> VendorError:
    return kind(words, vendor="BigCommerce", operation="post-relative-adjustment")


def test_a_lost_answer_is_looked_into(world: World) -> None:
    world.store.stock.failures_after = [vendor_error(OutcomeUnknown, "No answer.")]
    world.store.stock.lag_seconds = 8

    world.import_orders()

    assert_raised_once(world)
    assert raises(world) == [EffectState.EFFECTIVE]


def test_what_was_lost_on_its_way_is_sent_again_once_it_cannot_arrive(world: World) -> None:
    world.store.stock.failures_before = [vendor_error(OutcomeUnknown, "No answer.")]

    world.import_orders()
    assert raises(world) == [EffectState.UNKNOWN]
    world.import_orders()
    assert world.store.stock.raised == []
    world.clock.sleep(LEASE_SECONDS + 1)
    world.import_orders()

    assert_raised_once(world)
    assert raises(world) == [EffectState.SUPERSEDED, EffectState.EFFECTIVE]


def test_what_arrives_late_is_not_raised_again(world: World) -> None:
    world.store.stock.failures_after = [vendor_error(OutcomeUnknown, "No answer.")]
    world.store.stock.lag_seconds = 60

    world.import_orders()
    world.import_orders()
    assert world.states() == {ORDER_ID: OrderState.WAITING}
    world.clock.sleep(60)
    world.import_orders()

    assert_raised_once(world)


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (vendor_error(Refused, "It requires an absolute adjustment."), "could not be raised"),
        (vendor_error(Retryable, "HTTP 503."), "was not raised"),
        (ConfigurationError("The scope is missing."), "The scope is missing."),
    ],
)
def test_what_cannot_be_raised_makes_its_order_wait_and_no_other(
    world: World, failure: Exception, words: str
) -> None:
    world.store.stock.failures_before = [failure]
    world.amazon.orders.place(amazon_order("B", lines=(order_line(2),)))

    world.import_orders()

    assert world.states() == {ORDER_ID: OrderState.WAITING, "B": OrderState.IMPORTED}
    [effect] = [one for one in world.effects(Operation.CREATE_ORDER) if one.key == ORDER_ID]
    assert words in " ".join(effect.messages)
    assert "out of stock" in world.order(ORDER_ID).reason


@pytest.mark.behaviour("N2")
@pytest.mark.parametrize("lag_seconds", [0, 8])
def test_it_is_raised_once_though_the_worker_dies_at_any_point(
    units: UnitsOfWork, lag_seconds: float
) -> None:
    def make(name: str) -> World:
        world = lacking(World(units, name=name))
        world.store.stock.lag_seconds = lag_seconds
        return world

    def import_thrice(world: World) -> None:
        for _ in range(3):
            world.import_orders()
            world.clock.sleep(LEASE_SECONDS)

    died = die_everywhere(make, World.import_orders, assert_raised_once, again=import_thrice)

    assert {"before raise stock", "after raise stock"} <= set(died)
