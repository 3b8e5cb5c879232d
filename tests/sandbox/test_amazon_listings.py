"""Listings Items: what is accepted, what takes effect, and what the catalog says later."""

from __future__ import annotations

import pytest

from tests.sandbox.amazon_store import (
    KNOWN_ASIN,
    KNOWN_EAN,
    NEW_EAN,
    SELLER,
    US,
    AmazonStore,
    mug,
    offer,
    stock,
)


@pytest.fixture
def store() -> AmazonStore:
    return AmazonStore()


def codes(body) -> list[str]:
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


def test_preview_keeps_nothing(store):
    preview = store.put(
        "MUG-1", mug(KNOWN_EAN), mode="VALIDATION_PREVIEW", includedData="identifiers,issues"
    )
    assert preview["status"] == "VALID"
    assert preview["identifiers"] == [{"marketplaceId": US, "asin": KNOWN_ASIN}]
    store.clock.pass_by(60)
    assert store.state.listings() == []


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


def test_fba_listing_shows_no_quantity_and_is_buyable(store):
    store.state.add_existing_listing(
        sku="FBA-1",
        asin=KNOWN_ASIN,
        product_type="MUG",
        item_name="Pens",
        price="19.99",
        currency="USD",
        quantity=30,
        fulfillment_channel_code="AMAZON_NA",
        marketplace_id=US,
    )
    item = store.get("FBA-1")
    assert item["fulfillmentAvailability"] == [{"fulfillmentChannelCode": "AMAZON_NA"}]
    assert "BUYABLE" in item["summaries"][0]["status"]
    params = {
        "marketplaceIds": US,
        "granularityType": "Marketplace",
        "granularityId": US,
        "details": "true",
    }
    summary = store.client.get("/fba/inventory/v1/summaries", params=params).json()["payload"]
    assert summary["inventorySummaries"][0]["inventoryDetails"]["fulfillableQuantity"] == 30


def test_search_pages_through_at_most_a_thousand_skus(store):
    for number in range(1_005):
        store.state.add_existing_listing(
            sku=f"S{number}",
            asin=KNOWN_ASIN,
            product_type="MUG",
            item_name="Pens",
            price="1.00",
            currency="USD",
            quantity=1,
            fulfillment_channel_code="DEFAULT",
            marketplace_id=US,
        )
    path = f"/listings/2021-08-01/items/{SELLER.seller_id}"
    params = {"marketplaceIds": US, "pageSize": "20", "sortBy": "sku", "sortOrder": "ASC"}
    body = store.client.get(path, params=params).json()
    assert body["numberOfResults"] == 1_005
    found = {item["sku"] for item in body["items"]}
    while "pagination" in body:
        token = {"pageToken": body["pagination"]["nextToken"]}
        body = store.client.get(path, params={**params, **token}).json()
        found |= {item["sku"] for item in body["items"]}
    assert len(found) == 1_000

    params = {"marketplaceIds": US, "identifiersType": "SKU", "identifiers": "S1,S2,NONE"}
    assert store.client.get(path, params=params).json()["numberOfResults"] == 2
    params["identifiers"] = ",".join(f"S{number}" for number in range(21))
    assert store.client.get(path, params=params).status_code == 400


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


def test_quantity_is_shared_by_the_stores_of_a_region(store):
    store.listed("MUG-1", mug(NEW_EAN))
    in_canada = "A2EUQ1WTGCTBG2"
    store.put("MUG-1", mug(NEW_EAN, fulfillment_availability=[stock(4)]), marketplaceIds=in_canada)
    store.clock.pass_by(10)
    item = store.get("MUG-1", f"{US},{in_canada}")
    assert len(item["summaries"]) == 2
    assert item["fulfillmentAvailability"][0]["quantity"] == 4
