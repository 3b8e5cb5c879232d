"""Products with variants become trees: the parent first, and each child once Amazon shows it."""

from __future__ import annotations

import pytest

from affluent.domain.before_sending import Preview
from affluent.domain.effect import EffectState
from affluent.domain.issue import Finding, Reason, Weight
from affluent.domain.listing import ListingStatus
from affluent.domain.plan import Change, Operation, Plan, sift
from affluent.domain.product import Variant
from affluent.domain.variation import Parentage
from affluent.listings.waiting import hold_orphans
from tests.builders.catalog import CREATION, selling_list, usd, variant
from tests.builders.families import PROFILE, SCHEMA, child
from tests.builders.listings import error, on_amazon
from tests.fakes.world import World

RED, BLUE = child(1, "Red"), child(2, "Blue")
PARENT = "SKU-1-parent"


@pytest.fixture
def world(world: World) -> World:
    world.lists = [selling_list(variations=True)]
    world.creations = {CREATION.name: PROFILE}
    world.amazon.product_types.schema = SCHEMA
    return world


def sent(world: World) -> list[str]:
    return [change.key for change in world.amazon.listings.sent]


def put_of(world: World, sku: str) -> Change:
    return [one for one in world.amazon.listings.sent if one.key == sku][-1]


def status(world: World, sku: str) -> ListingStatus:
    return world.listing(sku).status


def test_a_product_with_variants_becomes_a_parent_and_its_children(world: World) -> None:
    world.publish(RED, BLUE)

    assert sent(world) == [PARENT, "SKU-1", "SKU-2"]
    parent, first = (put_of(world, sku).payload["attributes"] for sku in (PARENT, "SKU-1"))
    place = {"marketplace_id": "ATVPDKIKX0DER"}
    relationship = {"child_relationship_type": "variation", **place}
    assert parent["parentage_level"] == [{"value": "parent", **place}]
    assert parent["child_parent_sku_relationship"] == [relationship]
    assert first["parentage_level"] == [{"value": "child", **place}]
    assert first["child_parent_sku_relationship"] == [{"parent_sku": PARENT, **relationship}]
    assert parent["variation_theme"] == first["variation_theme"] == [{"name": "COLOR"}]


def test_a_parent_is_described_as_the_product_and_offers_nothing(world: World) -> None:
    world.publish(RED, BLUE)

    attributes = put_of(world, PARENT).payload["attributes"]
    assert attributes["item_name"][0]["value"] == "Suitcase"
    assert attributes.keys() == {
        "item_name",
        "brand",
        "parentage_level",
        "child_parent_sku_relationship",
        "variation_theme",
    }
    known = world.listing(PARENT)
    assert (known.status, known.kinship.parentage) == (ListingStatus.LINKED, Parentage.PARENT)
    assert (known.variant_id, known.price, known.quantity) == (None, None, None)


def test_nothing_is_planned_once_the_tree_stands(world: World) -> None:
    world.publish(RED, BLUE)

    assert world.publish(RED, BLUE) == 0
    assert world.sync(RED, BLUE) == 0


@pytest.mark.parametrize(
    ("variants", "lists"),
    [
        pytest.param((RED,), {"variations": True}, id="a single variant"),
        pytest.param((RED, BLUE), {"variations": False}, id="a list without variations"),
        pytest.param((child(1), variant(2)), {"variations": True}, id="two products"),
    ],
)
def test_what_is_no_family_stands_alone(
    world: World, variants: tuple[Variant, ...], lists: dict[str, bool]
) -> None:
    world.lists = [selling_list(**lists)]

    world.publish(*variants)

    assert sent(world) == [one.sku for one in variants]
    assert not any(
        "parentage_level" in one.payload["attributes"] for one in world.amazon.listings.sent
    )


def test_what_amazon_knows_already_stays_on_its_page(world: World) -> None:
    world.amazon.catalog_items.know(BLUE.barcode, "B000TEST01")
    green = child(3, "Green")

    world.publish(RED, BLUE, green)

    assert "parentage_level" not in put_of(world, "SKU-2").payload["attributes"]
    assert world.listing("SKU-3").kinship.parent_sku == PARENT


def test_children_wait_until_amazon_shows_the_parent(world: World) -> None:
    world.amazon.listings.ignored = {PARENT}

    world.publish(RED, BLUE)

    assert sent(world) == [PARENT]
    assert world.listing("SKU-1").reasons == (
        f"It waits for its parent {PARENT}: Amazon does not show it yet.",
    )
    assert {status(world, sku) for sku in ("SKU-1", "SKU-2")} == {ListingStatus.HELD}

    world.amazon.listings.ignored = set()
    world.publish(RED, BLUE)

    assert {status(world, sku) for sku in (PARENT, "SKU-1", "SKU-2")} == {ListingStatus.LINKED}


