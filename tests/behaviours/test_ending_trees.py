"""A parent offers nothing that could end; it is deleted with its list, and must rest then."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import pytest

from affluent.domain.report import RunReport
from tests.behaviours.endings import DAY, later, written
from tests.behaviours.merchant import HERE, Merchant, selling_list

PARENT: Final = "LUG-DUFFEL-OLIVE-parent"
CHILDREN: Final = ["LUG-DUFFEL-CHARCOAL", "LUG-DUFFEL-OLIVE"]
TREE: Final = {PARENT, *CHILDREN}


def statuses(merchant: Merchant) -> set[str]:
    """Those of the whole tree."""
    return {str(merchant.listing(sku)["status"]) for sku in TREE}


@pytest.fixture(scope="module")
def tree(merchant: Merchant) -> RunReport:
    """A bag in two colours, under its parent."""
    listed = selling_list(
        "Bags", skus=CHILDREN, creation_profiles={0: "luggage"}, variations=True, send="feed"
    )
    merchant.write(selling_lists=[listed])
    merchant.run("extract_catalog")
    return merchant.run("publish_listings", **HERE)


def test_a_tree_goes_out_in_two_feeds_the_parent_before_its_children(
    merchant: Merchant, tree: RunReport
) -> None:
    assert (tree.sent, tree.effective) == (3, 3)
    asked = [one["operation"] for one in merchant.admin.requests()]
    assert asked.count("createFeed") == 2
    assert written(merchant) == []
    assert statuses(merchant) == {"linked"}


def test_a_parent_offers_no_units_that_could_end(merchant: Merchant, tree: RunReport) -> None:
    assert tree.effective

    ended = merchant.run("end_listings", **HERE, selling_list="Bags")

    assert sorted(written(merchant)) == [f"PATCH {sku}" for sku in CHILDREN]
    assert ended.notes == (
        "Parents of variations offer no units and stay until they are deleted: 1 here.",
    )
    assert merchant.listing(PARENT)["status"] == "linked"
    merchant.ask("relist", *CHILDREN)
    merchant.run("sync_offers", **HERE)
    assert statuses(merchant) == {"linked"}


@pytest.mark.behaviour("S68")
def test_a_deleted_tree_rests_whole_and_comes_back_on_the_pages_that_it_left(
    merchant: Merchant, tree: RunReport
) -> None:
    assert tree.effective
    pages = [merchant.listing(sku)["asin"] for sku in CHILDREN]
    merchant.ask("end", "--list", "Bags", "--delete", "--apply")
    gone = [merchant.on_amazon(sku) for sku in sorted(TREE)]

    merchant.ask("relist", *CHILDREN)
    early = merchant.run("publish_listings", **HERE)
    with later(merchant, DAY + timedelta(minutes=1)):
        due = merchant.run("publish_listings", **HERE)

    assert gone == [None, None, None]
    assert (early.held, early.sent) == ({"deleted_lately": 3}, 0)
    assert (due.sent, due.effective) == (2, 2)
    assert [merchant.listing(sku)["asin"] for sku in CHILDREN] == pages
    assert [merchant.listing(sku)["status"] for sku in CHILDREN] == ["linked", "linked"]
