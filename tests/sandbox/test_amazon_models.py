"""Every answer and refusal is valid by Amazon's own Swagger models, with no foreign field."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft4Validator, Draft7Validator

from tests.sandbox.amazon_store import (
    CA,
    KNOWN_ASIN,
    KNOWN_EAN,
    SELLER,
    US,
    AmazonStore,
    feed_of,
    mug,
    offer,
)

SPECS = Path(__file__).resolve().parents[2] / "../shared/specs/amazon"
MODELS = (
    "catalog-items-api-model/catalogItems_2022-04-01.json",
    "fba-inventory-api-model/fbaInventory.json",
    "feeds-api-model/feeds_2021-06-30.json",
    "listings-items-api-model/listingsItems_2021-08-01.json",
    "listings-restrictions-api-model/listingsRestrictions_2021-08-01.json",
    "notifications-api-model/notifications.json",
    "orders-api-model/ordersV0.json",
    "orders-api-model/orders_2026-01-01.json",
    "product-type-definitions-api-model/definitionsProductTypes_2020-09-01.json",
    "reports-api-model/reports_2021-06-30.json",
    "sellers-api-model/sellers.json",
)
pytestmark = pytest.mark.skipif(not SPECS.is_dir(), reason="Amazon's models are not at hand")


class Models:
    """Amazon's models, made strict: an object has no property beside its own."""

    def __init__(self) -> None:
        self._operations = [
            operation
            for name in MODELS
            for operation in _operations(json.loads((SPECS / "models" / name).read_text()))
        ]

    def check(self, response: httpx.Response) -> str | None:
        """The name of the operation, if it is one; fails where the body is not valid."""
        raw_path = response.request.url.raw_path.decode().partition("?")[0]
        for method, path, name, responses in self._operations:
            if method == response.request.method and path.fullmatch(raw_path):
                declared = responses[str(response.status_code)]
                assert (declared is None) == (not response.content), name
                if declared is not None:
                    faults = [error.message for error in declared.iter_errors(response.json())]
                    assert not faults, (name, response.status_code, faults)
                return name
        return None


def _operations(model: dict[str, Any]) -> Iterator[tuple[str, re.Pattern[str], str, Any]]:
    definitions = {name: _strict(one) for name, one in model["definitions"].items()}
    for template, methods in model["paths"].items():
        path = re.compile(re.sub(r"\{\w+\}", "[^/]+", template))
        for method, operation in methods.items():
            if isinstance(operation, dict) and "operationId" in operation:
                responses = {
                    status: _validator(_response(model, one), definitions)
                    for status, one in operation["responses"].items()
                }
                yield method.upper(), path, operation["operationId"], responses


def _response(model: dict[str, Any], response: dict[str, Any]) -> dict[str, Any] | None:
    if "$ref" in response:
        response = model["responses"][response["$ref"].rpartition("/")[2]]
    return response.get("schema")


def _validator(schema: Any, definitions: Any) -> Draft4Validator | None:
    return Draft4Validator({**schema, "definitions": definitions}) if schema else None


