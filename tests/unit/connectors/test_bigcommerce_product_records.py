"""A page of products read at once, and record by record where it is not as specified."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affluent.domain.product import Variant
from connectors.bigcommerce.product_records import ProductRecord, product_of, read_products
from connectors.bigcommerce.settings import StoreSettings
from connectors.bigcommerce.variants import map_product_to_variants

SETTINGS = StoreSettings("Corner Shop", "EUR", "DE", "kilograms", "centimeters")

TEXT = st.none() | st.text(max_size=8)
NUMBER = st.none() | st.integers(-2, 10**6) | st.decimals(0, 10**6, places=2).map(float)
IDS = st.integers(1, 10**9)
SELLABLE = {
    "id": IDS,
    **dict.fromkeys(("sku", "gtin", "upc", "mpn"), TEXT),
    **dict.fromkeys(("price", "sale_price", "cost_price", "map_price"), NUMBER),
    **dict.fromkeys(("weight", "depth", "width", "height"), NUMBER),
}
OPTION_VALUE = st.fixed_dictionaries({"option_display_name": TEXT, "label": TEXT})
VARIANT = st.fixed_dictionaries(
    SELLABLE
    | {
        "image_url": TEXT,
        "purchasing_disabled": st.booleans() | st.none(),
        "option_values": st.none() | st.lists(OPTION_VALUE, max_size=2),
    }
)
IMAGE = st.fixed_dictionaries(
    {
        "is_thumbnail": st.booleans(),
        "sort_order": st.integers(0, 5),
        "url_zoom": TEXT,
        "url_standard": TEXT,
    }
)
PRODUCT = st.fixed_dictionaries(
    SELLABLE
    | {
        "name": TEXT,
        "description": TEXT,
        "condition": TEXT,
        "brand_id": st.none() | IDS,
        "categories": st.none() | st.lists(IDS, max_size=2),
        "date_modified": st.sampled_from(["2026-11-20T08:00:00+02:00", "", "yesterday"]),
        "is_visible": st.booleans() | st.none(),
        "availability": st.sampled_from(["available", "disabled", "preorder"]),
        "custom_fields": st.lists(st.fixed_dictionaries({"name": TEXT, "value": TEXT}), max_size=2),
        "images": st.none() | st.lists(IMAGE, max_size=2),
        "variants": st.lists(VARIANT, max_size=2),
    }
)


def body_of(*products: Any) -> bytes:
    return json.dumps({"data": products}).encode()


def variants_of(product: ProductRecord) -> list[Variant]:
    return map_product_to_variants(product, SETTINGS, "Acme", lambda *_: 5)


@given(product=PRODUCT)
def test_read_at_once_or_record_by_record_a_product_means_the_same(product: Any) -> None:
    body = body_of(product)
    [record] = json.loads(body, parse_float=Decimal)["data"]

    page = read_products(body)

    assert not page.held
    assert page.last_id == product["id"]
    assert list(map(variants_of, page.products)) == [variants_of(product_of(record))]


def test_a_price_keeps_its_digits() -> None:
    [product] = read_products(b'{"data": [{"id": 1, "price": 19.90, "weight": 0.1}]}').products

    assert (str(product.price), product.weight) == ("19.90", Decimal("0.1"))


@pytest.mark.parametrize(
    ("flawed", "field"),
    [
        (b'{"id": 2, "price": "free"}', "price"),
        (b'{"id": 2, "weight": 1e400}', "weight"),
        (b'{"id": 2, "name": ["a"]}', "name"),
        (b'{"id": "x"}', "id"),
        (b'"text"', "product"),
    ],
)
def test_of_a_page_with_one_flaw_everything_else_is_read(flawed: bytes, field: str) -> None:
    odd = b'{"id": 3, "sku": 77, "price": "5.10", "upc": "\\ud800"}'

    page = read_products(b'{"data": [{"id": 1, "sku": "A"}, %s, %s]}' % (flawed, odd))

    assert [(one.id, one.sku, one.upc) for one in page.products] == [
        (1, "A", ""),
        (3, "77", "\ud800"),
    ]
    assert page.products[1].price == Decimal("5.10")
    assert [one.field for one in page.held] == [field]
    assert page.last_id == 3


def test_an_empty_page_has_no_last_id() -> None:
    assert read_products(body_of()).last_id is None


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"{}", b'{"data": {}}', b'{"data": null}', body_of({"name": "no id"}), b"[]"],
)
def test_what_is_no_page_is_an_error_of_its_form(body: bytes) -> None:
    with pytest.raises((ValueError, TypeError, LookupError)):
        read_products(body)
