"""The category trees in our own store: read at every extraction, and with suspicion."""

from __future__ import annotations

import pytest

from affluent.catalog.extract import extract_catalog
from affluent.domain.category import Category
from affluent.domain.errors import BatchStopped
from affluent.ports.progress import NoProgress
from tests.builders.catalog import variant
from tests.fakes.world import World

TREE = [Category(1, 0, "Garden"), Category(2, 1, "Tools"), Category(3, 2, "Rakes")]


def extract(world: World, *, full: bool = False, may_shrink: bool = False) -> None:
    extract_catalog(
        world.store.catalog,
        world.units,
        world.clock,
        NoProgress(),
        full=full,
        may_shrink=may_shrink,
    )


def paths(world: World) -> list[str]:
    with world.units() as work:
        return [one.path for one in work.categories.all()]


@pytest.fixture
def world(world: World) -> World:
    world.store.catalog.products = [variant(1)]
    world.store.catalog.tree = list(TREE)
    return world


def test_a_reading_of_changes_too_takes_the_trees_over_whole(world: World) -> None:
    extract(world, full=True)
    world.store.catalog.tree = [Category(1, 0, "Yard"), Category(3, 1, "Rakes")]
    extract(world)

    assert paths(world) == ["Yard", "Yard > Rakes"]


def test_trees_that_lost_more_than_half_are_not_believed(world: World) -> None:
    extract(world)
    world.store.catalog.tree = TREE[:1]

    with pytest.raises(BatchStopped, match="1 categories, where 3 were known"):
        extract(world)
    assert len(paths(world)) == 3

    extract(world, may_shrink=True)
    assert paths(world) == ["Garden"]
