"""The examples of BigCommerce's files that our operations may be answered with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bigcommerce_by_example import BigCommerceByExample, Json
from bigcommerce_readings import READINGS
from test_vendor_examples import bigcommerce_examples
from vendor_specifications import Exchange, Judge

#: File, operation, status and body.
Example = tuple[str, str, int, Any]

#: Operations that answer one of what ours list: which of ours, and how one becomes a list.
SINGLE: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "getOrderRefund": ("getOrdersRefunds", lambda body: {"data": [body["data"]]}),
    "getOrderProduct": ("getOrderProducts", lambda body: [body]),
    "getOrderShipment": ("getOrderShipments", lambda body: [body]),
    "getWebhook": ("getWebhooks", lambda body: {"data": [body["data"]]}),
    "getProductMetafields": ("getProductsMetafields", lambda body: body),
    "getProductMetafield": ("getProductsMetafields", lambda body: {"data": [body["data"]]}),
    "getProductVariantMetafield": ("getVariantsMetafields", lambda body: {"data": [body["data"]]}),
    "getPriceListRecord": ("getPriceListRecords", lambda body: {"data": [body["data"]]}),
    "getProductModifier": ("getProductModifiers", lambda body: {"data": [body["data"]]}),
    "getBrand": ("getBrands", lambda body: {"data": [body["data"]]}),
}
PRODUCT = "products_catalog_get_catalog_products_product_id_200_example.json"
VARIANTS = "product_variants_catalog_get_catalog_products_product_id_variants_200_example.json"
VARIANT = (
    "product_variants_catalog_get_catalog_products_product_id_variants_variant_id_200_example.json"
)


def examples_of(shared: Path, judge: Judge) -> list[Example]:
    """Every example answer of our operations, or of one of what they list."""
    shown = {
        file: (identifier, exchange)
        for file, part, exchange in bigcommerce_examples(shared, judge)
        if part == "response body"
        for identifier in [_identifier(judge, exchange)]
    }
    return [*_told(shown), *_products(shown)]


def _told(shown: dict[str, tuple[str, Exchange]]) -> Iterator[Example]:
    for file, (identifier, exchange) in shown.items():
        ours, as_list = SINGLE.get(identifier, (identifier, lambda body: body))
        if ours in READINGS:
            body = exchange.response_body
            yield file, ours, exchange.status, as_list(body) if exchange.status < 300 else body


def _products(shown: dict[str, tuple[str, Exchange]]) -> Iterator[Example]:
    """The example of a product, with the examples of its variants where they are included."""
    bodies = {file: _data(shown[file][1]) for file in (PRODUCT, VARIANTS, VARIANT)}
    for file, variants in ((VARIANTS, bodies[VARIANTS]), (VARIANT, [bodies[VARIANT]])):
        product = {**bodies[PRODUCT], "variants": variants, "channels": [1]}
        yield file, "getProducts", 200, {"data": [product]}


def _data(exchange: Exchange) -> Any:
    assert isinstance(exchange.response_body, dict)
    return exchange.response_body["data"]


def _identifier(judge: Judge, exchange: Exchange) -> str:
    found = judge.operations.find(exchange.vendor, exchange.method, exchange.path)
    return found[0].identifier if found else re.escape(exchange.path)


def store_of_examples(judge: Judge) -> BigCommerceByExample:
    """A store of one product, with what the examples do not show."""
    made = BigCommerceByExample(judge)
    variant = {"id": 10, "sku": "A", "option_values": [], "price": None}
    product = {"id": 111, "name": "Lamp", "price": 5, "brand_id": 50, "channels": [1],
               "variants": [variant], "inventory_tracking": "variant"}  # fmt: skip
    made.on("getProducts", {"data": [product], "meta": {}})
    made.on("getSettingsMeasurementUnits", {"data": {"length_measurement": "Inches"}, "meta": {}})
    made.on("getStoreInformation", {"currency": "USD", "weight_units": "LBS"})
    return made


def answered(made: BigCommerceByExample, operation: str, body: Any) -> BigCommerceByExample:
    """With a product that the example speaks of, where it speaks of one."""
    speaks_of: dict[str, Json] = {
        "getBrands": {"brand_id": _first(body, "id")},
        "getProductsMetafields": {"id": _first(body, "resource_id")},
        "getVariantsMetafields": {},
    }
    if operation in speaks_of:
        status, known = made.answers["getProducts"]
        [product] = known["data"]
        variant = {**product["variants"][0]}
        if operation == "getVariantsMetafields":
            variant["id"] = _first(body, "resource_id")
        told = {**product, **speaks_of[operation], "variants": [variant]}
        made.on("getProducts", {"data": [told], "meta": {}}, status)
    return made.on(operation, body)


def _first(body: Any, name: str) -> Any:
    rows = body.get("data") if isinstance(body, dict) else None
    return rows[0][name] if isinstance(rows, list) and rows and name in rows[0] else None
