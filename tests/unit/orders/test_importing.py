"""What of Amazon's orders becomes an order of the store, and what of the store it takes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from affluent.domain.account import FulfilledBy
from affluent.domain.effect import LEASE_SECONDS
from affluent.domain.order import AmazonOrder, OrderState, OrderStatus
from affluent.domain.order_policy import OrderPolicy
from affluent.domain.product import ModifierChoice
from affluent.explanations.reasons import explain_reasons
from affluent.orders.plan import record_order
from tests.builders.catalog import modifier, variant
from tests.builders.orders import ORDER_ID, account, amazon_order, order_line, recorded_order
from tests.fakes.wire import WorkerDied
from tests.fakes.world import World

LATER_ID = "701-0000009-0000009"
BOTH = frozenset(FulfilledBy)


@pytest.fixture
def world(world: World) -> World:
    world.store.catalog.products = [variant(1), variant(2)]
    return world


def test_what_an_import_took_from_the_stores_stock_is_not_offered_again(world: World) -> None:
    """The snapshot is older than the order: until it is read again it would count these units."""
    with world.units() as work:
        work.variants.save([variant(1, quantity=9)], world.clock.now())
        work.commit()
    world.amazon.orders.place(amazon_order(lines=(order_line(1, quantity=2),)))

    world.import_orders()
    world.import_orders()

    with world.units() as work:
        assert work.variants.by_skus(["SKU-1"])["SKU-1"].quantity == 7


def test_two_workers_that_saw_the_same_creation_take_its_units_once(world: World) -> None:
    with world.units() as work:
        work.variants.save([variant(1, quantity=9)], world.clock.now())
        work.commit()
    world.amazon.orders.place(amazon_order(lines=(order_line(1, quantity=2),)))
    world.import_orders()
    as_a_slower_worker_read_it = replace(
        world.order(ORDER_ID), state=OrderState.RECORDED, store_order_id=None
    )
    with world.units() as work:
        work.orders.save([as_a_slower_worker_read_it], world.clock.now())
        work.commit()

    world.import_orders()

    assert world.order(ORDER_ID).state is OrderState.IMPORTED
    with world.units() as work:
        assert work.variants.by_skus(["SKU-1"])["SKU-1"].quantity == 7


def test_an_order_that_a_dead_worker_left_keeps_no_other_waiting(world: World) -> None:
    world.amazon.orders.place(amazon_order())
    world.wire.die_at = "before create order"
    with pytest.raises(WorkerDied):
        world.import_orders()
    world.revive()
    world.amazon.orders.place(amazon_order(order_id=LATER_ID))
    died_at = world.clock.now()

    world.import_orders()

    created = {one.draft.external_order_id: one.modified_at for one in world.store.orders.kept}
    assert (created[LATER_ID] - died_at).total_seconds() < LEASE_SECONDS
    assert (created[ORDER_ID] - died_at).total_seconds() >= LEASE_SECONDS


@pytest.mark.behaviour("S73", "N17")
def test_mandatory_options_are_answered_from_their_own_defaults(world: World) -> None:
    choice = replace(modifier(6), choices=(ModifierChoice(61, "Red", is_default=True),))
    world.store.catalog.questions[1001] = (modifier(5, default_text="none"), choice)
    world.amazon.orders.place(amazon_order())

    world.import_orders()

    [line] = world.store.orders.kept[0].draft.lines
    assert [(one.modifier_id, one.value) for one in line.answers] == [(5, "none"), (6, "61")]


@pytest.mark.behaviour("S73", "N17")
def test_mandatory_options_are_answered_from_the_settings_of_the_stores_sku(world: World) -> None:
    world.store.catalog.questions[1001] = (modifier(5, "Oak", "Ash"),)
    world.sku_mapping = {"AMZ-1": "SKU-1"}
    world.policy = OrderPolicy(option_answers={"SKU-1": {"Engraving": "Ash"}})
    world.amazon.orders.place(amazon_order(lines=(order_line(1, sku="AMZ-1"),)))

    world.import_orders()

    [line] = world.store.orders.kept[0].draft.lines
    assert [one.value for one in line.answers] == ["51"]


@pytest.mark.behaviour("S67")
def test_a_line_that_matches_nothing_becomes_a_custom_line(world: World) -> None:
    world.store.orders.stock = {1: 9}
    lines = (order_line(1), order_line(2, sku="STRANGE", title="A stranger"))
    world.amazon.orders.place(amazon_order(lines=lines))

    world.import_orders()

    matched, custom = world.store.orders.kept[0].draft.lines
    assert (matched.product_id, matched.variant_id) == (1001, 1)
    assert (custom.product_id, custom.sku, custom.name) == (None, "STRANGE", "A stranger")
    assert world.store.orders.stock == {1: 7}


@pytest.mark.behaviour("S69")
def test_the_sku_mapping_serves_orders_too(world: World) -> None:
    world.sku_mapping = {"AMZ-1": "SKU-1"}
    world.amazon.orders.place(amazon_order(lines=(order_line(1, sku="AMZ-1"),)))

    world.import_orders()

    [line] = world.store.orders.kept[0].draft.lines
    assert (line.variant_id, line.sku) == (1, "SKU-1")
    assert world.order(ORDER_ID).lines[0].store_sku == "SKU-1"


@pytest.mark.behaviour("S64")
def test_orders_that_amazon_ships_are_ignored_by_default(world: World) -> None:
    world.amazon.orders.place(amazon_order(fulfilled_by=FulfilledBy.AMAZON))

    world.import_orders()

    assert world.states() == {ORDER_ID: OrderState.IGNORED}
    assert world.order(ORDER_ID).reason == "FBA order; this account imports FBM"


@pytest.mark.parametrize(
    "order",
    [
        amazon_order(fulfilled_by=FulfilledBy.AMAZON),
        amazon_order(status=OrderStatus.PENDING),
        amazon_order(status=OrderStatus.CANCELLED),
    ],
    ids=["FBA", "unpaid", "cancelled"],
)
def test_why_an_order_stays_outside_is_explained(world: World, order: AmazonOrder) -> None:
    world.amazon.orders.place(order)

    world.import_orders()

    [reason] = explain_reasons([world.order(ORDER_ID).reason])
    assert reason.cause
    assert reason.fix


@pytest.mark.behaviour("S65")
def test_orders_that_amazon_ships_never_touch_the_stores_stock(world: World) -> None:
    world.account = account(order_types=BOTH)
    world.store.orders.stock = {1: 9}
    world.amazon.orders.place(amazon_order(fulfilled_by=FulfilledBy.AMAZON))

    world.import_orders()

    [line] = world.store.orders.kept[0].draft.lines
    assert (line.product_id, line.variant_id, line.sku) == (None, None, "SKU-1")
    assert world.store.orders.stock == {1: 9}


@pytest.mark.behaviour("S70")
def test_an_unpaid_order_is_imported_once_it_is_paid(world: World) -> None:
    world.amazon.orders.place(amazon_order(status=OrderStatus.PENDING))
    world.import_orders()
    assert world.states() == {ORDER_ID: OrderState.IGNORED}

    world.clock.sleep(300)
    world.amazon.orders.place(amazon_order())
    world.import_orders()

    assert world.states() == {ORDER_ID: OrderState.IMPORTED}


def test_an_order_that_waits_keeps_its_reason_while_it_is_seen_again() -> None:
    waits = recorded_order(state=OrderState.WAITING, reason="out of stock", store_order_id=None)

    after = record_order(amazon_order(), waits, "acme-us", BOTH)

    assert (after.state, after.reason) == (OrderState.WAITING, "out of stock")


def test_what_we_did_with_an_order_is_not_undone_by_seeing_it_again(world: World) -> None:
    world.amazon.orders.place(amazon_order())
    world.import_orders()
    before = world.order(ORDER_ID)
    world.amazon.orders.place(amazon_order(status=OrderStatus.CANCELLED))

    world.import_orders()

    after = world.order(ORDER_ID)
    assert after == replace(
        before, status=OrderStatus.CANCELLED, last_updated_at=after.last_updated_at
    )


def test_an_order_that_was_shipped_on_amazon_itself_is_shipped_with_us(world: World) -> None:
    world.amazon.orders.place(amazon_order())
    world.import_orders()
    world.amazon.orders.place(amazon_order(status=OrderStatus.SHIPPED))

    world.import_orders()

    assert world.states() == {ORDER_ID: OrderState.SHIPPED}


def test_a_line_of_which_every_unit_was_cancelled_is_left_out(world: World) -> None:
    world.amazon.orders.place(amazon_order(lines=(order_line(1), order_line(2, quantity=0))))

    world.import_orders()

    assert [line.sku for line in world.store.orders.kept[0].draft.lines] == ["SKU-1"]


def test_orders_on_many_pages_are_all_read_and_the_cursor_overlaps(world: World) -> None:
    orders = [amazon_order(f"123-{number:07}-0000444") for number in range(5)]
    world.amazon.orders.place(*orders)
    world.import_orders()
    # Amazon shows this one only now, though it was updated before the last search.
    late = amazon_order("123-9999999-0000444")
    world.amazon.orders.orders[late.order_id] = replace(
        late, last_updated_at=world.clock.now() - timedelta(minutes=9)
    )
    world.import_orders()

    assert set(world.states().values()) == {OrderState.IMPORTED}
    assert len(world.states()) == 6


def test_no_buyers_data_reaches_the_ledger_or_a_repr(world: World) -> None:
    order = amazon_order()
    world.amazon.orders.place(order)

    world.import_orders()

    with world.units() as work:
        log = repr(work.ledger.log(ORDER_ID)) + repr(work.orders.get("acme-us", ORDER_ID))
    assert "Ada" not in log
    assert "Main St" not in repr(order) + repr(world.store.orders.kept)
