"""Products with options become trees on Amazon: the parent first, and each child under it."""

from __future__ import annotations

from typing import Any, Final

import pytest

from affluent.domain.report import RunReport
from tests.behaviours.merchant import HERE, MARKETPLACE_ID, Json, Merchant, selling_list

PARENT: Final = "KIT-APRON-OLIVE-REGULAR-parent"
CHILDREN: Final = [
    "KIT-APRON-BLACK-LONG",
    "KIT-APRON-BLACK-REGULAR",
    "KIT-APRON-OLIVE-LONG",
    "KIT-APRON-OLIVE-REGULAR",
]


def trees(name: str, skus: list[str], profile: str = "kitchen", **keys: Any) -> Json:
    """A list whose products with options become parent and children."""
    creation = {0: profile}
    return selling_list(name, skus=skus, creation_profiles=creation, variations=True, **keys)


def shown(merchant: Merchant, sku: str) -> Json:
    """The listing's attributes and its one relationship, as Amazon shows them to its seller."""
    seller = merchant.read()["accounts"][0]["seller_id"]
    query = {"marketplaceIds": MARKETPLACE_ID, "includedData": "attributes,relationships,issues"}
    with merchant.sandbox.amazon() as amazon:
        item = amazon.get(f"/listings/2021-08-01/items/{seller}/{sku}", params=query).json()
    [here] = item["relationships"]
    [relation] = here["relationships"]
    found: Json = {**item, "relationship": relation}
    return found


def written(merchant: Merchant) -> list[str]:
    """The SKUs of all puts and patches, in the order in which they reached Amazon."""
    return [sku for sku, _ in merchant.written_to_amazon()]


@pytest.fixture(scope="module")
def aprons(merchant: Merchant) -> RunReport:
    """A product in two colours and two lengths, none of which Amazon knows."""
    merchant.write(selling_lists=[trees("Aprons", CHILDREN)])
    merchant.run("extract_catalog")
    return merchant.run("publish_listings", **HERE)


@pytest.mark.behaviour("S15")
def test_a_product_with_options_becomes_parent_and_children_the_parent_first(
    merchant: Merchant, aprons: RunReport
) -> None:
    assert (aprons.planned, aprons.sent, aprons.effective, aprons.held) == (5, 5, 5, {})
    sent = written(merchant)
    assert sent[0] == PARENT
    assert sorted(sent[1:]) == CHILDREN

    parent = shown(merchant, PARENT)
    assert sorted(parent["relationship"]["childSkus"]) == CHILDREN
    assert "purchasable_offer" not in parent["attributes"]
    assert "color" not in parent["attributes"]
    assert parent["attributes"]["item_name"][0]["value"] == "Canvas Apron"
    for sku in CHILDREN:
        child = shown(merchant, sku)
        assert child["relationship"]["parentSkus"] == [PARENT]
        assert child["relationship"]["variationTheme"]["theme"] == "COLOR/SIZE"
        assert child["issues"] == []
        assert merchant.listing(sku)["status"] == "linked"


def test_parent_and_child_are_explained_as_such(merchant: Merchant, aprons: RunReport) -> None:
    assert aprons.effective
    parent = merchant.ask("explain", "sku", PARENT)
    child = merchant.ask("explain", "sku", CHILDREN[0])

    assert "It is the parent of variations, which no variant of the store stands for." in parent
    assert "parent by COLOR/SIZE" in parent
    assert "Amazon shows the listing." in parent
    assert f"child of {PARENT} by COLOR/SIZE" in child


def test_a_tree_that_stands_is_not_sent_again(merchant: Merchant, aprons: RunReport) -> None:
    assert aprons.effective
    before = written(merchant)

    again = merchant.run("publish_listings", **HERE)
    merchant.run("sync_offers", **HERE)

    assert (again.planned, again.sent) == (0, 0)
    assert written(merchant) == before


@pytest.mark.behaviour("S48")
def test_the_stock_of_a_child_follows_and_its_parent_has_none(
    merchant: Merchant, aprons: RunReport
) -> None:
    assert aprons.effective
    before = len(written(merchant))
    merchant.change_variant(CHILDREN[0], inventory_level=5)
    merchant.run("extract_catalog")

    report = merchant.run("sync_offers", **HERE)

    assert (report.sent, report.effective) == (1, 1)
    [(sku, body)] = merchant.written_to_amazon()[before:]
    assert sku == CHILDREN[0]
    assert [one["path"] for one in body["patches"]] == ["/attributes/fulfillment_availability"]
    assert shown(merchant, sku)["relationship"]["parentSkus"] == [PARENT]


