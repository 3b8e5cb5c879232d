"""The store's catalog read into the snapshot: whole, by changes, and with suspicion."""

from __future__ import annotations

from datetime import timedelta

import pytest

from affluent.catalog.extract import CURSOR, Extracted, extract_catalog
from affluent.domain.errors import BatchStopped, Retryable
from affluent.ports.progress import NoProgress
from tests.builders.catalog import usd, variant
from tests.fakes.clock import NOON
from tests.fakes.world import World


def extract(world: World, *, full: bool = True, may_shrink: bool = False) -> Extracted:
    world.clock.sleep(3600)
    return extract_catalog(
        world.store.catalog,
        world.units,
        world.clock,
        NoProgress(),
        full=full,
        may_shrink=may_shrink,
    )


def known_skus(world: World) -> list[str]:
    with world.units() as work:
        return [one.sku for one in work.variants.all()]


@pytest.fixture
def world(world: World) -> World:
    world.store.catalog.products = [variant(number) for number in range(1, 6)]
    return world


def test_every_page_is_read_and_only_what_differs_counts_as_changed(world: World) -> None:
    assert extract(world) == Extracted(read=5, changed=5, gone=0)

    world.store.catalog.products[0] = variant(1, price=usd("21.50"))
    assert extract(world) == Extracted(read=5, changed=1, gone=0)


def test_what_a_full_reading_no_longer_finds_is_gone_and_may_come_back(world: World) -> None:
    extract(world)
    lost = world.store.catalog.products.pop()

    assert extract(world).gone == 1
    assert known_skus(world) == ["SKU-1", "SKU-2", "SKU-3", "SKU-4"]

    world.store.catalog.products.append(lost)
    assert extract(world).changed == 1
    assert len(known_skus(world)) == 5


@pytest.mark.parametrize("left", [0, 1, 2])
def test_a_catalog_that_lost_more_than_half_is_not_believed(world: World, left: int) -> None:
    extract(world)
    products = world.store.catalog.products
    world.store.catalog.products = products[:left]

    with pytest.raises(BatchStopped, match=f"{left} variants, where 5 were known"):
        extract(world)

    assert len(known_skus(world)) == 5
    assert extract(world, may_shrink=True).gone == 5 - left


def test_a_reading_of_changes_begins_before_the_last_one_did_and_marks_nothing_gone(
    world: World,
) -> None:
    extract(world, full=False)
    began = world.clock.now()
    world.clock.sleep(3600)
    world.store.catalog.products = [
        variant(1, modified_at=began - timedelta(minutes=9), quantity=1),
        variant(2, modified_at=began - timedelta(minutes=11), quantity=1),
    ]

    found = extract(world, full=False)

    assert world.store.catalog.asked_since == [None, began - timedelta(minutes=10)]
    assert found == Extracted(read=1, changed=1, gone=0)
    assert len(known_skus(world)) == 5


def test_a_reading_that_breaks_off_is_begun_again_from_where_the_last_whole_one_began(
    world: World,
) -> None:
    extract(world)
    with world.units() as work:
        cursor = work.cursors.get(CURSOR)
    pages = world.store.catalog.variants

    def break_off(modified_since: object = None) -> object:
        yield next(iter(pages(None)))
        raise Retryable("No answer.", vendor="BigCommerce", operation="getProducts")

    world.store.catalog.variants = break_off
    with pytest.raises(Retryable):
        extract(world)

    with world.units() as work:
        assert work.cursors.get(CURSOR) == cursor == NOON + timedelta(hours=1)
    assert len(known_skus(world)) == 5
