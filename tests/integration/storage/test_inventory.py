"""What is kept of a seller's inventory, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from affluent.domain.fulfilment import FulfilmentChannel
from affluent.domain.inventory import InventoryItem, LinkState
from affluent.domain.listing import ListingStatus
from affluent.ports.inventory import InventoryQuery, KnownLink
from affluent.ports.storage import UnitsOfWork
from tests.builders.catalog import ACCOUNT, US, usd, variant
from tests.builders.listings import listing
from tests.builders.store_skus import store_sku
from tests.fakes.clock import NOON

HERE = (ACCOUNT, US.marketplace_id)


def item(number: int = 1, **fields: Any) -> InventoryItem:
    found = InventoryItem(
        account=ACCOUNT,
        marketplace_id=US.marketplace_id,
        sku=f"SKU-{number}",
        asin=f"B0-SKU-{number}",
        title=f"Suitcase {number} ✈",
        price=usd("19.90"),
        quantity=7,
        channel=FulfilmentChannel.MERCHANT,
        channel_code="DEFAULT",
        status="Active",
        barcode="",
        seen_at=NOON,
        state=LinkState.LINKED,
        store_sku=f"SKU-{number}",
    )
    return replace(found, **fields)


def test_items_come_back_as_they_were_saved(units: UnitsOfWork) -> None:
    saved = [
        item(1),
        item(2, price=None, quantity=None, channel=FulfilmentChannel.BOTH, missed=1),
        item(3, account="other"),
    ]
    with units() as work:
        work.inventory.save(saved)
        work.inventory.save([replace(saved[0], title="Renamed")])
        work.commit()

    with units() as work:
        named = work.inventory.named(*HERE, ["SKU-1", "SKU-2", "SKU-3", "absent"])
        assert named == {"SKU-1": replace(saved[0], title="Renamed"), "SKU-2": saved[1]}
        assert named["SKU-1"].seen_at == NOON
        assert work.inventory.places_of("SKU-3") == [saved[2]]


def test_what_is_missed_is_counted_and_keeps_when_it_was_seen(units: UnitsOfWork) -> None:
    later = NOON + timedelta(hours=1)
    with units() as work:
        work.inventory.save([item(1, seen_at=NOON - timedelta(days=9)), item(2)])
        for at in (NOON, later):
            work.inventory.miss(*HERE, ["SKU-1"], at)
        work.commit()

    with units() as work:
        missed = work.inventory.named(*HERE, ["SKU-1"])["SKU-1"]
        assert (missed.missed, missed.seen_at) == (2, NOON)
        assert work.inventory.count_present(*HERE) == 1
        assert list(work.inventory.present(*HERE, 10)) == [[("SKU-2", 0)]]


def test_pieces_hold_everything_once(units: UnitsOfWork) -> None:
    skus = ["b", "A", "a b", "É", "z%", "_"]
    with units() as work:
        work.inventory.save([item(1, sku=sku) for sku in skus])
        pieces = list(work.inventory.present(*HERE, 2))
        found = list(work.inventory.find(InventoryQuery(*HERE), 4))

    assert [len(piece) for piece in pieces] == [2, 2, 2]
    assert sorted(sku for piece in pieces for sku, _ in piece) == sorted(skus)
    assert sorted(one.sku for piece in found for one in piece) == sorted(skus)


def test_items_are_found_by_state_and_channel(units: UnitsOfWork) -> None:
    by_amazon = item(2, channel=FulfilmentChannel.AMAZON)
    with units() as work:
        work.inventory.save([item(1), by_amazon, item(3, state=LinkState.UNLINKED)])
        unlinked = InventoryQuery(*HERE, states=frozenset({LinkState.UNLINKED}))
        shipped = InventoryQuery(*HERE, channels=frozenset({FulfilmentChannel.AMAZON}))

        assert [one.sku for piece in work.inventory.find(unlinked, 9) for one in piece] == ["SKU-3"]
        assert list(work.inventory.find(shipped, 9)) == [[by_amazon]]
        assert work.inventory.count(*HERE) == {
            (LinkState.LINKED, FulfilmentChannel.MERCHANT): 1,
            (LinkState.LINKED, FulfilmentChannel.AMAZON): 1,
            (LinkState.UNLINKED, FulfilmentChannel.MERCHANT): 1,
        }


def test_links_are_the_listings_in_use(units: UnitsOfWork) -> None:
    with units() as work:
        work.listings.save(
            [listing(1, channel="AMAZON_NA"), listing(2, status=ListingStatus.ENDED)], NOON
        )
        links = work.inventory.links(*HERE, ["SKU-1", "SKU-2"])

    assert links == {"SKU-1": KnownLink("SKU-1", "AMAZON_NA")}


def test_store_skus_are_those_that_are_not_gone(units: UnitsOfWork) -> None:
    twin, hidden = variant(3, sku="SKU-1"), variant(4, is_visible=False)
    with units() as work:
        work.variants.save([variant(2)], NOON)
        work.variants.mark_gone(NOON + timedelta(hours=1), NOON + timedelta(hours=1))
        work.variants.save([twin, variant(1), hidden], NOON + timedelta(hours=2))

        named = work.store_skus.named(["SKU-1", "SKU-2", "SKU-4"])
        assert named == {
            "SKU-1": [store_sku(variant(1)), store_sku(twin)],
            "SKU-4": [store_sku(hidden)],
        }
        assert work.store_skus.with_ids([2, 4]) == {4: store_sku(hidden)}
        assert [len(piece) for piece in work.store_skus.slices(2)] == [2, 1]
