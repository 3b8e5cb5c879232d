"""A schema that changed, or is going to, names what it breaks; nothing else is named."""

from __future__ import annotations

from typing import Any

import pytest

from affluent.domain.listing import Requirements
from affluent.domain.schema_drift import SchemaDrift, broken_rows
from affluent.domain.selection import select
from affluent.listings.drift import find_drifts, in_use
from affluent.listings.extract import Profiles, rules_alone
from affluent.listings.schemas import fetch_definition, refresh_definition
from affluent.quality.gate import QualityGate
from tests.builders.catalog import CREATION, PROFILE, US, variant
from tests.fakes.world import World

ANY: dict[str, Any] = {"type": "object"}
WITH_COLOR: dict[str, Any] = {"type": "object", "required": ["color"]}
COLOR_MISSING = "color: 'color' is required but not supplied.(90220)"
ONE, TWO = variant(1), variant(2)


@pytest.fixture
def sold(world: World) -> World:
    """SKU-1 is a listing that we created, SKU-2 an offer on a page; the schema asks for nothing."""
    world.amazon.product_types.schema = world.amazon.product_types.announced = ANY
    world.amazon.catalog_items.know(TWO.barcode, "B000TEST02")
    world.publish(ONE, TWO)
    return world


def check(world: World) -> list[SchemaDrift]:
    """check_schemas over both products; the same that is kept."""
    sender = world.sender()
    rules = rules_alone(US, Profiles({"default": PROFILE}, {CREATION.name: CREATION}), sender)
    used = in_use(select(world.lists, [ONE, TWO]), rules, sender)
    drifts = find_drifts(used, QualityGate(), sender)
    with world.units() as work:
        assert [drift for _, _, drift in work.definitions.drifts()] == drifts
    return drifts


def of_listings(drifts: list[SchemaDrift]) -> SchemaDrift:
    """The one drift of whole listings, not of offers on pages."""
    [created] = [one for one in drifts if one.requirements is Requirements.LISTING]
    return created


def test_nothing_has_changed(sold: World) -> None:
    assert check(sold) == []


@pytest.mark.behaviour("N11")
def test_what_an_announced_schema_will_break_is_named_before_it_is_in_force(sold: World) -> None:
    sold.amazon.product_types.announced = WITH_COLOR

    created = of_listings(check(sold))

    assert (created.announced, created.after) == (True, "coming")
    assert created.changes == ("color is required now.",)
    assert created.listings == {"SKU-1": (COLOR_MISSING,)}
    assert created.profiles == {"suitcases": (f"{COLOR_MISSING} (2 of 2 products)",)}
    assert "It breaks the listings SKU-1 and the profiles suitcases." in created.summary()
    assert {row.get("listing") for row in broken_rows([created])} == {"SKU-1", None}


@pytest.mark.behaviour("N11")
def test_what_a_schema_in_force_broke_is_named_whoever_fetched_it(sold: World) -> None:
    sold.amazon.product_types.schema = sold.amazon.product_types.announced = WITH_COLOR
    refresh_definition("SUITCASE", Requirements.LISTING, sold.sender())

    created = of_listings(check(sold))

    assert not created.announced
    assert created.listings == {"SKU-1": (COLOR_MISSING,)}


def test_what_was_broken_before_is_not_the_new_schemas_doing(sold: World) -> None:
    sold.amazon.product_types.schema = WITH_COLOR
    sold.amazon.product_types.announced = WITH_COLOR | {"required": ["color", "size"]}

    created = of_listings(check(sold))

    assert created.listings == {"SKU-1": ("size: 'size' is required but not supplied.(90220)",)}


def test_a_schema_is_downloaded_again_only_when_it_changed(world: World) -> None:
    types = world.amazon.product_types
    first = fetch_definition("SUITCASE", Requirements.LISTING, world.sender())
    world.clock.sleep(25 * 3600)
    assert fetch_definition("SUITCASE", Requirements.LISTING, world.sender()) == first
    assert (len(types.asked), types.downloads) == (2, 1)

    types.schema = WITH_COLOR
    world.clock.sleep(23 * 3600)
    assert fetch_definition("SUITCASE", Requirements.LISTING, world.sender()) == first
    world.clock.sleep(2 * 3600)
    newer = fetch_definition("SUITCASE", Requirements.LISTING, world.sender())
    assert (newer.schema, len(types.asked), types.downloads) == (WITH_COLOR, 3, 2)
