"""A plan that takes longer than its account allows is refused whole, but for what is urgent."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from affluent.domain.errors import BatchStopped
from affluent.domain.forecast import Forecast, Foretold, ForetoldCalls
from affluent.domain.plan import Change, Operation
from affluent.submissions.budget import beyond_budget
from tests.builders.catalog import variant
from tests.builders.listings import listing, on_amazon
from tests.fakes.world import World

PATCHES = Forecast((ForetoldCalls("patchListingsItem", 100_000, 20_000.0),), 160.0)


class AnHourEach:
    """Foretells an hour for each change, on either way."""

    def of(self, changes: Sequence[Change]) -> Foretold:
        way = Forecast((ForetoldCalls("any", len(changes), 3600.0 * len(changes)),))
        return Foretold(way, way)

    def calls(self, operation: str, count: int) -> ForetoldCalls:
        return ForetoldCalls(operation, count, 0.0)


@pytest.fixture
def world(world: World) -> World:
    """Three listings in step, and two hours a plan."""
    for number in (1, 2, 3):
        world.amazon.listings.place(on_amazon(number))
    world.remember(*(listing(number) for number in (1, 2, 3)))
    world.amazon.forecast = AnHourEach()
    world.longest_plan_hours = 2.0
    return world


@pytest.mark.behaviour("N10")
def test_what_it_takes_is_told_with_its_pace() -> None:
    assert beyond_budget([PATCHES], 4.0) == (
        "This will take 5.6 h, 100,000 patchListingsItem at 5/s among it; 4 h are allowed."
    )


@pytest.mark.parametrize("longest", [None, 5.6, 24.0])
def test_what_fits_is_not_spoken_of(longest: float | None) -> None:
    assert beyond_budget([PATCHES], longest) == ""


def test_several_batches_count_together() -> None:
    assert beyond_budget([PATCHES], 6.0) == ""
    assert beyond_budget([PATCHES, PATCHES], 6.0).startswith("This will take 11 h")


@pytest.mark.behaviour("N10")
def test_nothing_of_a_plan_that_takes_too_long_is_sent_or_recorded(world: World) -> None:
    with pytest.raises(BatchStopped, match="This will take 3 h") as stopped:
        world.sync(*(variant(number, quantity=4) for number in (1, 2, 3)))

    assert stopped.value.fix is not None
    assert "longest_plan_hours" in stopped.value.fix
    assert world.amazon.listings.sent == []
    assert world.effects(Operation.PATCH_OFFER) == []


def test_what_is_urgent_does_not_count(world: World) -> None:
    changed = [variant(number, quantity=0) for number in (1, 2)]

    assert world.sync(*changed, variant(3, quantity=4)) == 3


def test_the_parts_of_a_publication_count_together(world: World) -> None:
    with pytest.raises(BatchStopped, match="This will take 3 h"):
        world.publish(*(variant(number) for number in (4, 5, 6)))

    assert world.effects(Operation.PUT_LISTING) == []
    assert len(world.listings()) == 3
