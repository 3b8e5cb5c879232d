"""BigCommerce's own examples and error bodies are read without loss."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest
from bigcommerce_server import StoreServer
from test_bigcommerce_orders import DRAFT

from affluent.domain.errors import Refused
from affluent.domain.order import Shortage
from connectors.bigcommerce.modifiers import map_modifier
from connectors.bigcommerce.order_records import map_line, map_shipment
from connectors.bigcommerce.product_records import read_products
from connectors.bigcommerce.settings import StoreSettings
from connectors.bigcommerce.variants import map_product_to_variants

SHARED = Path(__file__).resolve().parents[3] / "../shared"
pytestmark = pytest.mark.skipif(
    not SHARED.is_dir(), reason=f"BigCommerce's examples are not here: {SHARED} is missing"
)


def read(path: str) -> Any:
    return json.loads((SHARED / path).read_text(encoding="utf-8"), parse_float=Decimal)


def example(name: str) -> Any:
    return read(f"specs/bigcommerce/examples/{name}.json")


def refused(sample: str, status: int) -> Refused:
    body = (SHARED / f"samples/bigcommerce/errors/{sample}.json").read_bytes()
    server = StoreServer().with_settings()
    server.on("POST", "/v2/orders", httpx.Response(status, content=body))
    with pytest.raises(Refused) as caught:
        server.open().orders.create(DRAFT)
    return caught.value


def test_both_shapes_of_a_shortage() -> None:
    newer = refused("post_v2_orders_409_inventory_v3_shape", 409)
    older = refused("post_v2_orders_409_legacy_shape", 409)

    assert newer.details == (Shortage("OutOfStock", None, 74, 10),)
    assert older.details == (
        Shortage("OutOfStock", 6, None, 5),
        Shortage("ExceedsMaxQuantity", 27, None, None),
        Shortage("InsufficientQuantity", 25, None, None),
    )
    assert newer.why == older.why
    assert newer.why.startswith("Quantities of one or more products are out of stock")


def test_refused_options() -> None:
    refusal = refused("post_v2_orders_400_options", 400)

    assert isinstance(refusal.details, tuple)
    assert [problem.option_ids for problem in refusal.details] == [(22, 23, 24), (222,), (24,)]


def test_field_errors_are_all_told() -> None:
    assert refused("v2_400_field_errors", 400).why.count("The") == 8


@pytest.mark.parametrize(
    "sample", sorted(path.stem for path in (SHARED / "samples/bigcommerce/errors").glob("*.json"))
)
def test_every_sentence_of_every_error_body_is_told(sample: str) -> None:
    told = read(f"samples/bigcommerce/errors/{sample}.json")
    # A body of V2 is a list; of V3, the file lists several bodies.
    bodies = told if sample.startswith("v3") else [told]

    for body in bodies:
        entries = body if isinstance(body, list) else [body]
        server = StoreServer().with_settings()
        server.on("POST", "/v2/orders", httpx.Response(entries[0]["status"], json=body))
        with pytest.raises(Refused) as caught:
            server.open().orders.create(DRAFT)
        sentences = {entry.get("message") or entry["title"] for entry in entries}
        assert [one for one in sentences if one not in caught.value.why] == []


def test_a_product_with_its_variants() -> None:
    product = example("products_catalog_get_catalog_products_product_id_200_example")["data"]
    name = "product_variants_catalog_get_catalog_products_product_id_variants_200_example"
    product["variants"] = example(name)["data"]
    settings = StoreSettings("", "USD", "US", "ounces", "inches")

    body = json.dumps({"data": [product]}, default=float).encode()
    page = read_products(body)
    [variants] = [
        map_product_to_variants(record, settings, "Le Parfait", lambda *_: None)
        for record in page.products
    ]

    assert [(v.sku, v.name, str(v.price)) for v in variants] == [
        ("SMIT", "1L Le Parfait Jar - Beige", "8 USD"),
        ("SMIT-1", "1L Le Parfait Jar - Grey", "20 USD"),
        ("SMIT-2", "1L Le Parfait Jar - Black", "20 USD"),
    ]
    assert variants[0].category_ids == (23, 21)
    assert variants[0].modified_at == datetime(2018, 9, 5, 20, 42, 7, tzinfo=UTC)


def test_a_modifier() -> None:
    name = "product_modifiers_catalog_get_catalog_products_product_id_modifiers_200_example"
    [modifier] = [map_modifier(entry) for entry in example(name)["data"]]

    assert (modifier.modifier_id, modifier.kind, modifier.required) == (206, "checkbox", True)
    assert [(c.value_id, c.label, c.is_default) for c in modifier.choices] == [
        (183, "Yes", False),
        (184, "No", True),
    ]


def test_shipments_and_lines() -> None:
    shipments = example("orders_get_orders_order_id_shipments_200_application_json")
    line = example("orders_get_orders_order_id_products_product_id_200_Product_with_Variants")

    first, _ = [map_shipment(shipment) for shipment in shipments]

    assert (first.shipment_id, first.provider, first.tracking_number) == (
        6,
        "usps",
        "EJ958083578US",
    )
    assert map_line(line).line_id == 240
    assert map_line(line).quantity == 4
