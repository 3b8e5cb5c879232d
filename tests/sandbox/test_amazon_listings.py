"""Listings Items: what is accepted, what takes effect, and what a patch leaves alone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.amazon_store import (
    KNOWN_ASIN,
    KNOWN_EAN,
    NEW_EAN,
    US,
    AmazonStore,
    mug,
    offer,
    stock,
)


@pytest.fixture
def store() -> AmazonStore:
    return AmazonStore()


def codes(body: Any) -> list[str]:
    return [issue["code"] for issue in body["issues"]]


def test_accepted_item_takes_effect_only_after_some_seconds(store):
    assert store.put("MUG-1", mug())["status"] == "ACCEPTED"
    assert (
        store.client.get(store.item_path("MUG-1"), params={"marketplaceIds": US}).status_code == 404
    )

    store.clock.pass_by(6)
    item = store.get("MUG-1")
    assert item["summaries"][0]["status"] == ["BUYABLE", "DISCOVERABLE"]
    assert item["offers"][0]["price"] == {"currencyCode": "USD", "amount": "12.50"}
    assert item["fulfillmentAvailability"] == [{"fulfillmentChannelCode": "DEFAULT", "quantity": 7}]


def test_new_asin_is_the_same_in_every_run_and_for_every_sku_of_a_barcode(store):
    first = store.listed("MUG-1", mug())["summaries"][0]["asin"]
    second = store.listed("MUG-2", mug())["summaries"][0]["asin"]
    elsewhere = AmazonStore().listed("OTHER", mug())["summaries"][0]["asin"]
    assert first == second == elsewhere


def test_known_barcode_links_to_its_asin_also_without_leading_zeros(store):
    as_gtin = [{"type": "gtin", "value": "0" + KNOWN_EAN, "marketplace_id": US}]
    attributes = mug(externally_assigned_product_identifier=as_gtin)
    assert store.listed("PEN", attributes)["summaries"][0]["asin"] == KNOWN_ASIN


def test_offer_only_needs_an_asin_that_matches(store):
    only_offer = {"purchasable_offer": [offer(9.0)], "fulfillment_availability": [stock(1)]}
    refused = store.put("PEN", only_offer, "LISTING_OFFER_ONLY")
    assert refused["status"] == "INVALID"
    assert refused["issues"][0]["message"] == (
        "'Merchant Suggested ASIN' is required but not supplied"
    )
    assert refused["issues"][0]["attributeNames"] == ["merchant_suggested_asin"]

    suggested = [{"value": KNOWN_ASIN, "marketplace_id": US}]
    item = store.listed(
        "PEN", {**only_offer, "merchant_suggested_asin": suggested}, "LISTING_OFFER_ONLY"
    )
    assert item["summaries"][0]["asin"] == KNOWN_ASIN
    assert item["summaries"][0]["itemName"] == "Pens, box of four"
    assert "BUYABLE" in item["summaries"][0]["status"]


def test_put_replaces_everything_and_patch_only_what_it_names(store):
    store.listed("MUG-1", mug(bullet_point=[{"value": "Holds tea"}]))
    store.patch("MUG-1", ("replace", "fulfillment_availability", [stock(3)]))
    store.clock.pass_by(10)
    attributes = store.get("MUG-1")["attributes"]
    assert attributes["bullet_point"] == [{"value": "Holds tea"}]
    assert attributes["fulfillment_availability"] == [stock(3)]

    assert "bullet_point" not in store.listed("MUG-1", mug())["attributes"]


def test_merge_keeps_siblings_and_delete_goes_by_selectors(store):
    business = offer(11.0, audience="B2B")
    store.listed(
        "MUG-1",
        mug(
            fulfillment_availability=[stock(7, lead_time_to_ship_max_days=4)],
            purchasable_offer=[offer(12.5, audience="ALL"), business],
        ),
    )
    store.patch(
        "MUG-1",
        ("merge", "fulfillment_availability", [stock(2)]),
        (
            "delete",
            "purchasable_offer",
            [{"marketplace_id": US, "currency": "USD", "audience": "B2B"}],
        ),
    )
    store.clock.pass_by(10)
    attributes = store.get("MUG-1")["attributes"]
    assert attributes["fulfillment_availability"] == [stock(2, lead_time_to_ship_max_days=4)]
    assert [entry["audience"] for entry in attributes["purchasable_offer"]] == ["ALL"]


def test_merge_without_its_selector_and_deep_paths_are_refused(store):
    store.listed("MUG-1", mug())
    refused = store.patch("MUG-1", ("merge", "fulfillment_availability", [{"quantity": 2}]))
    assert (refused["status"], codes(refused)) == ("INVALID", ["90000900"])
    refused = store.patch("MUG-1", ("replace", "purchasable_offer/0", [offer(1.0)]))
    assert refused["status"] == "INVALID"


def test_patch_on_unknown_sku_is_accepted_and_makes_half_a_listing(store):
    assert store.patch("GHOST", ("replace", "purchasable_offer", [offer(5.0)]))["status"] == (
        "ACCEPTED"
    )
    store.clock.pass_by(10)
    item = store.get("GHOST")
    assert item["summaries"][0]["status"] == []
    assert "asin" not in item["summaries"][0]
    assert codes(item) == ["90220"]


def test_out_of_stock_is_discoverable_only_and_deleted_is_gone(store):
    item = store.listed("MUG-1", mug(fulfillment_availability=[stock(0)]))
    assert item["summaries"][0]["status"] == ["DISCOVERABLE"]

    answer = store.client.delete(store.item_path("MUG-1"), params={"marketplaceIds": US})
    assert answer.json()["status"] == "ACCEPTED"
    assert len(store.state.listings()) == 1
    store.clock.pass_by(10)
    assert store.state.listings() == []


def test_sku_with_reserved_characters_survives_the_path(store):
    sku = "A/B 100% +ü?"
    assert store.listed(sku, mug())["sku"] == sku


def test_quantity_is_shared_by_the_stores_of_a_region(store):
    store.listed("MUG-1", mug(NEW_EAN))
    in_canada = "A2EUQ1WTGCTBG2"
    store.put("MUG-1", mug(NEW_EAN, fulfillment_availability=[stock(4)]), marketplaceIds=in_canada)
    store.clock.pass_by(10)
    item = store.get("MUG-1", f"{US},{in_canada}")
    assert len(item["summaries"]) == 2
    assert item["fulfillmentAvailability"][0]["quantity"] == 4
