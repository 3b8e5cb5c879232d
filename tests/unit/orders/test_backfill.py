"""The orders of the past come in once, wherever a run dies and whatever Amazon's pages do."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from affluent.domain.effect import LEASE_SECONDS
from affluent.domain.order import OrderDraft, OrderPage, OrderState, OrderStatus, StoreOrder
from affluent.domain.order_policy import OldOrders, OnShortage, OrderPolicy
from affluent.domain.order_window import OrderWindow, WindowState
from tests.builders.catalog import US, variant
from tests.builders.orders import amazon_order, order_line
from tests.fakes.clock import NOON
from tests.fakes.wire import WorkerDied
from tests.fakes.world import World

SHIPPED = OrderStatus.SHIPPED
IDS = [f"OLD-{number:02}" for number in range(9)]


@pytest.fixture
def world(world: World) -> World:
    """Nine shipped orders, three hours apart, of one product that the store has seven of."""
    world.store.catalog.products = [variant(1)]
    world.store.orders.stock = {1: 7}
    with world.units() as work:
        work.variants.save([variant(1, quantity=7)], world.clock.now())
        work.commit()
    for number, order_id in enumerate(IDS):
        bought = NOON - timedelta(hours=3 * number + 1)
        world.amazon.orders.place(amazon_order(order_id, status=SHIPPED, created_at=bought))
    return world


def assert_all_once(world: World) -> None:
    assert {order_id: world.stored(order_id) for order_id in IDS} == dict.fromkeys(IDS, 1)
    assert world.states() == dict.fromkeys(IDS, OrderState.SHIPPED)
    assert world.store.orders.stock == {1: 7}
    assert known_stock(world) == 7


def known_stock(world: World) -> int | None:
    with world.units() as work:
        return work.variants.by_skus(["SKU-1"])["SKU-1"].quantity


def windows(world: World) -> list[WindowState]:
    whole = OrderWindow(
        world.account.name,
        (US.marketplace_id,),
        NOON - timedelta(days=400),
        NOON + timedelta(days=400),
    )
    with world.units() as work:
        return [one.state for one in work.order_windows.within(whole)]


def test_old_orders_come_in_as_completed_and_take_no_stock(world: World) -> None:
    assert world.backfill() == (9, 9)

    assert_all_once(world)
    drafts = [one.draft for one in world.store.orders.kept]
    assert {draft.status_id for draft in drafts} == {10}
    assert {(line.sku, line.product_id) for draft in drafts for line in draft.lines} == {
        ("SKU-1", None)
    }


def test_the_same_days_again_write_nothing(world: World) -> None:
    world.backfill()

    assert world.backfill() == (9, 0)

    assert_all_once(world)


def test_a_run_that_dies_anywhere_is_gone_on_with(world: World) -> None:
    """At every point of the wire in turn: before and after each request and each commit."""
    for alive in count(1):
        world.wire.die_at = len(world.wire.points) + alive
        try:
            world.backfill()
        except WorkerDied:
            world.clock.sleep(LEASE_SECONDS + 1)
        else:
            break
    world.revive()

    assert alive > 20
    assert_all_once(world)
    assert set(windows(world)) == {WindowState.DONE}


def test_a_run_that_died_goes_on_at_the_page_where_it_was(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    order, died = world.store.orders.create, []

    def dying(draft: OrderDraft) -> StoreOrder:
        if draft.external_order_id == IDS[4] and not died:
            died.append(draft)
            raise WorkerDied("on the third page")
        return order(draft)

    monkeypatch.setattr(world.store.orders, "create", dying)
    with pytest.raises(WorkerDied):
        world.backfill()
    before = searches(world)
    world.clock.sleep(LEASE_SECONDS + 1)

    read, _ = world.backfill()

    assert (before, searches(world) - before) == (4 + 3, 3)
    assert read == 5
    assert_all_once(world)


def test_the_import_leaves_old_orders_to_the_backfill(world: World) -> None:
    world.policy = OrderPolicy(old=OldOrders(are_created=False))
    world.backfill()
    assert world.states() == dict.fromkeys(IDS, OrderState.OLD)

    world.import_orders()

    assert world.states() == dict.fromkeys(IDS, OrderState.OLD)
    assert world.store.orders.kept == []
    world.policy = OrderPolicy()
    assert world.backfill() == (9, 9)
    assert_all_once(world)


def test_an_order_that_another_system_imported_is_recognised(world: World) -> None:
    other = World(world.units, "acme-us", world.clock)
    other.store, other.amazon = world.store, world.amazon
    other.backfill()
    with world.units() as work:
        known = work.orders.in_states("acme-us", OrderState)
    assert len(known) == 9

    assert world.backfill() == (9, 0)


def test_orders_that_are_still_to_be_shipped_come_in_as_any_other(world: World) -> None:
    world.amazon.orders.place(amazon_order("NEW", created_at=NOON - timedelta(hours=2)))

    world.backfill()

    assert world.order("NEW").state is OrderState.IMPORTED
    [new] = [one for one in world.store.orders.kept if one.draft.external_order_id == "NEW"]
    assert new.draft.status_id == 11
    assert world.store.orders.stock == {1: 5}
    assert known_stock(world) == 5


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_that_comes_twice_hides_nothing(world: World, count: int) -> None:
    world.amazon.orders.repeats = count

    world.backfill()

    assert_all_once(world)
    assert set(windows(world)) == {WindowState.DONE}


@pytest.mark.parametrize("count", [1, 3])
def test_a_token_that_is_refused_cuts_the_window_in_two(world: World, count: int) -> None:
    world.amazon.orders.stale = count

    world.backfill()

    assert_all_once(world)
    assert len(windows(world)) == 5 + count


def test_a_window_that_takes_longer_than_tokens_hold_is_read_through_in_parts(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each page takes nine hours: a window of five pages would never come to its end."""
    search = world.amazon.orders.bought_page

    def slowly(*asked: Any) -> OrderPage:
        world.clock.sleep(9 * 3600)
        return search(*asked)

    monkeypatch.setattr(world.amazon.orders, "bought_page", slowly)

    world.backfill()

    assert_all_once(world)
    assert len(windows(world)) > 5


def test_a_custom_line_takes_nothing_from_the_known_stock(world: World) -> None:
    world.policy = OrderPolicy(shortage=OnShortage.CUSTOM_LINE)
    line = replace(order_line(1), quantity=8)
    world.amazon.orders.orders = {}
    world.amazon.orders.place(amazon_order("SHORT", lines=(line,)))

    world.import_orders()

    [kept] = world.store.orders.kept
    assert kept.draft.lines[0].product_id is None
    assert known_stock(world) == 7


def searches(world: World) -> int:
    return world.wire.points.count("before search the past")
