"""Products of any kind: kept as they came or held with a reason; none stops the others."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from affluent.catalog.extract import extract_catalog
from affluent.domain.errors import MalformedAnswer
from affluent.ports.progress import NoProgress
from affluent.ports.storage import UnitsOfWork
from affluent.storage.unit_of_work import SqlUnitsOfWork
from tests.fakes.clock import FakeClock
from tests.unit.connectors.bigcommerce_server import StoreServer, v3

numbers = st.sampled_from(
    ["NaN", "1e400", "-1", "0", "1e-30", "12,50", "9" * 60, "1e999999999", 2**80, -1, 0.1, 1e300]
)
texts = st.text(max_size=8) | st.sampled_from(["\x00", "\ud83d", "a\udc00b", "🧳", "x" * 300])
scalars = st.none() | st.booleans() | numbers | texts | st.integers()
wild = scalars | st.lists(scalars, max_size=2) | st.dictionaries(texts, scalars, max_size=2)

PRODUCT = (
    "id", "name", "description", "price", "sale_price", "cost_price", "weight", "depth", "sku",
    "gtin", "upc", "mpn", "condition", "availability", "is_visible", "inventory_tracking",
    "date_modified", "brand_id", "categories", "images", "custom_fields", "variants",
)  # fmt: skip
VARIANT = ("id", "sku", "price", "weight", "gtin", "mpn", "image_url", "option_values")

#: No wild id is one of these.
FAR = 10**12


def a_product(number: int) -> dict[str, Any]:
    return {
        "id": FAR + number,
        "name": f"Product {number}",
        "price": 5,
        "inventory_tracking": "none",
        "date_modified": "2026-11-20T08:00:00+00:00",
        "variants": [
            {"id": FAR + number * 10 + one, "sku": f"P{number}-{one}", "option_values": []}
            for one in range(2)
        ],
    }


@st.composite
def wild_products(draw: st.DrawFn) -> Any:
    product = a_product(2)
    product |= draw(st.dictionaries(st.sampled_from(PRODUCT), wild, max_size=2))
    if isinstance(product["variants"], list):
        changes = draw(st.dictionaries(st.sampled_from(VARIANT), wild, max_size=2))
        product["variants"] = [
            one | changes if isinstance(one, dict) else one for one in product["variants"][:1]
        ] + product["variants"][1:]
    return draw(st.just(product) | wild)


@pytest.fixture
def units(engine: Engine) -> UnitsOfWork:
    return SqlUnitsOfWork(engine)


def a_page(products: list[Any]) -> httpx.Response:
    # httpx would write half a surrogate pair as bytes, which no text has; JSON can escape it.
    return httpx.Response(200, content=json.dumps({"data": products, "meta": {}}).encode())


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(wild_product=wild_products())
def test_a_wild_product_between_two_good_ones(units: UnitsOfWork, wild_product: Any) -> None:
    server = StoreServer().with_settings()
    server.on("GET", "/v3/catalog/trees/categories", v3([]))
    server.on("GET", "/v3/catalog/brands", v3([]), v3([]))
    server.on("GET", "/v3/inventory/items", v3([]))
    server.on("GET", "/v3/catalog/products", a_page([a_product(1), wild_product, a_product(3)]))
    server.on("GET", "/v3/catalog/products", a_page([]))

    found = extract_catalog(
        server.open().catalog,
        units,
        FakeClock(),
        NoProgress(),
        full=True,
        may_shrink=True,
    )

    good = {"P1-0", "P1-1", "P3-0", "P3-1"}
    with units() as work:
        assert good <= work.variants.by_skus(sorted(good)).keys()
    assert found.read >= 4
    for held in found.held:
        assert held.field
        assert held.why
        assert held.fix
        assert held.value.isprintable()
        assert len(held.value) <= 80


def test_a_page_without_any_id_stops_the_reading_since_the_next_cannot_be_asked_for() -> None:
    server = StoreServer().with_settings()
    server.on("GET", "/v3/catalog/brands", v3([]))
    server.on("GET", "/v3/catalog/products", a_page(["a", {"id": None}]))

    with pytest.raises(MalformedAnswer, match="getProducts"):
        list(server.open().catalog.variants())