def _strict(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_strict(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    strict = {key: _strict(value) for key, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and schema.get("type", "object") == "object":
        strict.setdefault("additionalProperties", False)
    return strict


@pytest.fixture
def store() -> AmazonStore:
    return AmazonStore()


@pytest.fixture
def seen(store: AmazonStore) -> set[tuple[str, int]]:
    models = Models()
    seen: set[tuple[str, int]] = set()

    def check(response: httpx.Response) -> None:
        response.read()
        name = models.check(response)
        if name:
            seen.add((name, response.status_code))

    store.client.event_hooks["response"].append(check)
    return seen


def listings_calls(store: AmazonStore) -> None:
    store.listed("MUG-1", mug())
    store.put("MUG-1", mug(KNOWN_EAN), mode="VALIDATION_PREVIEW", includedData="identifiers")
    store.put("BAD", mug(number_of_items=None, purchasable_offer=[offer(-1)]))
    store.patch("GHOST", ("replace", "purchasable_offer", [offer(5.0)]))
    store.state.restrict_brand("Potter")
    store.listed("HELD", mug("0000000000017"))
    client = store.client
    every_data_set = {
        "marketplaceIds": f"{US},{CA}",
        "includedData": "summaries,attributes,issues,offers,fulfillmentAvailability,procurement,"
        "relationships,productTypes",
    }
    root = f"/listings/2021-08-01/items/{SELLER.seller_id}"
    first = client.get(root, params={**every_data_set, "pageSize": "1"}).json()
    assert first["numberOfResults"] == 3
    client.get(root, params={"marketplaceIds": "ELSEWHERE"})
    client.get(store.item_path("NONE"), params={"marketplaceIds": US})
    client.put(store.item_path("MUG-1"), params={"marketplaceIds": US}, content=b"{")
    client.patch(store.item_path("MUG-1"), params={"marketplaceIds": US}, json={})
    client.delete(store.item_path("MUG-1"))
    client.delete(store.item_path("MUG-1"), params={"marketplaceIds": US})
    restrictions = {"sellerId": SELLER.seller_id, "marketplaceIds": US}
    for asin in (KNOWN_ASIN, "B000000000", ""):
        params = {**restrictions, "asin": asin}
        client.get("/listings/2021-08-01/restrictions", params=params)
    store.state.restrict_product_type("MUG")
    client.get("/listings/2021-08-01/restrictions", params={**restrictions, "asin": KNOWN_ASIN})


def catalog_calls(store: AmazonStore) -> None:
    client = store.client
    every_data_set = (
        "attributes,classifications,dimensions,identifiers,images,productTypes,relationships,"
        "salesRanks,summaries,vendorDetails"
    )
    params = {"marketplaceIds": US, "includedData": every_data_set}
    client.get("/catalog/2022-04-01/items", params={**params, "keywords": "pens"})
    client.get("/catalog/2022-04-01/items", params=params)
    client.get(f"/catalog/2022-04-01/items/{KNOWN_ASIN}", params=params)
    client.get("/catalog/2022-04-01/items/B000000000", params=params)
    definitions = "/definitions/2020-09-01/productTypes"
    client.get(definitions, params={"marketplaceIds": US})
    client.get(definitions)
    client.get(f"{definitions}/MUG", params={"marketplaceIds": US})
    client.get(f"{definitions}/NONE", params={"marketplaceIds": US})
    client.get(f"{definitions}/MUG", params={"marketplaceIds": US, "requirements": "ALL"})
    client.get("/sellers/v1/marketplaceParticipations")
    store.list_before("FBA-1", fulfillment_channel_code="AMAZON_NA")
    inventory = {"marketplaceIds": US, "granularityType": "Marketplace", "granularityId": US}
    client.get("/fba/inventory/v1/summaries", params={**inventory, "details": "true"})
    client.get("/fba/inventory/v1/summaries", params={**inventory, "granularityId": "X"})


def feed_and_report_calls(store: AmazonStore) -> None:
    client = store.client
    update = {"sku": "A", "operationType": "UPDATE", "productType": "MUG", "attributes": mug()}
    included = {"includedData": ["summaries", "offers"], "apiVersion": "2021-08-01"}
    feed_id = store.submit_feed(feed_of(update, {"sku": "B"}, update, report=included))
    store.feed(feed_id)
    store.clock.pass_by(90)
    client.get("/feeds/2021-06-30/feeds", params={"feedTypes": "JSON_LISTINGS_FEED"})
    schema = SPECS / "schemas/feeds/listings-feed-processing-report-schema-v2.json"
    report = store.processing_report(feed_id)
    Draft7Validator(json.loads(schema.read_text())).validate(report)
    assert report["summary"]["messagesProcessed"] == 3
    client.delete(f"/feeds/2021-06-30/feeds/{feed_id}")
    client.delete("/feeds/2021-06-30/feeds/" + store.submit_feed(b""))
    store.feed("0")
    client.post("/feeds/2021-06-30/feeds", json={"feedType": "X"})
    client.post("/feeds/2021-06-30/documents", json={})
    client.get("/feeds/2021-06-30/documents/0")
    root = "/reports/2021-06-30"
    body = {"reportType": "GET_MERCHANT_LISTINGS_ALL_DATA", "marketplaceIds": [US]}
    report_id = client.post(f"{root}/reports", json=body).json()["reportId"]
    client.delete(f"{root}/reports/{client.post(f'{root}/reports', json=body).json()['reportId']}")
    store.clock.pass_by(20)
    document_id = client.get(f"{root}/reports/{report_id}").json()["reportDocumentId"]
    client.get(f"{root}/documents/{document_id}")
    client.get(f"{root}/reports", params={"reportTypes": body["reportType"]})
    client.get(f"{root}/reports/0")
    client.post(f"{root}/reports", json={})


def order_calls(store: AmazonStore) -> None:
    items = [{"sku": "X", "quantity": 2, "price": "3.10", "tax": "0.25", "shipping": "1"}]
    order = store.state.place_order({"items": items, "programs": ["PRIME"]})
    store.state.place_order({"items": items, "status": "PENDING"})
    store.state.place_order({"items": items, "status": "CANCELLED", "fulfilledBy": "AMAZON"})
    package = {
        "packageReferenceId": "1",
        "carrierCode": "UPS",
        "shippingMethod": "Ground",
        "trackingNumber": "1Z999",
        "shipDate": store.clock.now().isoformat(),
        "orderItems": [{"orderItemId": order["orderItems"][0]["orderItemId"], "quantity": 1}],
    }
    client = store.client
    for body in ({"marketplaceId": US, "packageDetail": package}, {}):
        client.post(f"/orders/v0/orders/{order['orderId']}/shipmentConfirmation", json=body)
    client.post("/orders/v0/orders/0/shipmentConfirmation", json={})
    store.clock.pass_by(130)
    params = {
        "createdAfter": "2020-01-01T00:00:00Z",
        "includedData": "BUYER,RECIPIENT,PROCEEDS,EXPENSE,PROMOTION,CANCELLATION,FULFILLMENT,"
        "PACKAGES,TAX,PAYMENT,FULFILLMENT_ORDERS",
    }
    found = client.get("/orders/2026-01-01/orders", params={**params, "maxResultsPerPage": "2"})
    assert len(found.json()["orders"]) == 2
    client.get("/orders/2026-01-01/orders")
    client.get(f"/orders/2026-01-01/orders/{order['orderId']}", params=params)
    client.get("/orders/2026-01-01/orders/0")


def notification_calls(store: AmazonStore) -> None:
    scope = "sellingpartnerapi::notifications"
    token = store.log_in(grant_type="client_credentials", scope=scope)["access_token"]
    client, grantless = store.client, {"x-amz-access-token": token}
    root = "/notifications/v1"
    queue = {"sqs": {"arn": "arn:aws:sqs:us-east-2:444455556666:queue1"}}
    bus = {"eventBridge": {"region": "us-east-1", "accountId": "1"}}
    ids = []
    for resource in (queue, bus, queue, {}):
        body = {"name": "ours", "resourceSpecification": resource}
        made = client.post(f"{root}/destinations", json=body, headers=grantless)
        ids.append(made.json().get("payload", {}).get("destinationId"))
    client.get(f"{root}/destinations", headers=grantless)
    client.get(f"{root}/destinations/{ids[1]}", headers=grantless)
    client.delete(f"{root}/destinations/{ids[1]}", headers=grantless)
    orders = f"{root}/subscriptions/ORDER_CHANGE"
    body = {"payloadVersion": "1.0", "destinationId": ids[0]}
    subscription_id = client.post(orders, json=body).json()["payload"]["subscriptionId"]
    client.get(orders)
    client.get(f"{orders}/{subscription_id}", headers=grantless)
    client.delete(f"{orders}/{subscription_id}", headers=grantless)
    client.get(orders)


def test_answers_and_refusals_are_valid_by_the_models(store, seen):
    listings_calls(store)
    catalog_calls(store)
    feed_and_report_calls(store)
    order_calls(store)
    notification_calls(store)
    names = {name for name, _ in seen}
    assert len(names) == 34
    assert {status for _, status in seen} == {200, 201, 202, 204, 400, 404, 409}


def test_refused_tokens_are_valid_by_the_models(store, seen):
    store.client.headers["x-amz-access-token"] = "Atza|made-up"
    store.client.get("/listings/2021-08-01/restrictions")
    store.client.get("/sellers/v1/marketplaceParticipations")
    store.client.get(store.item_path("A"))
    assert {status for _, status in seen} == {403}


def test_home_schema_of_amazon_finds_what_a_bare_item_lacks():
    """Amazon's real HOME type: the seven required names are far from enough."""
    schema = json.loads((SPECS / "product_types/HOME-us.json").read_text())
    store = AmazonStore()
    store.state.register_product_type("HOME", schema, schema, "Home")
    path = store.item_path("HOME-1")
    body = {"productType": "HOME", "requirements": "LISTING", "attributes": mug()}
    answer = store.client.put(path, params={"marketplaceIds": US}, json=body).json()
    assert answer["status"] == "INVALID"
    missing = {one["attributeNames"][0] for one in answer["issues"] if one["code"] == "90220"}
    assert {"country_of_origin", "list_price", "product_description"} <= missing
    assert "item_name" not in missing
