"""Why a listing is not in sync: each point of the check-list, with its next step."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from affluent.domain.account import SyncSwitches
from affluent.domain.issue import Finding, Reason, Weight
from affluent.domain.listing import ListingStatus, SubmissionPath
from affluent.domain.offer import QuantityMode
from affluent.domain.plan import Gated, Held
from affluent.explanations.market import OutOfSync, explain_market
from affluent.explanations.obstacles import Obstacle, SyncRules
from affluent.explanations.sku import explain_sku
from affluent.inventory.extract import read_inventory
from affluent.inventory.verify import reconcile
from affluent.offers.apply import apply_offers
from affluent.offers.plan import plan_prices, plan_quantities
from affluent.submissions.sending import record_held
from tests.builders.catalog import PROFILE, US, selling_list, usd, variant
from tests.builders.listings import listing, on_amazon
from tests.fakes.world import World

pytestmark = pytest.mark.behaviour("S56")


@pytest.fixture
def world(world: World) -> World:
    world.remember(listing(1), listing(2))
    for number in (1, 2):
        world.amazon.listings.place(on_amazon(number))
    with world.units() as work:
        work.variants.save([variant(1), variant(2)], world.clock.now())
        work.commit()
    return world


def rules(world: World, **changes: Any) -> SyncRules:
    made = SyncRules(world.account, {"Summer": selling_list()}, {"default": PROFILE})
    return replace(made, **changes)


def why(world: World, made: SyncRules | None = None, sku: str = "SKU-1") -> list[Obstacle]:
    with world.units() as work:
        accounts = {world.account.name: made or rules(world)}
        [explained] = explain_sku(sku, work, accounts).listings
    return list(explained.obstacles)


def checks(world: World, made: SyncRules | None = None) -> list[str]:
    return [one.check for one in why(world, made)]


def test_what_is_in_sync_has_no_obstacle(world: World) -> None:
    assert why(world) == []


def test_an_expired_account_comes_first(world: World) -> None:
    off = replace(world.account, sync=SyncSwitches(quantity=False, price=False))

    found = why(world, rules(world, account=off, is_expired=True))

    assert [one.check for one in found] == ["account", "switch", "switch"]
    assert found[1].what == "Quantity sync is switched off for acme-us."
    assert found[2].next_step == "Set `sync.price: true` in the account's settings."


def test_what_stands_in_no_list_or_is_not_linked_says_so(world: World) -> None:
    world.remember(listing(1, selling_list="Gone", status=ListingStatus.HELD))
    assert checks(world) == ["list", "status"]

    world.remember(listing(1, store_sku="LOST", sku="SKU-1"))
    [link] = why(world)
    assert link.what == "The store has no variant with the SKU LOST."


@pytest.mark.parametrize("mode", [QuantityMode.CUSTOM, QuantityMode.SINGLE])
def test_a_mode_that_does_not_follow_the_store_is_named(world: World, mode: QuantityMode) -> None:
    profiles = {"default": replace(PROFILE, quantity_mode=mode)}

    [found] = why(world, rules(world, profiles=profiles))

    assert (found.check, f"quantity_mode: {mode}" in found.what) == ("mode", True)


def test_stock_that_amazon_keeps_is_amazon_s(world: World) -> None:
    world.remember(listing(1, channel="AMAZON_NA"))

    assert checks(world) == ["fulfilment"]


def test_own_units_beside_amazon_s_are_no_obstacle(world: World) -> None:
    world.remember(listing(1, channel="AMAZON_NA"))
    profiles = {"default": replace(PROFILE, sells_both_ways=frozenset({"SKU-1"}))}

    assert why(world, rules(world, profiles=profiles)) == []


def test_what_is_held_names_the_value_and_the_reason(world: World) -> None:
    known = world.offers_known(variant(1, quantity=99), variant(2))
    finding = Finding("SKU-1", Reason.FBA_QUANTITY, "The quantity 99 is out of the question.")
    plan = plan_quantities(known)
    held = [one for one in plan.changes if one.key == "SKU-1"]
    gated = Gated(plan, (), tuple(Held(change, (finding,)) for change in held))
    record_held(gated.held, "plan", world.sender())

    [found] = why(world)

    assert found.check == "held"
    assert found.what == (
        "quantity 99 has been held since 2026-11-24 12:00 UTC:"
        " The quantity 99 is out of the question."
    )


def test_a_stopped_batch_is_remembered_with_its_time(world: World) -> None:
    known = world.offers_known(variant(1, price=usd("0.10")), variant(2, price=usd("0.10")))
    prices = plan_prices(known)
    stop = Finding("", Reason.PRICE_MOVED, "2 of 2 prices move too far.", weight=Weight.STOP)
    gated = Gated(prices, prices.changes, stops=(stop,))
    apply_offers(Gated(plan_quantities(known), ()), gated, world.sender())

    [found] = why(world)

    assert found.check == "breaker"
    assert found.what == (
        "The whole batch was stopped: 2 of 2 prices move too far. (at 2026-11-24 12:00 UTC)"
    )
    assert world.amazon.listings.sent == []


def test_what_amazon_accepted_and_does_not_show_is_named_by_its_submission(world: World) -> None:
    world.amazon.listings.ignored = {"SKU-1"}
    world.sync(variant(1, quantity=3), variant(2))
    [accepted] = why(world)
    world.sync(variant(1, quantity=3), variant(2))
    world.sync(variant(1, quantity=3), variant(2))
    [resting] = why(world)

    assert accepted.what == (
        "Amazon accepted quantity 3 at 2026-11-24 12:00:00 UTC (submission submission-1)"
        " and shows price 19.90 USD, quantity 7."
    )
    assert "submission-2" in resting.what
    assert "It was sent 2 times" in resting.what


def test_what_rides_in_a_feed_has_its_place_and_its_time(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("affluent.submissions.sending.choose_path", lambda *_: SubmissionPath.FEED)
    world.amazon.feeds.seconds = 6 * 3600
    world.sync(variant(1, quantity=3), variant(2))

    [found] = why(world)

    assert found.check == "feed"
    assert found.what == (
        "quantity 3 rides in feed feed-0, number 1 of 1 that Amazon has not ended, submitted at"
        " 2026-11-24 12:00 UTC, foretold for 2026-11-24 12:05 UTC."
    )
    assert "has not ended 15 minutes after it was submitted" in found.next_step


@pytest.mark.behaviour("S28")
def test_a_linked_item_that_nobody_sees_is_completed_in_seller_central(world: World) -> None:
    world.remember(listing(1, buyable=False))

    [found] = why(world)

    assert found.check == "visible"
    assert 'Catalog > "Complete your drafts"' in found.next_step
    assert found.link == "https://sellercentral.amazon.com"


def test_an_item_without_stock_is_not_called_invisible(world: World) -> None:
    world.remember(listing(1, buyable=False, quantity=0))

    assert why(world) == []


def test_freshness_tells_each_step(world: World) -> None:
    world.amazon.listings.lag_seconds = 20.0
    world.sync(variant(1, quantity=3), variant(2))
    with world.units() as work:
        [explained] = explain_sku("SKU-1", work).listings
    times = explained.freshness

    assert times.seconds_to_effect == 25.0
    assert times.planned == times.sent
    assert times.effective == times.seen_on_amazon == world.clock.now()
    assert times.out_of_step_since is None


def test_a_market_counts_its_reasons_the_oldest_first(world: World) -> None:
    world.amazon.listings.place(on_amazon(1, quantity=99))
    sender = world.sender()
    found = read_inventory(sender)
    known = world.offers_known(variant(1), variant(2))
    reconcile(found, plan_quantities(known).changes, known.listings, sender)
    world.clock.sleep(3600)
    world.remember(listing(2, selling_list="Gone"))

    with world.units() as work:
        reasons = explain_market(world.account.name, US.marketplace_id, rules(world), work)

    assert [(one.check, one.listings, one.oldest_sku) for one in reasons] == [
        ("difference", 1, "SKU-1"),
        ("list", 1, "SKU-2"),
    ]
    assert isinstance(reasons[0], OutOfSync)
    assert reasons[0].since is not None
    assert (reasons[1].since or reasons[0].since) > reasons[0].since
