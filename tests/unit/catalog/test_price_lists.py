"""Price lists read into our own store: whole, by changes, with suspicion; and sold by."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from affluent.catalog.extract import Extracted
from affluent.catalog.price_lists import extract_price_lists
from affluent.domain.errors import BatchStopped, ConfigurationError
from affluent.domain.listing import ListingStatus
from affluent.domain.price_list import PriceList, PriceRecord
from affluent.offers.extract import OfferRules, gather_offers
from affluent.offers.plan import plan_prices
from tests.builders.catalog import US, usd, variant
from tests.builders.listings import listing
from tests.fakes.world import World

LIST = PriceList(7, "USD")


def record(variant_id: int, price: str = "15", currency: str = "USD") -> PriceRecord:
    return PriceRecord(variant_id, currency, Decimal(price), None)


def extract(world: World, *, full: bool = True, may_shrink: bool = False) -> Extracted:
    world.clock.sleep(3600)
    return extract_price_lists(
        world.store.price_lists,
        [LIST],
        world.units,
        world.clock,
        full=full,
        may_shrink=may_shrink,
    )


def amounts(world: World) -> dict[int, str]:
    with world.units() as work:
        prices = work.price_lists.prices(LIST.price_list_id, LIST.currency)
    return {variant_id: str(price.amount) for variant_id, price in prices.items()}


@pytest.fixture
def world(world: World) -> World:
    records = [record(1), record(2, "16"), record(3, "17"), record(1, "21", "CAD")]
    world.store.price_lists.lists[LIST.price_list_id] = records
    return world


def test_a_list_is_read_in_its_currency_and_only_what_differs_counts_as_changed(
    world: World,
) -> None:
    assert extract(world) == Extracted(read=3, changed=3, gone=0)
    assert amounts(world) == {1: "15", 2: "16", 3: "17"}

    world.store.price_lists.lists[LIST.price_list_id][0] = record(1, "14.50")
    assert extract(world) == Extracted(read=3, changed=1, gone=0)
    assert amounts(world)[1] == "14.50"


def test_what_a_whole_reading_no_longer_finds_is_gone_and_may_come_back(world: World) -> None:
    extract(world)
    lost = world.store.price_lists.lists[LIST.price_list_id].pop(0)

    assert extract(world) == Extracted(read=2, changed=0, gone=1)
    assert amounts(world) == {2: "16", 3: "17"}

    world.store.price_lists.lists[LIST.price_list_id].append(lost)
    assert extract(world).changed == 1
    assert len(amounts(world)) == 3


def test_a_reading_of_changes_begins_before_the_last_one_did_and_notices_nothing_gone(
    world: World,
) -> None:
    extract(world, full=False)
    began = world.clock.now()
    world.store.price_lists.modified = {2}
    world.store.price_lists.lists[LIST.price_list_id][1] = record(2, "18")

    assert extract(world, full=False) == Extracted(read=1, changed=1, gone=0)

    since = [asked[2] for asked in world.store.price_lists.asked]
    assert since == [None, began - timedelta(minutes=10)]
    assert amounts(world) == {1: "15", 2: "18", 3: "17"}


def test_a_list_that_lost_more_than_half_is_not_believed(world: World) -> None:
    extract(world)
    world.store.price_lists.lists[LIST.price_list_id] = [record(1)]

    with pytest.raises(BatchStopped, match="1 prices of price list 7 USD, where 3 were known"):
        extract(world)
    assert len(amounts(world)) == 3

    assert extract(world, may_shrink=True).gone == 2


def test_a_list_that_the_store_does_not_have_is_a_mistake_in_the_settings(world: World) -> None:
    del world.store.price_lists.lists[LIST.price_list_id]

    with pytest.raises(ConfigurationError, match="no price list 7") as caught:
        extract(world)
    assert "price_list_id" in caught.value.fix


def test_offers_follow_the_list_of_the_account_and_elsewhere_the_catalog(world: World) -> None:
    extract(world)
    with world.units() as work:
        work.variants.save([variant(1), variant(4)], world.clock.now())
        work.commit()
    world.remember(listing(1), listing(4))
    rules = OfferRules(world.lists, world.profiles, {})

    by_list = replace(world.account, price_list_id=LIST.price_list_id)
    planned = plan_prices(gather_offers(by_list, US, rules, world.units)).changes
    without = plan_prices(gather_offers(world.account, US, rules, world.units)).changes

    assert [(one.key, one.after["price"]) for one in planned] == [("SKU-1", "15.00")]
    assert without == ()


def test_a_listing_is_published_at_the_price_of_the_list(world: World) -> None:
    extract(world)
    world.account = replace(world.account, price_list_id=LIST.price_list_id)
    for number in (1, 4):
        world.amazon.catalog_items.know(variant(number).barcode, f"B000TEST0{number}")

    world.publish(variant(1), variant(4))

    assert world.listing("SKU-1").status is ListingStatus.LINKED
    assert world.listing("SKU-1").price == usd("15.00")
    assert world.listing("SKU-4").price == usd("19.90")