@pytest.mark.behaviour("S11")
def test_a_family_without_a_fitting_theme_is_held_with_the_reason(
    merchant: Merchant, aprons: RunReport
) -> None:
    assert aprons.effective
    profiles = merchant.read()["creation_profiles"]
    kitchen = profiles["kitchen"]
    plain = {**kitchen["attributes"], "size": {"constant": "One size"}}
    skus = ["KIT-BOWL-SMALL", "KIT-BOWL-MEDIUM", "KIT-BOWL-LARGE", "KIT-SKILLET-10"]
    before = written(merchant)
    with merchant.settings(
        creation_profiles={**profiles, "sizeless": {**kitchen, "attributes": plain}},
        selling_lists=[trees("Bowls", skus, "sizeless")],
    ):
        report = merchant.run("publish_listings", **HERE)

    assert (report.held, report.effective) == ({"no_theme": 3}, 1)
    assert written(merchant)[len(before) :] == ["KIT-SKILLET-10"]
    for sku in skus[:3]:
        listing = merchant.listing(sku)
        [reason] = listing["reasons"]
        assert listing["status"] == "held"
        assert reason["message"] == (
            "No variation theme of KITCHEN fits the options Size (Size fills item_name)."
            " Allowed are COLOR, COLOR/SIZE, SIZE."
        )
        assert reason["fix"]


def test_a_bad_child_does_not_hold_its_siblings(merchant: Merchant, aprons: RunReport) -> None:
    assert aprons.effective
    skus = ["LUG-CABIN-BLACK", "LUG-CABIN-NAVY", "LUG-CABIN-SAND"]
    merchant.change_variant("LUG-CABIN-SAND", price="0")
    merchant.run("extract_catalog")
    with merchant.settings(selling_lists=[trees("Cabin", skus, "luggage")]):
        first = merchant.run("publish_listings", **HERE)
        sand = merchant.listing("LUG-CABIN-SAND")
        merchant.change_variant("LUG-CABIN-SAND", price="149.00")
        merchant.run("extract_catalog")
        second = merchant.run("publish_listings", **HERE)

    assert (sum(first.held.values()), first.effective) == (1, 3)
    assert sand["status"] == "held"
    assert (second.sent, second.effective) == (1, 1)
    family = shown(merchant, "LUG-CABIN-NAVY-parent")["relationship"]
    assert sorted(family["childSkus"]) == skus
    assert written(merchant).count("LUG-CABIN-NAVY-parent") == 1


@pytest.mark.behaviour("S11")
def test_a_held_parent_holds_its_children(merchant: Merchant, aprons: RunReport) -> None:
    assert aprons.effective
    skus = ["LUG-DUFFEL-CHARCOAL", "LUG-DUFFEL-OLIVE"]
    parent = "LUG-DUFFEL-OLIVE-parent"
    before = written(merchant)
    merchant.admin.add_faults([_would_refuse(parent)])
    with merchant.settings(selling_lists=[trees("Duffels", skus, "luggage")]):
        held = merchant.run("publish_listings", **HERE, preview="all")
        waiting = [merchant.listing(sku) for sku in skus]
        merchant.admin.clear_faults()
        sent = merchant.run("publish_listings", **HERE)

    assert (held.sent, held.held) == (0, {"previewed": 1, "waits_for_parent": 2})
    for listing in waiting:
        [reason] = listing["reasons"]
        assert listing["status"] == "held"
        assert reason["message"].startswith(f"It waits for its parent {parent}: material")
    assert (sent.sent, sent.effective) == (3, 3)
    assert written(merchant)[len(before) :][0] == parent


@pytest.mark.behaviour("N4")
def test_a_parent_that_amazon_takes_and_never_creates_keeps_its_children_back(
    merchant: Merchant, aprons: RunReport
) -> None:
    assert aprons.effective
    skus = ["LUG-BACKPACK-BLACK", "LUG-BACKPACK-RUST"]
    parent = "LUG-BACKPACK-BLACK-parent"
    before = len(written(merchant))
    ignored = {"vendor": "amazon", "method": "PUT", "path": f"/{parent}$", "action": "mark"}
    merchant.admin.add_faults([ignored | {"mark": "accept_and_ignore"}])
    with merchant.settings(selling_lists=[trees("Backpacks", skus, "luggage")]):
        first = merchant.run("publish_listings", **HERE)
        waiting = [merchant.listing(sku) for sku in skus]
        second = merchant.run("publish_listings", **HERE)

    assert (first.sent, first.effective) == (1, 0)
    for listing in waiting:
        [reason] = listing["reasons"]
        assert reason["message"] == (
            f"It waits for its parent {parent}: Amazon does not show it yet."
        )
    assert (second.sent, second.effective) == (3, 3)
    sent = written(merchant)[before:]
    assert sent[:2] == [parent, parent]
    assert sorted(sent[2:]) == skus


def _would_refuse(sku: str) -> Json:
    """Amazon's answer to the preview of a put that it would refuse."""
    return {
        "vendor": "amazon",
        "method": "PUT",
        "path": f"/{sku}$",
        "action": "status",
        "status": 200,
        "body": {
            "sku": sku,
            "status": "INVALID",
            "issues": [
                {
                    "code": "90220",
                    "severity": "ERROR",
                    "message": "'material' is required but not supplied.",
                    "attributeNames": ["material"],
                }
            ],
        },
    }
