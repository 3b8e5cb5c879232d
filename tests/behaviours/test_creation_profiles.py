"""A creation profile is written, tried, corrected and used, on the sandbox's product types."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml

from affluent.domain.report import RunReport
from tests.behaviours.merchant import HERE, Merchant, selling_list

SKU = "KIT-SKILLET-10"

PROFILE: dict[str, Any] = {
    "product_type": "KITCHEN",
    "attributes": {
        "item_name": {"template": "{{ brand }}: {{ name | upper }}", "shorten": True},
        "brand": {"field": "brand"},
        "product_description": {"field": "description"},
        "color": {"constant": "SCHWARZ", "map": {"Schwarz": "Black"}},
        "size": {"texts": {"en_US": "10 inch", "de_DE": "25 cm"}},
        "number_of_items": {"constant": 1},
        "included_components": {"custom_field": "included_components"},
        "is_dishwasher_safe": {"leave_out": True},
        "item_dimensions.height": {"constant": "5.08 cm", "unit": "inches"},
        "item_dimensions.length": {"constant": "254 mm", "unit": "inches"},
        "item_dimensions.width": {"constant": "10", "unit": "inches"},
    },
}


@pytest.fixture(scope="module")
def published(merchant: Merchant) -> RunReport:
    """The skillet, as the profile describes it; beside it one whose product type is mistyped."""
    merchant.write(
        creation_profiles={"pans": PROFILE, "typo": {**PROFILE, "product_type": "KITCHN"}},
        selling_lists=[
            selling_list("Pans", skus=[SKU], creation_profiles={0: "pans"}),
            selling_list("Typo", skus=["KIT-TRAY-NOCOUNT"], creation_profiles={0: "typo"}),
        ],
    )
    merchant.run("extract_catalog")
    return merchant.run("publish_listings", **HERE)


@pytest.mark.behaviour("S15", "S16")
def test_templates_maps_languages_and_units_fill_a_new_page(
    merchant: Merchant, published: RunReport
) -> None:
    assert published.effective, merchant.listing(SKU)["reasons"]
    [sent] = merchant.sent_to_amazon(SKU)
    attributes = sent["attributes"]

    assert attributes["item_name"][0]["value"].endswith("SKILLET, 10 INCH")
    assert attributes["color"][0]["value"] == "Black"
    assert attributes["size"][0]["value"] == "10 inch"
    [measures] = attributes["item_dimensions"]
    assert measures["height"] == {"value": 2, "unit": "inches"}
    assert measures["length"] == {"value": 10, "unit": "inches"}
    assert "is_dishwasher_safe" not in attributes
    assert merchant.listing(SKU)["status"] == "linked"


@pytest.mark.behaviour("S16")
def test_a_mistyped_product_type_holds_its_own_item(
    merchant: Merchant, published: RunReport
) -> None:
    assert published.held == {"unusable_product_type": 1}
    [reason] = merchant.listing("KIT-TRAY-NOCOUNT")["reasons"]

    assert "product type KITCHN" in reason["message"]
    assert "affluent profile suggest" in reason["fix"]


@pytest.mark.behaviour("S16", "S26")
def test_a_profile_is_written_and_tried_from_the_command_line(
    merchant: Merchant, published: RunReport
) -> None:
    assert published.effective
    written = yaml.safe_load(merchant.ask("profile", "new", "--product-type", "LUGGAGE"))
    merchant.write(creation_profiles=written["creation_profiles"], selling_lists=[])

    checked = json.loads(merchant.ask("profile", "check", "luggage", "--json"))
    suggested = merchant.ask("profile", "suggest", "--title", "Luggage")

    assert written["creation_profiles"]["luggage"]["attributes"]["item_name"] == {"field": "name"}
    assert checked["products"] > 0
    assert any("is required but not supplied.(90220)" in gap["message"] for gap in checked["gaps"])
    assert "LUGGAGE" in suggested
