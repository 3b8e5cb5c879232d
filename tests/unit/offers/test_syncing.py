"""Price and quantity kept in step: what is sent, in which order, and what never is."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from affluent.domain.account import SyncSwitches
from affluent.domain.effect import EffectState
from affluent.domain.issue import Finding, Reason, Weight
from affluent.domain.lane import Lane, lane_of
from affluent.domain.listing import ListingStatus
from affluent.domain.offer import OfferProfile, QuantityMode
from affluent.domain.offer.profile import LimitRule
from affluent.domain.order import OrderStatus
from affluent.domain.plan import Operation, Plan, sift
from affluent.offers.apply import apply_offers
from affluent.offers.plan import merge, plan_prices, plan_quantities
from tests.builders.catalog import PROFILE, usd, variant
from tests.builders.listings import error, listing, on_amazon
from tests.builders.orders import account, amazon_order, order_line
from tests.fakes.world import World

SINGLE = OfferProfile("default", quantity_mode=QuantityMode.SINGLE)


@pytest.fixture
def world(world: World) -> World:
    """Three listings that are linked and agree with the store."""
    for number in (1, 2, 3):
        world.amazon.listings.place(on_amazon(number))
    world.remember(*(listing(number) for number in (1, 2, 3)))
    return world


def patches(world: World) -> dict[str, dict[str, object]]:
    return {change.key: dict(change.after) for change in world.amazon.listings.sent}


@pytest.mark.behaviour("S48", "S53")
def test_what_changed_in_the_store_is_sent_and_then_nothing_is(world: World) -> None:
    changed = (variant(1, quantity=3), variant(2, price=usd("21.50")), variant(3))

    assert world.sync(*changed) == 2

    assert patches(world) == {
        "SKU-1": {"quantity": 3, "channel": "DEFAULT"},
        "SKU-2": {"price": "21.50", "currency": "USD", "channel": "DEFAULT"},
    }
    assert {one.state for one in world.effects(Operation.PATCH_OFFER)} == {EffectState.EFFECTIVE}
    assert world.sync(*changed) == 0


def test_zero_is_sent_as_zero_and_leaves_first(world: World) -> None:
    known = world.offers_known(
        variant(1, quantity=3), variant(2, quantity=0), variant(3, quantity=-2)
    )

    plan = plan_quantities(known)

    assert [(one.key, one.after["quantity"]) for one in plan.changes] == [
        ("SKU-2", 0),
        ("SKU-3", 0),
        ("SKU-1", 3),
    ]
    [entry] = plan.changes[0].payload["patches"][0]["value"]
    assert entry == {"fulfillment_channel_code": "DEFAULT", "quantity": 0}


def test_a_price_below_its_floor_is_as_urgent_as_what_is_sold_out(world: World) -> None:
    world.profiles = {"default": replace(PROFILE, floor=Decimal("19.95"))}
    prices = plan_prices(world.offers_known(variant(1, price=usd("21.50"))))
    assert [(one.before, lane_of(one)) for one in prices.changes] == [
        ({"price": "19.90", "floor": "19.95"}, Lane.SAFETY)
    ]


def test_what_is_urgent_leaves_before_the_rest(world: World) -> None:
    world.sync(variant(1, quantity=3), variant(2, price=usd("21.50")), variant(3, quantity=0))

    assert next(change.key for change in world.amazon.listings.sent) == "SKU-3"


def test_a_quantity_patch_leaves_the_handling_time_alone(world: World) -> None:
    world.profiles = {"default": replace(PROFILE, lead_time_days=4)}
    world.publish(variant(4))

    world.sync(variant(4, quantity=2))

    [patch] = world.amazon.listings.sent[-1].payload["patches"]
    assert (patch["op"], patch["path"]) == ("merge", "/attributes/fulfillment_availability")
    assert world.amazon.listings.attributes["SKU-4"]["fulfillment_availability"] == [
        {"fulfillment_channel_code": "DEFAULT", "quantity": 2, "lead_time_to_ship_max_days": 4}
    ]


def test_a_held_price_does_not_hold_a_falling_stock(world: World) -> None:
    world.gate.held_prices = {"SKU-1"}

    world.sync(variant(1, quantity=0, price=usd("0.01")), variant(2), variant(3))

    assert patches(world) == {"SKU-1": {"quantity": 0, "channel": "DEFAULT"}}
    assert world.listing("SKU-1").quantity == 0
    with world.units() as work:
        words = [message for entry in work.ledger.log("SKU-1") for message in entry.messages]
    assert "The price moves too far." in words


def test_a_held_price_alone_is_in_the_ledger_with_its_reason(world: World) -> None:
    world.gate.held_prices = {"SKU-1"}

    world.sync(variant(1, price=usd("0.01")))

    [held] = world.effects(Operation.PATCH_OFFER)
    assert (held.state, held.messages) == (EffectState.HELD, ("The price moves too far.",))
    assert world.amazon.listings.sent == []


def test_a_stopped_batch_of_prices_sends_none_and_lets_quantities_go(world: World) -> None:
    known = world.offers_known(variant(1, quantity=0, price=usd("0.01")), variant(2, price=usd(1)))
    stop = Finding("", Reason.PRICE_MOVED, "Too many prices move.", weight=Weight.STOP)
    prices = sift(plan_prices(known), (stop,))

    apply_offers(sift(plan_quantities(known), ()), prices, world.sender())

    assert patches(world) == {"SKU-1": {"quantity": 0, "channel": "DEFAULT"}}


def test_price_and_quantity_of_one_sku_leave_in_one_patch_in_the_order_of_quantities(
    world: World,
) -> None:
    known = world.offers_known(
        variant(1, quantity=5, price=usd(25)), variant(2, quantity=0), variant(3, price=usd(26))
    )
    changes = (*plan_quantities(known).changes, *plan_prices(known).changes)

    merged = merge(changes)

    assert [one.key for one in merged] == ["SKU-2", "SKU-1", "SKU-3"]
    both = merged[1]
    assert (both.after["quantity"], both.after["price"]) == (5, "25.00")
    assert (both.before["quantity"], both.before["price"]) == (7, "19.90")
    sent = [patch for change in merged for patch in change.payload["patches"]]
    assert len(sent) == len(changes)


def test_a_single_unit_is_sent_once_and_never_synced(world: World) -> None:
    world.profiles = {"default": SINGLE}
    world.publish(variant(4))
    assert world.listing("SKU-4").quantity == 1
    assert world.sync(variant(4, quantity=0)) == 0

    # Amazon sells it; the store, which has more of them, must not put it back.
    world.remember(listing(4, quantity=0))
    assert world.sync(variant(4, quantity=9)) == 0


def test_stock_that_amazon_keeps_is_never_written(world: World) -> None:
    world.remember(listing(1, channel="AMAZON_NA", quantity=None))

    world.sync(variant(1, quantity=3, price=usd("21.50")))

    assert patches(world) == {
        "SKU-1": {"price": "21.50", "currency": "USD", "channel": "AMAZON_NA"}
    }


@pytest.mark.behaviour("N15")
def test_own_units_are_offered_beside_amazon_s_only_where_they_are_declared(world: World) -> None:
    world.amazon.listings.place(on_amazon(1, channel="AMAZON_NA", quantity=None))
    world.remember(listing(1, channel="AMAZON_NA", quantity=None))
    assert world.sync(variant(1, quantity=3)) == 0
    world.profiles = {"default": replace(PROFILE, sells_both_ways=frozenset({"SKU-1"}))}

    world.sync(variant(1, quantity=3, price=usd("21.50")))

    assert patches(world) == {
        "SKU-1": {"quantity": 3, "price": "21.50", "currency": "USD", "channel": "DEFAULT"}
    }
    stock = world.amazon.listings.attributes["SKU-1"]["fulfillment_availability"]
    assert [one["fulfillment_channel_code"] for one in stock] == ["AMAZON_NA", "DEFAULT"]
    known = world.listing("SKU-1")
    assert (known.channel, known.quantity) == ("AMAZON_NA", 3)
    assert world.sync(variant(1, quantity=3, price=usd("21.50"))) == 0


def test_a_plan_that_tells_amazon_allowed_prices_says_that_they_stay(world: World) -> None:
    limits = LimitRule(told_to_amazon=True)
    world.profiles = {"default": replace(PROFILE, limits=limits)}

    plan = plan_prices(world.offers_known(variant(1, price=usd("21.50"))))

    [note] = plan.notes
    assert note.startswith("1 SKUs tell Amazon their lowest and highest allowed price")


@pytest.mark.behaviour("S50")
@pytest.mark.parametrize(
    ("switches", "expected"),
    [
        (SyncSwitches(quantity=False), {"price"}),
        (SyncSwitches(price=False), {"quantity"}),
        (SyncSwitches(quantity=False, price=False), set()),
    ],
)
def test_each_account_may_switch_off_quantities_prices_or_both(
    world: World, switches: SyncSwitches, expected: set[str]
) -> None:
    world.account = account(sync=switches)

    world.sync(variant(1, quantity=3, price=usd("21.50")))

    written = {field for after in patches(world).values() for field in after}
    assert written & {"price", "quantity"} == expected


@pytest.mark.parametrize("status", [ListingStatus.ERROR, ListingStatus.PENDING])
def test_a_listing_in_error_or_on_its_way_only_gets_its_stock_lowered(
    world: World, status: ListingStatus
) -> None:
    world.remember(*(listing(number, status=status) for number in (1, 2)))

    world.sync(variant(1, quantity=3, price=usd("21.50")), variant(2, quantity=9))

    assert patches(world) == {"SKU-1": {"quantity": 3, "channel": "DEFAULT"}}
    [lowered] = world.effects(Operation.PATCH_OFFER)
    assert lowered.state is EffectState.EFFECTIVE
    assert world.listing("SKU-1").quantity == 3


def test_a_lowered_stock_is_effective_though_the_listing_still_has_its_error(
    world: World,
) -> None:
    world.amazon.listings.judge = lambda _attributes: (error(),)
    world.remember(listing(1, status=ListingStatus.ERROR, reasons=(error().text(),)))
    world.amazon.listings.lag_seconds = 30

    world.sync(variant(1, quantity=3))

    [lowered] = world.effects(Operation.PATCH_OFFER)
    assert lowered.state is EffectState.EFFECTIVE
    known = world.listing("SKU-1")
    assert (known.status, known.quantity) == (ListingStatus.ERROR, 3)


@pytest.mark.parametrize("status", [ListingStatus.HELD, ListingStatus.DRAFT, ListingStatus.ENDED])
def test_what_is_not_on_amazon_is_not_synced(world: World, status: ListingStatus) -> None:
    world.remember(listing(1, status=status))

    assert world.sync(variant(1, quantity=0)) == 0


def test_a_variant_that_was_given_another_sku_in_the_store_is_still_synced(world: World) -> None:
    assert world.sync(variant(1, sku="NEW-SKU", quantity=2)) == 1
    assert world.listing("SKU-1").quantity == 2


def test_units_sold_on_amazon_are_not_offered_again_before_the_store_knows(world: World) -> None:
    world.store.catalog.products = [variant(1)]
    world.store.orders.stock = {1: 0}
    world.amazon.orders.place(amazon_order(lines=(order_line(1, quantity=3),)))
    world.import_orders()

    plan = plan_quantities(world.offers_known(variant(1)))

    assert [one.after["quantity"] for one in plan.changes] == [4]


@pytest.mark.behaviour("N4")
def test_what_amazon_accepts_and_ignores_is_planned_again(world: World) -> None:
    world.amazon.listings.ignored = {"SKU-1"}
    world.sync(variant(1, quantity=3))
    assert [one.state for one in world.effects(Operation.PATCH_OFFER)] == [EffectState.ACCEPTED]
    assert world.listing("SKU-1").quantity == 7

    world.amazon.listings.ignored = set()
    world.sync(variant(1, quantity=3))

    states = [one.state for one in world.effects(Operation.PATCH_OFFER)]
    assert states == [EffectState.IGNORED, EffectState.EFFECTIVE]


def test_a_batch_without_changes_sends_nothing(world: World) -> None:
    assert apply_offers(sift(Plan(()), ()), sift(Plan(()), ()), world.sender()) == []


def test_units_sold_under_another_sku_stay_set_aside_after_its_pair_was_removed(
    world: World,
) -> None:
    world.remember(listing(1, sku="AMZ-1"))
    world.amazon.orders.place(
        amazon_order(status=OrderStatus.PENDING, lines=(order_line(1, sku="AMZ-1", quantity=3),))
    )
    world.import_orders()

    known = world.offers_known(variant(1, quantity=7))

    assert known.reserved == {"SKU-1": 3}
