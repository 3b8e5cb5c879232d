"""Waiting orders come out of the safe: without another call, and after Amazon withdrew them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from affluent.domain.order import Buyer, OrderState, OrderStatus, Recipient
from affluent.ports.storage import UnitsOfWork
from affluent.privacy.safe import NOTHING_KEPT
from tests.builders.catalog import ACCOUNT, variant
from tests.builders.orders import ORDER_ID, amazon_order
from tests.builders.privacy import safe
from tests.fakes.world import World


@pytest.fixture
def world(world: World) -> World:
    world.store.catalog.products = [variant(1), variant(2)]
    world.safe = safe()
    return world


def test_a_waiting_order_is_created_without_asking_amazon_again(world: World) -> None:
    _let_it_wait(world)
    asked = world.amazon.orders.asked

    _fill_up(world)

    assert world.order(ORDER_ID).state is OrderState.IMPORTED
    assert world.amazon.orders.asked == asked
    assert not _kept(world.units)


def test_a_waiting_order_keeps_the_address_that_amazon_withdrew(world: World) -> None:
    _let_it_wait(world)
    withdrawn = amazon_order(
        last_updated_at=world.clock.now(), buyer=Buyer(), recipient=Recipient(country="US")
    )
    world.amazon.orders.place(withdrawn)

    _fill_up(world)

    [kept] = world.store.orders.kept
    assert kept.draft.recipient == amazon_order().recipient
    assert kept.draft.email == amazon_order().buyer.email


def test_without_a_key_amazon_is_asked_again(world: World) -> None:
    world.safe = NOTHING_KEPT
    _let_it_wait(world)
    asked = world.amazon.orders.asked
    assert not _kept(world.units)

    _fill_up(world)

    assert world.order(ORDER_ID).state is OrderState.IMPORTED
    assert world.amazon.orders.asked == asked + 1


def test_with_a_lost_key_amazon_is_asked_once_and_the_order_sealed_anew(world: World) -> None:
    _let_it_wait(world)
    world.safe = safe()
    asked = world.amazon.orders.asked

    world.import_orders()
    world.import_orders()

    assert world.order(ORDER_ID).state is OrderState.WAITING
    assert world.amazon.orders.asked == asked + 1
    _fill_up(world)
    assert world.amazon.orders.asked == asked + 1


def test_an_order_that_is_cancelled_while_it_waits_is_neither_kept_nor_created(
    world: World,
) -> None:
    _let_it_wait(world)
    cancelled = amazon_order(status=OrderStatus.CANCELLED, last_updated_at=world.clock.now())
    world.amazon.orders.place(cancelled)

    _fill_up(world)

    assert world.stored(ORDER_ID) == 0
    assert not _kept(world.units)


def _let_it_wait(world: World) -> None:
    world.store.orders.stock = {1: 1}
    world.amazon.orders.place(amazon_order())
    world.import_orders()
    assert world.order(ORDER_ID).state is OrderState.WAITING
    # From here on no search shows the order again.
    world.clock.sleep(timedelta(hours=1).total_seconds())
    world.import_orders()
    world.clock.sleep(timedelta(hours=1).total_seconds())


def _fill_up(world: World) -> None:
    world.clock.sleep(timedelta(hours=1).total_seconds())
    world.store.orders.stock = {1: 9}
    world.import_orders()


def _kept(units: UnitsOfWork) -> bool:
    with units() as work:
        return bool(work.buyers.of(ACCOUNT, [ORDER_ID]))
