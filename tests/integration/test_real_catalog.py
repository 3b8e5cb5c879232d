"""A real catalogue through the sandbox, the connector and our own store, field by field."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine

from affluent.catalog.extract import Extracted, extract_catalog
from affluent.domain.money import Money
from affluent.domain.product import Variant
from affluent.ports.progress import NoProgress
from affluent.storage.unit_of_work import SqlUnitsOfWork
from connectors.http.clock import VendorClock
from tests.integration.bigcommerce_store import SPEED, connect
from tests.sandbox.running import PROJECT, running_sandbox

REAL_CATALOG = PROJECT.parent / "shared/data/catalog-real-5k.ndjson.gz"

_PRICES = ("price", "regular_price", "cost", "map_price")

pytestmark = pytest.mark.skipif(
    not REAL_CATALOG.is_file(), reason="the real catalogue lies outside of the repository"
)


def products() -> Iterator[dict[str, Any]]:
    with gzip.open(REAL_CATALOG, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line, parse_float=Decimal)


def brands() -> dict[int, str]:
    """The file calls some brands by two names; a store has one for each, the first."""
    names: dict[int, str] = {0: ""}
    for product in products():
        names.setdefault(product["brand_id"], product["brand_name"])
    return names


def expected(product: dict[str, Any], variant: dict[str, Any], brand: str) -> dict[str, Any]:
    """What the file says of a variant; each of these products has one, and tracks its stock."""
    asked = Decimal(product["sale_price"]) or Decimal(product["price"])
    sides = [measure(product[name]) for name in ("depth", "width", "height")]
    return {
        "variant_id": variant["id"],
        "product_id": product["id"],
        "sku": variant["sku"],
        "name": product["name"],
        "description": product["description"],
        "brand": brand,
        "price": asked,
        "regular_price": product["price"] if product["sale_price"] else None,
        "cost": product["cost_price"] or None,
        "map_price": product["map_price"] or None,
        "currency": "USD",
        "quantity": product["inventory_level"],
        "barcode": product["gtin"] or product["upc"],
        "mpn": product["mpn"],
        "condition": product["condition"],
        "is_visible": product["is_visible"],
        "category_ids": tuple(product["categories"]),
        "modified_at": datetime.fromisoformat(product["date_modified"]),
        "weight": measure(product["weight"]),
        "sides": sides if any(sides) else None,
        "image_urls": tuple(image["url_standard"] for image in product["images"]),
        "custom_fields": {one["name"]: one["value"] for one in product["custom_fields"]},
        "options": {},
        "metafields": {},
    }


def measure(value: Decimal | int) -> Decimal | None:
    return Decimal(value) or None


def kept(variant: Variant) -> dict[str, Any]:
    size = variant.size
    prices: dict[str, Money | None] = {name: getattr(variant, name) for name in _PRICES}
    return {
        name: getattr(variant, name)
        for name in Variant.__dataclass_fields__
        if name not in {*_PRICES, "weight", "weight_unit", "size"}
    } | {
        **{name: price and price.amount for name, price in prices.items()},
        "currency": variant.price.currency,
        "weight": Decimal(variant.weight) if variant.weight else None,
        "sides": None
        if size is None
        else [Decimal(one) if one else None for one in (size.length, size.width, size.height)],
    }


def test_every_field_of_a_real_catalogue_is_kept(engine: Engine) -> None:
    units = SqlUnitsOfWork(engine)
    with running_sandbox(
        "--catalog", str(REAL_CATALOG), "--speed", str(SPEED), "--quotas", "off"
    ) as sandbox:
        store = connect(sandbox)
        first, again = (
            extract_catalog(
                store.catalog, units, VendorClock(), NoProgress(), full=True, may_shrink=False
            )
            for _ in range(2)
        )
        store.close()
    with units() as work:
        found = {one.variant_id: kept(one) for one in work.variants.all()}

    names = brands()
    wanted = {
        variant["id"]: expected(product, variant, names[product["brand_id"]])
        for product in products()
        for variant in product["variants"]
    }
    assert len(wanted) == 5194
    assert found.keys() == wanted.keys()
    lost = [
        (key, name, found[key].get(name), value)
        for key, fields in wanted.items()
        for name, value in fields.items()
        if found[key].get(name) != value
    ]
    assert lost == []
    assert all(found[key].keys() == fields.keys() for key, fields in wanted.items())
    assert first == Extracted(read=5194, changed=5194, gone=0)
    assert again == Extracted(read=5194, changed=0, gone=0)
