"""Amazon's own SDK (amzn-sp-api): what its typed models make of the sandbox's answers."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import datetime, timedelta

import httpx
import pytest
from amazon_sdk import AmazonSdk, amazon_sdk, unlike
from spapi import (
    ApiException,
    CatalogApi,
    DefinitionsApi,
    FbaInventoryApi,
    ListingsApi,
    ListingsRestrictionsApi,
    SellersApi,
)
from spapi.models.listings_items_v2021_08_01 import (
    ListingsItemPatchRequest,
    ListingsItemPutRequest,
    PatchOperation,
)
from waiting import wait_until

from tests.sandbox.running import RunningSandbox

US = "ATVPDKIKX0DER"
WHOLE_LISTING = [
    "summaries",
    "attributes",
    "issues",
    "offers",
    "fulfillmentAvailability",
    "relationships",
    "productTypes",
]
WHOLE_CATALOG_ITEM = ["attributes", "identifiers", "productTypes", "relationships", "summaries"]


@pytest.fixture
def amazon(sandbox: RunningSandbox) -> AmazonSdk:
    return amazon_sdk(sandbox)


def offer(price: float) -> list[dict[str, object]]:
    schedule = [{"schedule": [{"value_with_tax": price}]}]
    return [{"marketplace_id": US, "currency": "USD", "our_price": schedule}]


def stock(quantity: int) -> list[dict[str, object]]:
    return [{"fulfillment_channel_code": "DEFAULT", "quantity": quantity}]


def test_the_seller_takes_part_in_one_marketplace(amazon: AmazonSdk) -> None:
    [one] = amazon.read(SellersApi(amazon.client).get_marketplace_participations).payload

    assert (one.marketplace.id, one.marketplace.default_currency_code) == (US, "USD")
    assert one.participation.is_participating is True


def test_what_a_model_leaves_out_or_changes_is_noticed(amazon: AmazonSdk) -> None:
    model = SellersApi(amazon.client).get_marketplace_participations()
    sent = json.loads(amazon.client.last_response.data)
    sent["payload"][0]["marketplace"]["currency"] = "USD"
    sent["payload"][0]["storeName"] = 5

    assert unlike(model, sent) == [
        ".payload[0].marketplace.currency: sent 'USD', read as None",
        ".payload[0].storeName: sent 5, read as 'Sandbox Store'",
    ]


def test_a_schema_that_is_fetched_by_its_link_has_the_checksum(amazon: AmazonSdk) -> None:
    definitions = DefinitionsApi(amazon.client)

    found = amazon.read(definitions.search_definitions_product_types, [US], keywords=["kitchen"])
    definition = amazon.read(
        definitions.get_definitions_product_type,
        found.product_types[0].name,
        [US],
        seller_id=amazon.seller_id,
        requirements="LISTING",
    )
    schema = httpx.get(definition.var_schema.link.resource).content

    assert base64.b64encode(hashlib.md5(schema).digest()).decode() == definition.var_schema.checksum
    assert definition.product_type_version.latest is True
    titles = {name: group.title for name, group in definition.property_groups.items()}
    offered = definition.property_groups["offer"].property_names
    assert titles["offer"] == "Offer"
    assert set(offered) <= set(json.loads(schema)["properties"])


def test_an_offer_is_put_patched_searched_and_deleted(amazon: AmazonSdk) -> None:
    listings, sku = ListingsApi(amazon.client), "PEER/SDK 50% & more"
    found = amazon.read(
        CatalogApi(amazon.client).search_catalog_items,
        [US],
        keywords=["flashlight"],
        included_data=WHOLE_CATALOG_ITEM,
    )
    asin = found.items[0].asin
    offer_only = ListingsItemPutRequest(
        product_type="KITCHEN",
        requirements="LISTING_OFFER_ONLY",
        attributes={
            "merchant_suggested_asin": [{"value": asin, "marketplace_id": US}],
            "condition_type": [{"value": "new_new", "marketplace_id": US}],
            "purchasable_offer": offer(18.5),
            "fulfillment_availability": stock(4),
        },
    )
    cheaper = ListingsItemPatchRequest(
        product_type="KITCHEN",
        patches=[
            PatchOperation(op="replace", path="/attributes/purchasable_offer", value=offer(17.0)),
            PatchOperation(
                op="replace", path="/attributes/fulfillment_availability", value=stock(9)
            ),
        ],
    )
    me = (amazon.seller_id, sku, [US])

    put = amazon.read(listings.put_listings_item, *me, offer_only)
    patched = amazon.read(listings.patch_listings_item, *me, cheaper)
    [found_again] = wait_until(
        lambda: (
            amazon.read(
                listings.search_listings_items,
                amazon.seller_id,
                [US],
                identifiers=[sku],
                identifiers_type="SKU",
                included_data=WHOLE_LISTING,
            ).items
        ),
        lambda items: [one.offers[0].price.amount for one in items if one.offers] == ["17.00"],
    )
    item = amazon.read(listings.get_listings_item, *me, included_data=WHOLE_LISTING)
    deleted = amazon.read(listings.delete_listings_item, *me)

    assert {put.status, patched.status, deleted.status} == {"ACCEPTED"}
    assert (item.sku, item.summaries[0].asin) == (sku, asin)
    assert set(item.summaries[0].status) == {"BUYABLE", "DISCOVERABLE"}
    assert item.fulfillment_availability[0].quantity == 9
    assert found_again == item


def test_a_refused_item_comes_with_issues_that_name_their_attributes(amazon: AmazonSdk) -> None:
    nothing = ListingsItemPutRequest(
        product_type="KITCHEN",
        requirements="LISTING",
        attributes={"item_name": [{"value": "A pan", "marketplace_id": US}]},
    )

    for mode in ({}, {"mode": "VALIDATION_PREVIEW"}):
        refused = amazon.read(
            ListingsApi(amazon.client).put_listings_item,
            amazon.seller_id,
            "PEER-REFUSED",
            [US],
            nothing,
            **mode,
        )
        named = {name for issue in refused.issues for name in issue.attribute_names or []}

        assert refused.status == "INVALID"
        assert {issue.severity for issue in refused.issues} == {"ERROR"}
        assert "included_components" in named


def test_pages_of_listings_follow_the_token(amazon: AmazonSdk) -> None:
    search = ListingsApi(amazon.client).search_listings_items
    page = amazon.read(search, amazon.seller_id, [US], page_size=3)
    skus = [item.sku for item in page.items]
    while page.pagination and page.pagination.next_token:
        token = page.pagination.next_token
        page = amazon.read(search, amazon.seller_id, [US], page_size=3, page_token=token)
        skus += [item.sku for item in page.items]

    assert len(skus) == len(set(skus)) == page.number_of_results
    assert "OLD-MOKA-3" in skus


def test_a_guarded_brand_is_restricted(amazon: AmazonSdk) -> None:
    found = amazon.read(CatalogApi(amazon.client).search_catalog_items, [US], keywords=["knife"])

    answer = amazon.read(
        ListingsRestrictionsApi(amazon.client).get_listings_restrictions,
        found.items[0].asin,
        amazon.seller_id,
        [US],
        condition_type="new_new",
    )

    [reason] = answer.restrictions[0].reasons
    assert reason.reason_code == "APPROVAL_REQUIRED"
    assert reason.links[0].verb == "GET"


def test_what_amazon_keeps_is_counted(amazon: AmazonSdk) -> None:
    answer = amazon.read(
        FbaInventoryApi(amazon.client).get_inventory_summaries,
        "Marketplace",
        US,
        [US],
        details=True,
        start_date_time=datetime.now().astimezone() - timedelta(days=400),
    )

    [kept] = answer.payload.inventory_summaries
    assert (kept.seller_sku, kept.inventory_details.fulfillable_quantity) == ("OLD-PRESS", 25)


def test_an_unknown_listing_raises_the_sdks_exception(amazon: AmazonSdk) -> None:
    with pytest.raises(ApiException) as caught:
        ListingsApi(amazon.client).get_listings_item(amazon.seller_id, "PEER-NOT-THERE", [US])

    assert caught.value.status == 404
    assert json.loads(caught.value.body)["errors"][0]["code"] == "NOT_FOUND"


def test_a_token_without_a_seller_reads_no_listings(sandbox: RunningSandbox) -> None:
    grantless = amazon_sdk(sandbox, scope="sellingpartnerapi::notifications")

    with pytest.raises(ApiException) as caught:
        ListingsApi(grantless.client).search_listings_items(grantless.seller_id, [US])

    assert caught.value.status == 403
