"""Finding what is listed: searches, pages, and the stock in Amazon's own warehouses."""

from __future__ import annotations

import pytest

from tests.sandbox.amazon_store import SELLER, US, AmazonStore


@pytest.fixture
def store() -> AmazonStore:
    return AmazonStore()


def test_fba_listing_shows_no_quantity_and_is_buyable(store):
    store.list_before("FBA-1", fulfillment_channel_code="AMAZON_NA")
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
        store.list_before(f"S{number}")
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


def test_children_are_found_by_their_parent(store):
    relation = [{"child_relationship_type": "variation", "parent_sku": "FAMILY"}]
    parent = {"parentage_level": [{"value": "parent"}]}
    child = {"child_parent_sku_relationship": relation}
    for sku, attributes in (("FAMILY", parent), ("CHILD", child), ("LONE", {})):
        store.list_before(sku, attributes=attributes)
    path = f"/listings/2021-08-01/items/{SELLER.seller_id}"
    query = {"marketplaceIds": US, "variationParentSku": "FAMILY"}
    params = {**query, "includedData": "relationships"}
    items = store.client.get(path, params=params).json()["items"]
    assert [item["sku"] for item in items] == ["CHILD"]
    assert items[0]["relationships"][0]["relationships"][0]["parentSkus"] == ["FAMILY"]
    both = {**query, "identifiersType": "SKU", "identifiers": "CHILD"}
    assert store.client.get(path, params=both).status_code == 400


def test_inventory_page_token_expires_after_thirty_seconds(store):
    for number in range(60):
        store.list_before(f"FBA-{number}", fulfillment_channel_code="AMAZON_NA")
    path = "/fba/inventory/v1/summaries"
    query = {"marketplaceIds": US, "granularityType": "Marketplace", "granularityId": US}
    first = store.client.get(path, params=query).json()
    token = {"nextToken": first["pagination"]["nextToken"]}
    second = store.client.get(path, params={**query, **token}).json()
    pages = [page["payload"]["inventorySummaries"] for page in (first, second)]
    assert [len(page) for page in pages] == [50, 10]
    store.clock.pass_by(31)
    assert store.client.get(path, params={**query, **token}).status_code == 400
