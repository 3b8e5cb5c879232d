"""Every operation of the sandbox's store, held once against BigCommerce's specification."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from vendor_specifications import KNOWN, Contradiction, Exchange, Judge

from tests.sandbox.bigcommerce_store import (
    COLOUR_MODIFIER,
    ENGRAVED,
    LARGE_SHIRT,
    MUG,
    MUG_VARIANT,
    RED,
    SHIRT,
    SMALL_SHIRT,
    SmallStore,
    custom_line,
    line,
)

NULLS_OF_ALL_VARIANTS = Contradiction(
    "bigcommerce",
    ("GET /v3/catalog/variants", "PUT /v3/catalog/variants"),
    r"response body /data/\d+/((cost|sale|retail)_price|price|weight|width|height|depth|"
    r"fixed_cost_shipping_price|sku_id)",
    "null where a variant inherits, as the list of one product's variants declares it; "
    "the list of all variants declares the same fields without null",
    message='null is not of type "(number|integer)"',
)
METAFIELD = {"key": "asin", "namespace": "amazon", "value": "B0", "permission_set": "app_only"}


class Recorder:
    """Sends requests to a small store and keeps what went over the wire."""

    def __init__(self) -> None:
        self.store = SmallStore()
        self.exchanges: list[Exchange] = []
        self.store.client.event_hooks = {"response": [self._record]}

    def _record(self, response: httpx.Response) -> None:
        response.read()
        request = response.request
        self.exchanges.append(
            Exchange(
                vendor="bigcommerce",
                method=request.method,
                path=request.url.raw_path.decode().partition("?")[0],
                query=request.url.query.decode(),
                request_headers=dict(request.headers),
                request_body=json.loads(request.content) if request.content else None,
                status=response.status_code,
                response_headers=dict(response.headers),
                response_body=_body(response),
            )
        )

    def get(self, *paths: str) -> None:
        for path in paths:
            self.store.client.get(path)

    def send(self, method: str, path: str, body: Any) -> Any:
        answer = self.store.client.request(method, path, json=body)
        return answer.json() if answer.content else None


def _body(response: httpx.Response) -> object | None:
    if "json" in response.headers.get("content-type", ""):
        return json.loads(response.content)
    return response.text or None


def read_the_catalog(record: Recorder) -> None:
    product = f"/v3/catalog/products/{SHIRT}"
    record.get(
        "/v3/catalog/products?limit=250&sort=id&direction=asc&include=variants,images,custom_fields",
        "/v3/catalog/products?include=options,modifiers,primary_image,channels&id:greater=0",
        "/v3/catalog/products?sku:in=MUG,PEN&include_fields=name,sku",
        "/v3/catalog/products?date_modified:min=2026-10-03T00:00:00%2B00:00",
        product,
        "/v3/catalog/variants?product_id:in=1,2&limit=250",
        f"{product}/variants",
        f"{product}/variants/{LARGE_SHIRT}",
        f"{product}/options",
        f"/v3/catalog/products/{ENGRAVED}/modifiers",
        f"/v3/catalog/products/{MUG}/images",
        f"/v3/catalog/products/{MUG}/custom-fields",
        f"/v3/catalog/products/{MUG}/custom-fields/9",
        "/v3/catalog/products/99",
        "/v3/catalog/products/channel-assignments?product_id:in=1,2",
        "/v3/catalog/brands",
        "/v3/catalog/trees",
        "/v3/catalog/trees/categories?category_id:in=23",
        "/v3/catalog/trees/1/categories",
        "/v3/catalog/summary",
    )


def change_the_catalog(record: Recorder) -> None:
    product, variant = f"/v3/catalog/products/{MUG}", f"/v3/catalog/products/{MUG}/variants"
    new = {"name": "Bowl", "type": "physical", "weight": 1, "price": 9.5}
    record.send("POST", "/v3/catalog/products", new)
    record.send("POST", "/v3/catalog/products", new)
    record.send("PUT", product, {"price": 11.25, "inventory_level": 9})
    record.send("PUT", "/v3/catalog/products", [{"id": MUG, "price": 12}])
    record.send("PUT", "/v3/catalog/products", [{"id": MUG, "price": 12}] * 11)
    record.send("PUT", f"{variant}/{MUG_VARIANT}", {"sale_price": 10})
    record.send("PUT", "/v3/catalog/variants", [{"id": MUG_VARIANT, "inventory_level": 3}])
    record.send("POST", f"{product}/custom-fields", {"name": "Origin", "value": "Delft"})
    record.send("POST", f"{product}/images", {"image_url": "https://cdn.example.com/b.jpg"})
    record.send("POST", "/v3/catalog/brands", {"name": "Delft Blue"})
    record.send("PUT", "/v3/catalog/products/channel-assignments", [])
    for owner in (product, f"{variant}/{MUG_VARIANT}"):
        added = record.send("POST", f"{owner}/metafields", METAFIELD)["data"]
        record.send("POST", f"{owner}/metafields", METAFIELD)
        record.send("PUT", f"{owner}/metafields/{added['id']}", {**METAFIELD, "value": "B1"})
        record.get(f"{owner}/metafields", f"{owner}/metafields/{added['id']}")
    record.get("/v3/catalog/products/metafields?limit=1", "/v3/catalog/variants/metafields")
    record.send("DELETE", "/v3/catalog/products/6", None)


def move_stock_and_prices(record: Recorder) -> None:
    item = {"location_id": 1, "sku": "MUG", "quantity": 4}
    record.send("PUT", "/v3/inventory/adjustments/absolute", {"reason": "r", "items": [item]})
    record.send("POST", "/v3/inventory/adjustments/relative", {"reason": "r", "items": [item]})
    wrong = {"location_id": 1, "product_id": SHIRT, "quantity": 4}
    record.send("PUT", "/v3/inventory/adjustments/absolute", {"items": [wrong]})
    settings = {"settings": [{"identity": {"sku": "MUG"}, "safety_stock": 1}]}
    record.send("PUT", "/v3/inventory/locations/1/items", settings)
    record.get(
        "/v3/inventory/items?sku:in=MUG,SHIRT-L&limit=1000",
        "/v3/inventory/locations/1/items",
        "/v3/inventory/locations/7/items",
        "/v3/inventory/locations?is_active=true",
        "/v3/settings/store/units-of-measurement",
        "/v3/settings/inventory",
        "/v2/store",
        "/v2/time",
    )
    price_list = record.send("POST", "/v3/pricelists", {"name": "Amazon", "active": True})["data"]
    records = f"/v3/pricelists/{price_list['id']}/records"
    record.send("PUT", records, [{"variant_id": MUG_VARIANT, "currency": "usd", "price": 12.5}])
    record.send("PUT", records, [{"variant_id": 9, "currency": "usd", "price": 12.5}])
    record.get("/v3/pricelists", records, f"{records}?include=sku,bulk_pricing_tiers&limit=1")


def open_a_channel(record: Recorder) -> None:
    body = {"name": "Amazon", "type": "marketplace", "platform": "amazon", "status": "connected"}
    channel = record.send("POST", "/v3/channels", body)["data"]
    record.send("POST", "/v3/channels", body)
    listings = f"/v3/channels/{channel['id']}/listings"
    variant = {"product_id": MUG, "variant_id": MUG_VARIANT, "state": "active"}
    listing = {"product_id": MUG, "state": "active", "variants": [variant]}
    [listed] = record.send("POST", listings, [listing])["data"]
    record.send("PUT", listings, [{**listing, "listing_id": listed["listing_id"]}])
    record.get(
        "/v3/channels?type:in=marketplace",
        f"/v3/channels/{channel['id']}",
        "/v3/channels/99",
        listings,
        f"{listings}/{listed['listing_id']}",
        f"{listings}/99",
    )
    hook = {"scope": "store/order/created", "destination": "https://example.com/hook"}
    made = record.send("POST", "/v3/hooks", hook)["data"]
    record.send("POST", "/v3/hooks", {"scope": "store/order/created"})
    record.get("/v3/hooks?is_active=true", f"/v3/hooks/{made['id']}", "/v3/hooks/99")
    record.send("PUT", f"/v3/hooks/{made['id']}", {"is_active": False})
    record.send("DELETE", f"/v3/hooks/{made['id']}", None)


def take_and_ship_an_order(record: Recorder) -> None:
    store = record.store
    colour = [{"id": COLOUR_MODIFIER, "value": str(RED)}]
    order = store.order(
        line(SHIRT, SMALL_SHIRT, price_inc_tax=22, price_ex_tax=20),
        line(ENGRAVED, quantity=2, product_options=colour),
        custom_line(),
        external_order_id="111",
        status_id=11,
        fees=[{"type": "custom_fee", "cost_ex_tax": "1", "cost_inc_tax": "1.1"}],
    ).json()
    store.order(line(SHIRT, LARGE_SHIRT, 7))
    store.order(line(ENGRAVED))
    path = f"/v2/orders/{order['id']}"
    record.get(path, f"{path}/products", f"{path}/shipping_addresses", f"{path}/shipments")
    [address, *_] = store.client.get(f"{path}/shipping_addresses").json()
    [shirt, *_] = store.client.get(f"{path}/products").json()
    items = [{"order_product_id": shirt["id"], "quantity": 1}]
    shipment = {"order_address_id": address["id"], "tracking_number": "1Z", "items": items}
    shipped = record.send("POST", f"{path}/shipments", {**shipment, "shipping_provider": "ups"})
    one = f"{path}/shipments/{shipped['id']}"
    record.send("PUT", one, {"tracking_number": "1Z9"})
    record.get(
        f"{path}/shipments", one, f"{path}/shipments/count", f"{path}/products/{shirt['id']}"
    )
    record.send("PUT", path, {"status_id": 10, "staff_notes": "done"})
    refund = {
        "items": [{"item_type": "PRODUCT", "item_id": shirt["id"], "quantity": 1}],
        "payments": [{"provider_id": "custom", "amount": 22, "offline": True}],
    }
    refunds = f"/v3{path[3:]}/payment_actions/refunds"
    record.send("POST", refunds, refund)
    record.send("POST", refunds, refund)
    record.get(refunds, "/v3/orders/payment_actions/refunds?created:min=2026-01-01T00:00:00Z")
    added = record.send("POST", f"/v3{path[3:]}/metafields", METAFIELD)["data"]
    record.get(f"/v3{path[3:]}/metafields", "/v3/orders/metafields?key=asin")
    record.send("DELETE", f"/v3{path[3:]}/metafields/{added['id']}", None)
    record.get("/v2/orders?sort=id:desc", "/v2/orders/count", "/v2/orders?page=9")
    record.get("/v2/order_statuses", "/v2/order_statuses/11", "/v2/orders/9")
    record.send("DELETE", one, None)
    record.send("DELETE", path, None)


@pytest.mark.parametrize(
    "scenario",
    [
        read_the_catalog,
        change_the_catalog,
        move_stock_and_prices,
        open_a_channel,
        take_and_ship_an_order,
    ],
    ids=lambda scenario: scenario.__name__,
)
def test_every_exchange_is_valid_by_the_specification(scenario: Any, judge: Judge) -> None:
    record = Recorder()
    lenient = Judge(judge.operations, judge.feed_documents, known=(*KNOWN, NULLS_OF_ALL_VARIANTS))

    scenario(record)

    violations = [
        str(violation)
        for exchange in record.exchanges
        for violation in lenient.violations(exchange)
        if exchange.status < 400 or not violation.where.startswith(("request", "query"))
    ]
    assert violations == []
    assert all(exchange.status < 500 for exchange in record.exchanges)
