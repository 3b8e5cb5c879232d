"""A worker dies at each point of a run in turn; the next run must set everything right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from affluent.domain.listing import ListingStatus, SubmissionPath
from affluent.ports.storage import UnitsOfWork
from tests.builders.catalog import PROFILE, selling_list, usd, variant
from tests.builders.listings import listing, on_amazon
from tests.fakes.dying import die_everywhere
from tests.fakes.world import World

BEFORE = (variant(1), variant(2))
AFTER = (variant(1, quantity=0, price=usd("21.50")), variant(2, quantity=3))


def new_world(units: UnitsOfWork, name: str, path: SubmissionPath) -> World:
    """Amazon shows every write half a minute late."""
    world = World(units, name=name)
    world.lists = [selling_list(account=name, path=path)]
    world.amazon.listings.lag_seconds = 30
    return world


def assert_all_right(world: World, expected: dict[str, int | None]) -> None:
    assert world.unresolved() == []
    assert {one.sku: one.status for one in world.listings()} == dict.fromkeys(
        expected, ListingStatus.LINKED
    )
    assert {one.sku: one.quantity for one in world.listings()} == expected
    shown = world.amazon.listings.show()
    assert {sku: shown[sku].quantity for sku in expected} == expected


@pytest.mark.parametrize("path", [SubmissionPath.SINGLE, SubmissionPath.FEED])
def test_new_listings_survive_a_death_at_any_point(
    units: UnitsOfWork, path: SubmissionPath
) -> None:
    deaths = die_everywhere(
        lambda name: new_world(units, name, path),
        lambda world: world.publish(*BEFORE),
        lambda world: assert_all_right(world, {"SKU-1": 7, "SKU-2": 7}),
    )

    assert len(deaths) > 20


@pytest.mark.parametrize("path", [SubmissionPath.SINGLE, SubmissionPath.FEED])
def test_new_content_survives_a_death_at_any_point(
    units: UnitsOfWork, path: SubmissionPath
) -> None:
    """The old content costs and holds the same, so price and quantity prove nothing."""
    used = tuple(replace(one, condition="Used") for one in BEFORE)

    def make(name: str) -> World:
        world = new_world(units, name, path)
        for number in (1, 2):
            world.amazon.listings.place(on_amazon(number))
        world.remember(*(listing(number, fingerprint="old") for number in (1, 2)))
        return world

    def check(world: World) -> None:
        assert_all_right(world, {"SKU-1": 7, "SKU-2": 7})
        conditions = {
            attributes["condition_type"][0]["value"]
            for attributes in world.amazon.listings.attributes.values()
        }
        assert conditions == {"used_good"}

    assert len(die_everywhere(make, lambda world: world.publish(*used), check)) > 20


@pytest.mark.parametrize("path", [SubmissionPath.SINGLE, SubmissionPath.FEED])
def test_offers_survive_a_death_at_any_point(
    units: UnitsOfWork, path: SubmissionPath, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("affluent.submissions.sending.choose_path", lambda _wanted, _count: path)

    def make(name: str) -> World:
        world = new_world(units, name, path)
        world.profiles = {"default": replace(PROFILE, lead_time_days=2)}
        for number in (1, 2):
            world.amazon.listings.place(on_amazon(number))
        world.remember(*(listing(number) for number in (1, 2)))
        return world

    def check(world: World) -> None:
        assert_all_right(world, {"SKU-1": 0, "SKU-2": 3})
        assert world.listing("SKU-1").price == usd("21.50")
        assert world.sync(*AFTER) == 0

    assert len(die_everywhere(make, lambda world: world.sync(*AFTER), check)) > 10
