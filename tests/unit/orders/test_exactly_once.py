"""One Amazon order, one order in the store: whatever happens on the way."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import Engine

from affluent.domain.effect import LEASE_SECONDS, EffectState
from affluent.domain.errors import ConfigurationError, OutcomeUnknown, Retryable, VendorError
from affluent.domain.order import OrderState
from affluent.domain.order_policy import OrderPolicy
from affluent.domain.plan import Operation
from affluent.ports.storage import UnitsOfWork
from affluent.storage.unit_of_work import SqlUnitsOfWork
from tests.builders.catalog import variant
from tests.builders.orders import ORDER_ID, amazon_order
from tests.fakes.clock import YieldingClock
from tests.fakes.dying import die_everywhere
from tests.fakes.wire import WorkerDied
from tests.fakes.world import World


def vendor_error(kind: type[VendorError], words: str) -> VendorError:
    return kind(words, vendor="BigCommerce", operation="createOrder")


def with_one_order(world: World) -> World:
    world.store.catalog.products = [variant(1)]
    world.store.orders.stock = {1: 7}
    world.amazon.orders.place(amazon_order())
    return world


@pytest.fixture
def world(world: World) -> World:
    return with_one_order(world)


def creation(world: World) -> EffectState:
    [effect] = world.effects(Operation.CREATE_ORDER)
    return effect.state


def assert_once(world: World) -> None:
    assert world.stored(ORDER_ID) == 1
    assert world.order(ORDER_ID).state is OrderState.IMPORTED
    assert world.order(ORDER_ID).store_order_id == 100
    assert world.store.orders.stock == {1: 5}
    assert world.unresolved() == []


@pytest.mark.behaviour("S58", "S59")
def test_an_order_is_created_once_however_often_it_is_seen(world: World) -> None:
    for _ in range(3):
        assert world.import_orders() == {}

    assert_once(world)


@pytest.mark.behaviour("N2")
def test_two_workers_at_once_create_it_once(engine: Engine) -> None:
    """On SQLite and on PostgreSQL: the claim is one statement of the database."""
    first = with_one_order(World(SqlUnitsOfWork(engine), clock=YieldingClock()))
    second = World(SqlUnitsOfWork(engine), clock=first.clock)
    second.amazon, second.store = first.amazon, first.store
    at_the_claim = Barrier(2, timeout=30)

    def meet(request: str) -> None:
        if request == "find order" and not first.store.orders.kept:
            at_the_claim.wait()

    first.wire.witness = meet

    with ThreadPoolExecutor(2) as workers:
        runs = [workers.submit(world.import_orders) for world in (first, second)]

    assert [run.result() for run in runs] == [{}, {}]
    assert_once(first)


def test_a_500_after_the_order_was_created_is_looked_into(world: World) -> None:
    world.store.orders.failures_after = [vendor_error(OutcomeUnknown, "HTTP 500.")]

    world.import_orders()

    assert_once(world)


def test_a_timeout_is_looked_into_until_the_index_shows_the_order(world: World) -> None:
    world.store.orders.failures_after = [vendor_error(OutcomeUnknown, "No answer.")]
    world.store.orders.index_seconds = 8

    world.import_orders()

    assert_once(world)


def test_an_index_that_is_slower_than_its_patience_makes_the_order_wait(world: World) -> None:
    world.store.orders.failures_after = [vendor_error(OutcomeUnknown, "No answer.")]
    world.store.orders.index_seconds = 60

    world.import_orders()
    assert creation(world) is EffectState.UNKNOWN
    assert world.order(ORDER_ID).state is OrderState.WAITING

    world.import_orders()
    assert_once(world)


def test_a_lost_answer_and_a_store_that_is_down_make_the_order_wait(world: World) -> None:
    def go_down(request: str) -> None:
        if request == "find order" and world.store.orders.kept:
            raise vendor_error(Retryable, "HTTP 503.")

    world.wire.witness = go_down
    world.store.orders.failures_after = [vendor_error(OutcomeUnknown, "No answer.")]

    world.import_orders()
    assert creation(world) is EffectState.UNKNOWN

    world.wire.witness = lambda _request: None
    world.import_orders()
    assert_once(world)


def test_a_request_that_was_lost_before_it_arrived_is_sent_again(world: World) -> None:
    world.store.orders.failures_before = [vendor_error(OutcomeUnknown, "No answer.")]

    world.import_orders()
    assert world.stored(ORDER_ID) == 0
    world.import_orders()

    assert_once(world)


def test_a_store_that_asks_for_patience_holds_the_order_for_the_next_run(world: World) -> None:
    world.store.orders.failures_before = [vendor_error(Retryable, "HTTP 429.")]

    world.import_orders()
    assert creation(world) is EffectState.HELD
    began = world.clock.now()
    world.import_orders()

    assert_once(world)
    assert (world.clock.now() - began).total_seconds() < LEASE_SECONDS


def test_a_store_that_bars_us_stops_the_run_and_holds_the_order(world: World) -> None:
    world.store.orders.failures_before = [ConfigurationError("The token was revoked.")]

    with pytest.raises(ConfigurationError, match="revoked"):
        world.import_orders()

    assert creation(world) is EffectState.HELD
    world.import_orders()
    assert_once(world)


def test_the_ledger_says_sent_before_the_request_leaves(world: World) -> None:
    seen: dict[str, EffectState] = {}

    def look(request: str) -> None:
        if request in ("find order", "create order"):
            seen.setdefault(request, creation(world))

    world.wire.witness = look
    world.import_orders()

    assert seen == {"find order": EffectState.PLANNED, "create order": EffectState.SENT}


@pytest.mark.behaviour("N2")
@pytest.mark.parametrize("index_seconds", [0, 8, LEASE_SECONDS + 5])
def test_an_order_survives_a_death_at_any_point(units: UnitsOfWork, index_seconds: int) -> None:
    def make(name: str) -> World:
        world = with_one_order(World(units, name=name))
        world.store.orders.index_seconds = index_seconds
        return world

    deaths = die_everywhere(make, World.import_orders, assert_once)

    assert {"before create order", "after create order", "before commit"} <= set(deaths)


def test_an_answer_that_is_lost_survives_a_death_at_any_point(units: UnitsOfWork) -> None:
    def make(name: str) -> World:
        world = with_one_order(World(units, name=name))
        world.store.orders.failures_after = [vendor_error(OutcomeUnknown, "No answer.")]
        world.store.orders.index_seconds = 8
        return world

    assert "after find order" in die_everywhere(make, World.import_orders, assert_once)


def test_a_policy_that_holds_it_now_does_not_forget_that_it_may_have_been_sent(
    world: World,
) -> None:
    world.wire.die_at = "after create order"
    with pytest.raises(WorkerDied):
        world.import_orders()
    world.revive()
    world.policy = OrderPolicy(holds_unmatched=True)
    world.store.catalog.products = []

    world.import_orders()
    assert creation(world) is EffectState.SENT

    world.policy = OrderPolicy()
    world.import_orders()
    assert_once(world)


def test_an_order_s_result_and_its_record_are_written_together(world: World) -> None:
    world.import_orders()

    after_it_was_sent = world.wire.points[world.wire.points.index("after create order") :]
    assert after_it_was_sent.count("after commit") == 1
    assert_once(world)
