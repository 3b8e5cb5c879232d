"""python-amazon-sp-api: what it makes of the sandbox's answers."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from buying import placed_order
from saleweaver import US, Saleweaver
from sp_api.api import (
    CatalogItems,
    Feeds,
    Inventories,
    ListingsItems,
    ListingsRestrictions,
    Orders,
    ProductTypeDefinitions,
    Reports,
    Sellers,
)
from sp_api.auth.exceptions import AuthorizationError
from sp_api.base.exceptions import SellingApiBadRequestException, SellingApiNotFoundException
from waiting import wait_until

from tests.sandbox.running import RunningSandbox

JSON_DOCUMENT = "application/json; charset=UTF-8"


@pytest.fixture
def amazon(sandbox: RunningSandbox) -> Saleweaver:
    return Saleweaver(sandbox)


def offer(price: float) -> list[dict[str, object]]:
    schedule = [{"schedule": [{"value_with_tax": price}]}]
    return [{"marketplace_id": US, "currency": "USD", "our_price": schedule}]


def is_finished(answer: object) -> bool:
    return answer("processingStatus") not in ("IN_QUEUE", "IN_PROGRESS")


def test_the_seller_takes_part_in_one_marketplace(amazon: Saleweaver) -> None:
    answer = amazon.client(Sellers).get_marketplace_participation()

    assert [one["marketplace"]["id"] for one in answer.payload] == [US]
    assert float(answer.rate_limit) == pytest.approx(0.016, abs=0.001)


def test_a_definition_is_found_and_read(amazon: Saleweaver) -> None:
    definitions = amazon.client(ProductTypeDefinitions)

    found = definitions.search_definitions_product_types(keywords="luggage")
    definition = definitions.get_definitions_product_type(
        found("productTypes")[0]["name"], requirements="LISTING"
    )
    schema = httpx.get(definition("schema")["link"]["resource"]).json()

    assert definition("productType") == "LUGGAGE"
    assert "item_name" in schema["required"]


def test_an_offer_is_put_patched_found_and_deleted(amazon: Saleweaver) -> None:
    catalog = amazon.client(CatalogItems, version="2022-04-01")
    [item] = catalog.search_catalog_items(keywords="umbrella", includedData="identifiers")("items")
    listings = amazon.client(ListingsItems)
    me = (amazon.seller_id, "PEER/ÜBER 2%")
    offer_only = {
        "productType": "KITCHEN",
        "requirements": "LISTING_OFFER_ONLY",
        "attributes": {
            "merchant_suggested_asin": [{"value": item["asin"], "marketplace_id": US}],
            "condition_type": [{"value": "new_new", "marketplace_id": US}],
            "purchasable_offer": offer(31.0),
            "fulfillment_availability": [{"fulfillment_channel_code": "DEFAULT", "quantity": 2}],
        },
    }
    cheaper = {"op": "replace", "path": "/attributes/purchasable_offer", "value": offer(29.5)}

    put = listings.put_listings_item(*me, marketplaceIds=[US], body=offer_only)
    patched = listings.patch_listings_item(
        *me, marketplaceIds=[US], body={"productType": "KITCHEN", "patches": [cheaper]}
    )
    [found] = wait_until(
        lambda: listings.search_listings_items(
            amazon.seller_id,
            identifiers=me[1],
            identifiersType="SKU",
            includedData="summaries,offers",
        )("items"),
        lambda items: (
            [one["offers"][0]["price"]["amount"] for one in items if one["offers"]] == ["29.50"]
        ),
    )
    read = listings.get_listings_item(*me, includedData="summaries,offers")
    deleted = listings.delete_listings_item(*me, marketplaceIds=[US])

    assert {put("status"), patched("status"), deleted("status")} == {"ACCEPTED"}
    assert read.payload == found
    assert found["summaries"][0]["asin"] == item["asin"]


def test_pages_of_listings_follow_the_token(amazon: Saleweaver) -> None:
    listings = amazon.client(ListingsItems)

    page = listings.search_listings_items(amazon.seller_id, pageSize=3)
    skus = [item["sku"] for item in page("items")]
    while page.next_token:
        page = listings.search_listings_items(
            amazon.seller_id, pageSize=3, pageToken=page.next_token
        )
        skus += [item["sku"] for item in page("items")]

    assert len(skus) == len(set(skus)) == page("numberOfResults")
    assert "OLD-MOKA-3" in skus


def test_a_guarded_brand_is_restricted(amazon: Saleweaver) -> None:
    catalog = amazon.client(CatalogItems, version="2022-04-01")
    [knife] = catalog.search_catalog_items(keywords="knife")("items")

    answer = amazon.client(ListingsRestrictions).get_listings_restrictions(
        asin=knife["asin"], sellerId=amazon.seller_id, conditionType="new_new"
    )

    [reason] = answer("restrictions")[0]["reasons"]
    assert reason["reasonCode"] == "APPROVAL_REQUIRED"


def test_what_amazon_keeps_is_counted(amazon: Saleweaver) -> None:
    answer = amazon.client(Inventories).get_inventory_summary_marketplace(
        details=True, marketplaceIds=[US], granularityType="Marketplace", granularityId=US
    )

    [kept] = answer("inventorySummaries")
    assert (kept["sellerSku"], kept["inventoryDetails"]["fulfillableQuantity"]) == ("OLD-PRESS", 25)


def test_a_feed_is_submitted_and_its_report_comes_back(amazon: Saleweaver) -> None:
    feeds = amazon.client(Feeds)
    stock = [{"fulfillment_channel_code": "DEFAULT", "quantity": 6}]
    message = {
        "messageId": 1,
        "sku": "OLD-BOTTLE",
        "operationType": "PATCH",
        "productType": "KITCHEN",
        "patches": [
            {"op": "replace", "path": "/attributes/fulfillment_availability", "value": stock}
        ],
    }
    header = {"sellerId": amazon.seller_id, "version": "2.0"}
    document = io.BytesIO(json.dumps({"header": header, "messages": [message]}).encode())

    [_, created] = feeds.submit_feed("JSON_LISTINGS_FEED", document, JSON_DOCUMENT)
    feed = wait_until(lambda: feeds.get_feed(created("feedId")), is_finished)
    report = json.loads(feeds.get_feed_document(feed("resultFeedDocumentId")))

    assert feed("processingStatus") == "DONE"
    assert report["summary"]["messagesAccepted"] == 1


def test_a_report_is_asked_for_and_downloaded(amazon: Saleweaver) -> None:
    reports = amazon.client(Reports)

    created = reports.create_report(reportType="GET_MERCHANT_LISTINGS_ALL_DATA")
    report = wait_until(lambda: reports.get_report(created("reportId")), is_finished)
    document = reports.get_report_document(report("reportDocumentId"), download=True)

    header, *rows = (line.split("\t") for line in document("document").splitlines())
    assert header[0] == "\ufeffitem-name"  # the library leaves the byte order mark to its caller
    assert "OLD-MOKA-3" in {row[header.index("seller-sku")] for row in rows}


def test_orders_are_searched_read_and_confirmed(
    amazon: Saleweaver, sandbox: RunningSandbox
) -> None:
    placed = {placed_order(sandbox, "OLD-MOKA-6")["orderId"] for _ in range(2)}
    orders = amazon.client(Orders, version="2026-01-01")
    wanted = {
        "createdAfter": (datetime.now(UTC) - timedelta(days=1)).isoformat(),
        "marketplaceIds": [US],
        "includedData": ["RECIPIENT", "PACKAGES"],
        "maxResultsPerPage": 1,
    }

    page = orders.search_orders(**wanted)
    found = list(page("orders"))
    while page.next_token:
        page = orders.search_orders(**wanted, paginationToken=page.next_token)
        found += page("orders")
    order_id = min(placed)
    order = orders.get_order(order_id, includedData=["PACKAGES"])("order")
    package = {
        "packageReferenceId": "1",
        "carrierCode": "USPS",
        "trackingNumber": "9400100000000000000000",
        "shipDate": datetime.now(UTC).isoformat(),
        "orderItems": [{"orderItemId": order["orderItems"][0]["orderItemId"], "quantity": 1}],
    }
    confirmed = amazon.client(Orders, version="v0").confirm_shipment(
        order_id, marketplaceId=US, packageDetail=package
    )
    shipped = orders.get_order(order_id, includedData=["PACKAGES"])("order")

    assert placed <= {one["orderId"] for one in found}
    assert confirmed.payload == {"status_code": 204}
    assert [one["carrier"] for one in shipped["packages"]] == ["USPS"]


def test_refusals_become_the_librarys_exceptions(amazon: Saleweaver) -> None:
    listings = amazon.client(ListingsItems)

    with pytest.raises(SellingApiNotFoundException) as missing:
        listings.get_listings_item(amazon.seller_id, "PEER-NOT-THERE")
    with pytest.raises(SellingApiBadRequestException) as wrong:
        listings.search_listings_items(amazon.seller_id, pageSize=99)

    assert missing.value.amzn_code == "NOT_FOUND"
    assert "pageSize" in wrong.value.message


def test_a_withdrawn_permission_is_told_in_oauths_words(amazon: Saleweaver) -> None:
    with pytest.raises(AuthorizationError) as refused:
        amazon.client(Sellers, refresh_token="Atzr|withdrawn").get_marketplace_participation()

    assert (refused.value.error_code, refused.value.status_code) == ("invalid_grant", 400)
