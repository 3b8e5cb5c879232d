"""The parent of a tree offers no units: it is deleted with its list, and must rest then."""

from __future__ import annotations

import pytest

from affluent.domain.ending import Way
from affluent.domain.listing import ListingStatus
from affluent.domain.plan import Operation
from tests.builders.catalog import CREATION, selling_list
from tests.builders.families import PROFILE, SCHEMA, child
from tests.fakes.world import World

RED, BLUE = child(1, "Red"), child(2, "Blue")
PARENT = "SKU-1-parent"
TREE = ("SKU-1", "SKU-2", PARENT)
DAY = 86_400.0


@pytest.fixture
def tree(world: World) -> World:
    """A parent with two children, all on Amazon."""
    world.lists = [selling_list(variations=True)]
    world.creations = {CREATION.name: PROFILE}
    world.amazon.product_types.schema = SCHEMA
    world.publish(RED, BLUE)
    world.amazon.listings.sent.clear()
    return world


def sent(world: World) -> list[str]:
    return [change.key for change in world.amazon.listings.sent]


@pytest.mark.parametrize("way", [Way.END, Way.ZERO])
@pytest.mark.parametrize("named", [True, False])
def test_no_quantity_is_sent_to_a_parent(tree: World, way: Way, named: bool) -> None:
    skus, name = (TREE, "") if named else ((), tree.lists[0].name)

    gated = tree.end(*skus, way=way, selling_list=name)

    assert sent(tree) == ["SKU-1", "SKU-2"]
    assert tree.listing(PARENT).status is ListingStatus.LINKED
    assert gated.plan.notes == (
        "Parents of variations offer no units and stay until they are deleted: 1 here.",
    )


def test_a_parent_is_deleted_with_its_list(tree: World) -> None:
    gated = tree.end(way=Way.DELETE, selling_list=tree.lists[0].name)

    assert sorted(sent(tree)) == sorted(TREE)
    assert {one.operation for one in tree.amazon.listings.sent} == {Operation.DELETE_LISTING}
    assert {tree.listing(sku).status for sku in TREE} == {ListingStatus.ENDED}
    assert gated.plan.notes == ()


def test_a_deleted_parent_rests_like_its_children_and_is_made_anew_before_them(
    tree: World,
) -> None:
    tree.end(*TREE, way=Way.DELETE)
    tree.relist("SKU-1", "SKU-2")
    tree.amazon.listings.sent.clear()
    tree.clock.sleep(DAY - 60)

    tree.publish(RED, BLUE)
    early = sent(tree)
    resting = {tree.listing(sku).reasons for sku in TREE}
    tree.clock.sleep(60)
    tree.publish(RED, BLUE)

    assert early == []
    assert resting == {
        ("Amazon takes a deleted SKU again only after 24 hours: not before 2026-11-25 12:00 UTC.",)
    }
    assert sent(tree) == [PARENT, "SKU-1", "SKU-2"]
    assert {tree.listing(sku).status for sku in TREE} == {ListingStatus.LINKED}
