"""New products that their creation profile cannot describe are held, and the others go on."""

from __future__ import annotations

import pytest

from affluent.domain.creation_profile import AttributeRule, CreationProfile, Origin, Source
from affluent.domain.listing import ListingStatus
from tests.builders.catalog import CREATION, selling_list, variant
from tests.fakes.world import World

CASE, SACK = variant(1, category_ids=(3,)), variant(2, category_ids=(4,))


def sacks(value_map: dict[str, str]) -> CreationProfile:
    colour = (Origin(Source.OPTION, ("Color",)),)
    rules = (AttributeRule("color", colour, value_map=value_map),)
    return CreationProfile("sacks", "SACK", True, rules)


@pytest.fixture
def two_profiles(world: World) -> World:
    """Category 4 is created as SACK, whose colour comes by a map; every other as SUITCASE."""
    world.creations = {CREATION.name: CREATION, "sacks": sacks({"Blau": "Blue"})}
    world.lists = [selling_list(creation_profiles={0: CREATION.name, 4: "sacks"})]
    return world


@pytest.mark.behaviour("S16")
def test_a_product_type_that_amazon_does_not_know_holds_its_own_items_alone(
    two_profiles: World,
) -> None:
    two_profiles.amazon.product_types.unknown = {"SACK"}

    two_profiles.publish(CASE, SACK)

    assert [one.key for one in two_profiles.amazon.listings.sent] == ["SKU-1"]
    held = two_profiles.listing("SKU-2")
    assert held.status is ListingStatus.HELD
    [reason] = held.reasons
    assert reason.startswith("Creation profile sacks, product type SACK: The product type SACK")


@pytest.mark.behaviour("S16", "S26")
def test_a_word_that_the_map_lacks_holds_the_item_until_the_map_has_it(two_profiles: World) -> None:
    blue, green = variant(2, options={"Color": "BLAU"}), variant(3, options={"Color": "Grün"})
    two_profiles.lists = [selling_list(creation_profiles={0: "sacks"})]

    two_profiles.publish(blue, green)

    [put] = two_profiles.amazon.listings.sent
    assert put.payload["attributes"]["color"][0]["value"] == "Blue"
    [reason] = two_profiles.listing("SKU-3").reasons
    assert "color, by creation profile sacks: The value map has nothing for 'Grün'" in reason

    two_profiles.creations = {"sacks": sacks({"Blau": "Blue", "Grün": "Green"})}
    two_profiles.publish(blue, green)

    put = two_profiles.amazon.listings.sent[-1]
    assert (put.key, put.payload["attributes"]["color"][0]["value"]) == ("SKU-3", "Green")
    mended = two_profiles.listing("SKU-3")
    assert (mended.status, mended.reasons) == (ListingStatus.LINKED, ())
