"""Whatever is cancelled where, and whenever workers die: nothing twice, nothing shipped, and the
stock is right in the end."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from affluent.domain.cancellation import CancellationPolicy
from affluent.domain.errors import OutcomeUnknown
from affluent.domain.order import OrderState, OrderStatus
from affluent.storage.engine import open_engine
from affluent.storage.unit_of_work import SqlUnitsOfWork
from tests.builders.catalog import variant
from tests.builders.orders import ORDER_ID, amazon_order
from tests.fakes.wire import WorkerDied
from tests.fakes.world import World

STOCK, BOUGHT, CANCELLED = 9, 2, 5
SHIPPED_IN_STORE = (2, 3, 10)

steps = st.lists(
    st.one_of(
        st.sampled_from(["import", "follow", "confirm", "cancel on Amazon", "cancel in store"]),
        st.sampled_from(["ship", "lose in store", "lose on Amazon", "ask"]),
        st.integers(0, 40),
    ),
    max_size=12,
)


@contextmanager
def new_world(template: Path) -> Iterator[World]:
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{shutil.copy(template, folder)}")
        world = World(SqlUnitsOfWork(engine))
        world.cancellation_policy = CancellationPolicy(to_amazon=True)
        world.store.catalog.products = [variant(1)]
        world.store.orders.stock = {1: STOCK}
        world.amazon.orders.place(amazon_order())
        yield world
        engine.dispose()


def lost(vendor: str) -> OutcomeUnknown:
    return OutcomeUnknown("No answer.", vendor=vendor, operation="write")


def do(world: World, step: str) -> None:
    match step:
        case "import":
            world.import_orders()
        case "follow":
            world.follow_cancellations()
        case "confirm":
            world.confirm_shipments()
        case "cancel on Amazon" | "ask" | "lose on Amazon":
            on_amazon(world, step)
        case _ if world.store.orders.kept:
            in_store(world, step)


def on_amazon(world: World, step: str) -> None:
    order = world.amazon.orders.orders[ORDER_ID]
    if step == "lose on Amazon":
        world.amazon.acknowledgements.failures.append(lost("Amazon"))
    elif order.status is OrderStatus.UNSHIPPED and step == "ask":
        lines = tuple(replace(line, cancel_requested=True) for line in order.lines)
        world.amazon.orders.place(replace(order, lines=lines))
    elif order.status is OrderStatus.UNSHIPPED:
        world.amazon.orders.place(replace(order, status=OrderStatus.CANCELLED))


def in_store(world: World, step: str) -> None:
    store = world.store.orders
    if step == "lose in store":
        store.failures_after.append(lost("BigCommerce"))
    elif step == "cancel in store":
        store.set_status(100, CANCELLED)
    elif not store.kept[0].shipments and store.kept[0].status_id != CANCELLED:
        store.ship(100, {0: BOUGHT})


def settle(world: World) -> None:
    """Time goes by, and workers that live do all that is left."""
    world.revive()
    world.store.orders.failures_after.clear()
    world.amazon.acknowledgements.failures.clear()
    for _ in range(4):
        world.clock.sleep(2400)
        world.import_orders()
        world.confirm_shipments()
        world.follow_cancellations()


def check(world: World) -> None:
    status = world.amazon.orders.orders[ORDER_ID].status
    kept = world.store.orders.kept
    assert len(kept) <= 1
    assert world.store.orders.stock[1] == STOCK - (BOUGHT if kept and kept[0].has_stock else 0)
    if status is OrderStatus.CANCELLED:
        shipped = bool(kept) and bool(kept[0].shipments)
        assert not kept or shipped or kept[0].status_id == CANCELLED
        assert shipped or world.order(ORDER_ID).state is OrderState.CANCELLED
    if kept and kept[0].status_id == CANCELLED and not kept[0].shipments:
        assert status is OrderStatus.CANCELLED
    assert world.amazon.acknowledgements.cancelled in ([], [ORDER_ID])


@settings(max_examples=100, deadline=None)
@given(steps, st.booleans())
def test_both_sides_agree_in_the_end_and_nothing_is_cancelled_twice(
    sqlite_template: Path, made: list[str | int], is_imported: bool
) -> None:
    with new_world(sqlite_template) as world:
        store = world.store.orders
        if is_imported:
            world.import_orders()

        def witness(request: str) -> None:
            if request == "change order":
                assert store.kept[0].status_id not in SHIPPED_IN_STORE, "a shipped order"
            if request == "acknowledge":
                assert not store.kept[0].shipments, "Amazon is told of a shipped order"

        world.wire.witness = witness
        for step in made:
            world.clock.sleep(30)
            if isinstance(step, int):
                world.wire.die_at = len(world.wire.points) + step
                continue
            with suppress(WorkerDied):
                do(world, step)
            world.revive()
        settle(world)
        check(world)
