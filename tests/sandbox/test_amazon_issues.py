"""Listings Items: what is refused at once, and what the catalog says only later."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.amazon_store import KNOWN_ASIN, KNOWN_EAN, US, AmazonStore, mug, offer


@pytest.fixture
def store() -> AmazonStore:
    return AmazonStore()


def codes(body: Any) -> list[str]:
    return [issue["code"] for issue in body["issues"]]


@pytest.mark.parametrize(
    ("changes", "code", "message", "names"),
    [
        (
            {"externally_assigned_product_identifier": None},
            "90220",
            "'External Product ID' is required but not supplied",
            ["externally_assigned_product_identifier"],
        ),
        (
            {"number_of_items": None},
            "90220",
            "'number_of_items' is required but not supplied.",
            ["number_of_items"],
        ),
        (
            {"item_dimensions": [{"width": {"value": 1, "unit": "inches"}}]},
            "99022",
            "The field 'height' for the attribute 'item_dimensions' does not have enough values. "
            "The required minimum is '1' value(s).",
            ["item_dimensions"],
        ),
        (
            {"included_components": [{"value": "Mug"}]},
            "90000900",
            "The attributes are invalid.",
            ["included_components"],
        ),
        (
            {"condition_type": [{"value": "mint"}]},
            "90244",
            "The value 'mint' is not acceptable for the attribute 'condition_type'.",
            ["condition_type"],
        ),
        (
            {"purchasable_offer": [offer("12.50")]},
            "4000001",
            "The value provided for 'purchasable_offer.our_price.schedule.value_with_tax' is "
            "invalid.",
            ["purchasable_offer"],
        ),
        (
            {"purchasable_offer": [offer(0)]},
            "4000001",
            "The value provided for 'purchasable_offer.our_price.schedule.value_with_tax' is "
            "invalid.",
            ["purchasable_offer"],
        ),
        (
            {"item_name": [{"value": "ü" * 101, "language_tag": "en_US"}]},
            "4000001",
            "The value provided for 'item_name.value' is invalid.",
            ["item_name"],
        ),
        (
            {"bullet_point": [{"value": text} for text in "abc"]},
            "4000001",
            "The value provided for 'bullet_point' is invalid.",
            ["bullet_point"],
        ),
    ],
)
def test_faulty_item_is_invalid_with_http_200(store, changes, code, message, names):
    body = store.put("MUG-1", mug(**changes))
    assert body["status"] == "INVALID"
    assert [(one["code"], one["message"], one["attributeNames"]) for one in body["issues"]] == [
        (code, message, names)
    ]
    store.clock.pass_by(60)
    assert store.state.listings() == []


def test_restricted_brand_and_product_type_come_as_catalog_issues_after_acceptance(store):
    store.state.restrict_brand("potter")
    item = store.listed("MUG-1", mug())
    assert codes(item) == ["5665"]
    assert item["issues"][0]["message"] == (
        "The seller is not allowed to list products under the restricted brand"
    )
    assert item["issues"][0]["categories"] == ["QUALIFICATION_REQUIRED"]
    assert item["summaries"][0]["status"] == []

    store.state.restrict_product_type("MUG")
    assert codes(store.listed("MUG-2", mug(brand=[{"value": "Free"}]))) == ["5462"]


def test_brand_of_the_matched_item_counts_too(store):
    store.state.restrict_brand("Stabilo")
    assert codes(store.listed("PEN", mug(KNOWN_EAN))) == ["5665"]


def test_wrong_check_digit_creates_no_asin(store):
    assert codes(store.listed("MUG-1", mug("5901234123458"))) == ["8572"]


def test_preview_keeps_nothing(store):
    preview = store.put(
        "MUG-1", mug(KNOWN_EAN), mode="VALIDATION_PREVIEW", includedData="identifiers,issues"
    )
    assert preview["status"] == "VALID"
    assert preview["identifiers"] == [{"marketplaceId": US, "asin": KNOWN_ASIN}]
    store.clock.pass_by(60)
    assert store.state.listings() == []


def test_fault_mark_makes_amazon_accept_and_ignore():
    store = AmazonStore()
    marked = store.app

    async def ignoring(scope, receive, send):
        scope["sandbox.fault"] = "accept_and_ignore"
        await marked(scope, receive, send)

    store.client = type(store.client)(ignoring, headers=store.client.headers)
    assert store.put("MUG-1", mug())["status"] == "ACCEPTED"
    store.clock.pass_by(60)
    assert store.state.listings() == []
