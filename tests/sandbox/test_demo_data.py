"""The demo's own catalog, world and product types keep what their README promises."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from sandbox.catalog import (
    DEMO_CATALOG,
    UnreadableCatalog,
    is_valid_barcode,
    read_products,
    sellable_items,
)
from sandbox.product_types import ProductType, load_product_types
from sandbox.world import (
    DEMO_WORLD,
    SHARE_KNOWN_TO_AMAZON,
    asin_of,
    draw_world,
    read_world,
)

README = (DEMO_CATALOG.parent / "README.md").read_text(encoding="utf-8")
FLAWED = set(
    re.findall(r"^\| `([A-Z0-9-]+)` \|", README.split("## Flaws")[1].split("## Clean")[0], re.M)
)

PRODUCTS = read_products(DEMO_CATALOG)
ITEMS = {item.sku: item for item in sellable_items(PRODUCTS)}
WORLD = read_world(DEMO_WORLD)


def test_the_catalog_is_as_large_as_its_readme_says() -> None:
    assert f"{len(PRODUCTS)} BigCommerce products with {len(ITEMS)} sellable variants" in README
    assert f"{len(FLAWED)} variants carry one; the other {len(ITEMS) - len(FLAWED)}" in README
    assert set(ITEMS) >= FLAWED


def test_only_the_flawed_barcodes_are_flawed() -> None:
    without = {sku for sku, item in ITEMS.items() if item.barcode is None}
    shared = [
        code for code, count in Counter(i.barcode for i in ITEMS.values()).items() if count > 1
    ]

    assert without == {"KIT-SPOON-NOCODE", "KIT-WHISK-BADCHECK", "FOOD-HONEY-LETTERS"}
    assert set(shared) - {None} == {ITEMS["FOOD-TEA-GREEN"].barcode}


def test_what_amazon_knows_has_a_barcode_and_an_asin_of_its_own() -> None:
    known = [ITEMS[sku] for sku in WORLD.known_to_amazon]

    assert all(item.barcode for item in known)
    assert len({asin_of(item) for item in known}) == len(known) == 30
    assert all(re.fullmatch(r"B0[0-9A-Z]{8}", asin_of(item)) for item in known)


def test_what_was_listed_before_differs_from_the_store_in_price_and_quantity() -> None:
    assert len(WORLD.listed_before) == 7
    for listed in WORLD.listed_before:
        item = ITEMS[listed.store_sku]
        assert item.sku in WORLD.known_to_amazon
        assert listed.price != f"{item.price:.2f}"
        assert listed.quantity != item.quantity
        assert f"| `{listed.amazon_sku}` |" in README


@pytest.mark.parametrize(
    ("text", "is_valid"),
    [
        ("4006381333931", True),
        ("4006381333932", False),
        ("036000291452", True),
        ("96385074", True),
        ("10012345678902", True),
        ("40123450A1234", False),
        ("٤٠٠٦٣٨١٣٣٣٩٣١", False),
        ("401234501", False),
        ("", False),
    ],
)
def test_a_barcode_is_valid_by_length_and_check_digit(text: str, is_valid: bool) -> None:
    assert is_valid_barcode(text) is is_valid


def test_a_drawn_world_knows_exactly_four_fifths_and_follows_the_seed() -> None:
    barcodes = {item.barcode for item in ITEMS.values()} - {None}
    world = draw_world(PRODUCTS, seed=5)

    assert len(world.known_to_amazon) == round(SHARE_KNOWN_TO_AMAZON * len(barcodes))
    assert "FOOD-TEA-COPY" not in world.known_to_amazon
    assert len(world.listed_before) == 10
    assert {listed.store_sku for listed in world.listed_before} <= world.known_to_amazon
    assert draw_world(PRODUCTS, seed=5) == world
    assert draw_world(PRODUCTS, seed=6) != world


def test_a_catalog_that_holds_something_else_is_named_by_its_line(tmp_path: Path) -> None:
    catalog = tmp_path / "catalog.ndjson"
    catalog.write_text('{"id": 1, "variants": []}\n\n[1]\n', encoding="utf-8")

    with pytest.raises(UnreadableCatalog, match="line 3: not a product"):
        read_products(catalog)


def offer(**changes: Any) -> dict[str, Any]:
    marketplace = {"marketplace_id": "ATVPDKIKX0DER"}
    price = [{"schedule": [{"value_with_tax": 9.5}]}]
    return {
        "condition_type": [{"value": "new_new", **marketplace}],
        "externally_assigned_product_identifier": [
            {"type": "ean", "value": "4012345010013", **marketplace}
        ],
        "purchasable_offer": [{"currency": "USD", "our_price": price, **marketplace}],
        "fulfillment_availability": [{"fulfillment_channel_code": "DEFAULT", "quantity": 3}],
        **changes,
    }


def complaints(schema: dict[str, Any], item: dict[str, Any]) -> set[str]:
    body = {name: value for name, value in schema.items() if name != "$schema"}
    validator = jsonschema_rs.Draft201909Validator(body)
    found = (re.findall(r'^"(\w+)" is a required', e.message) for e in validator.iter_errors(item))
    return {names[0] if names else "other" for names in found}


@pytest.mark.parametrize("product_type", load_product_types(), ids=lambda each: each.name)
def test_every_product_type_takes_an_offer_and_asks_for_what_is_missing(
    product_type: ProductType,
) -> None:
    schema = product_type.offer_only_schema
    nameless = {k: v for k, v in offer().items() if not k.startswith("externally")}

    assert complaints(schema, offer()) == set()
    assert complaints(schema, offer(item_name=[])) == {"other"}
    assert complaints(schema, nameless) == {
        "externally_assigned_product_identifier",
        "merchant_suggested_asin",
    }
    assert {"item_name", "brand"} <= complaints(product_type.schema, offer())


def test_kitchen_asks_for_all_three_lengths_and_a_parent_for_none_of_the_offer() -> None:
    kitchen = {each.name: each for each in load_product_types()}["KITCHEN"].schema
    text = {"language_tag": "en_US", "marketplace_id": "ATVPDKIKX0DER"}
    named = {
        name: [{"value": "x", **text}] for name in ("item_name", "brand", "product_description")
    }
    length = {"value": 2, "unit": "inches"}
    flat = offer(**named, item_dimensions=[{"length": length, "width": length}])

    assert complaints(kitchen, flat) == {
        "height",
        "number_of_items",
        "included_components",
        "color",
    }
    parent = {
        **named,
        "parentage_level": [{"value": "parent"}],
        "variation_theme": [{"name": "COLOR"}],
    }
    assert complaints(kitchen, parent) == set()