def test_a_parent_that_amazon_refuses_keeps_its_children_back(world: World) -> None:
    world.amazon.listings.invalid[PARENT] = error()

    world.publish(RED, BLUE)

    assert sent(world) == [PARENT]
    assert status(world, PARENT) is ListingStatus.ERROR
    assert world.listing("SKU-1").reasons == (
        f"It waits for its parent {PARENT}: {error().text()}",
    )
    world.publish(RED, BLUE)
    assert sent(world) == [PARENT]


def test_a_parent_that_a_preview_refuses_keeps_its_children_back(world: World) -> None:
    world.preview = Preview.ALL
    world.amazon.listings.opinions = {PARENT: (error(),)}

    world.publish(RED, BLUE)

    assert sent(world) == []
    assert {status(world, sku) for sku in (PARENT, "SKU-1", "SKU-2")} == {ListingStatus.HELD}
    assert world.listing("SKU-2").reasons == (
        f"It waits for its parent {PARENT}: {error().text()}",
    )


def test_what_is_told_of_a_family_is_told_although_a_child_waits() -> None:
    put = Operation.PUT_LISTING
    changes = (
        Change(put, "us", "ATVPDKIKX0DER", "SKU-1", {"parent_sku": PARENT}, "new"),
        Change(put, "us", "ATVPDKIKX0DER", "SKU-2", {}, "new"),
    )
    told = Finding("SKU-2", Reason.PREVIEWED, "More would be better.", weight=Weight.WARN)
    gated = sift(Plan(changes), (told,))

    held = hold_orphans(gated, ())

    assert [one.change.key for one in held.held] == ["SKU-1"]
    assert held.warnings == (told,)


def test_one_bad_child_does_not_block_its_siblings(world: World) -> None:
    world.gate.held_listings = {"SKU-2"}

    world.publish(RED, BLUE)

    assert sent(world) == [PARENT, "SKU-1"]
    assert status(world, "SKU-2") is ListingStatus.HELD


def test_a_relation_that_amazon_does_not_show_is_no_effect(world: World) -> None:
    world.amazon.listings.unrelated = {"SKU-1"}
    world.publish(RED, BLUE)

    states = {one.key: one.state for one in world.effects(Operation.PUT_LISTING)}
    assert states["SKU-1"] is EffectState.ACCEPTED
    assert states["SKU-2"] is EffectState.EFFECTIVE
    assert status(world, "SKU-1") is ListingStatus.PENDING


def test_options_that_no_theme_fits_hold_the_family_and_say_why(world: World) -> None:
    matt, gloss = (
        variant(number, product_id=77, options={"Finish": label}, name=f"Suitcase - {label}")
        for number, label in ((1, "Matt"), (2, "Gloss"))
    )

    world.publish(matt, gloss)

    assert sent(world) == []
    assert world.listing("SKU-1").reasons == (
        "No variation theme of SUITCASE fits the options Finish (Finish fills item_name). Allowed"
        " are COLOR/SIZE, SIZE/COLOR, COLOR, SIZE, MATERIAL_TYPE.",
    )


def test_variants_of_the_same_options_do_not_both_become_children(world: World) -> None:
    world.publish(RED, BLUE, child(3, "Blue"))

    assert sent(world) == [PARENT, "SKU-1", "SKU-2"]
    assert world.listing("SKU-3").reasons == ("It has the same options as SKU-2: Blue.",)


@pytest.mark.parametrize("where", ["in the store", "on Amazon"])
def test_a_parent_takes_no_sku_that_stands_for_something_else(world: World, where: str) -> None:
    others = [variant(9, sku=PARENT)] if where == "in the store" else []
    if where == "on Amazon":
        world.amazon.listings.place(on_amazon(9, sku=PARENT))

    world.publish(RED, BLUE, *others)

    assert world.listing("SKU-1").reasons == (
        f"The SKU {PARENT}, which its parent would get, stands for something else already.",
    )
    assert "SKU-1" not in sent(world)


def test_a_tree_keeps_its_parent_and_theme_when_its_oldest_variant_goes(world: World) -> None:
    green = child(3, "Green")
    world.publish(RED, BLUE, green)
    world.amazon.listings.sent.clear()

    assert world.publish(BLUE, green) == 0
    assert world.publish(green) == 0


def test_a_variant_that_comes_later_joins_the_tree(world: World) -> None:
    world.publish(RED, BLUE)
    world.amazon.listings.sent.clear()

    world.publish(RED, BLUE, child(3, "Green", price=usd("21.00")))

    assert sent(world) == ["SKU-3"]
    assert world.listing("SKU-3").kinship.parent_sku == PARENT
