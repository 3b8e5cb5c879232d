"""What of a page of products is readable, and how the rest is told."""

from decimal import Decimal
from typing import Any

import pytest

from connectors.bigcommerce.fields import whole
from connectors.bigcommerce.readable import sort_out


def product(**fields: Any) -> dict[str, Any]:
    variants = [{"id": 10, "sku": "A"}, {"id": 11, "sku": "B"}]
    return {"id": 1, "name": "Bag", "price": 5, "categories": [3], "variants": variants} | fields


@pytest.mark.parametrize(
    ("bad", "key", "field", "value"),
    [
        ("text", "an item without an id", "product", "text"),
        (None, "an item without an id", "product", "None"),
        (product(id=None), "an item without an id", "id", "None"),
        (product(price="free"), "product 1", "price", "free"),
        (product(price=Decimal("NaN")), "product 1", "price", "NaN"),
        (product(weight=Decimal("1e400")), "product 1", "weight", "1E+400"),
        (product(map_price="none"), "product 1", "map_price", "none"),
        (product(depth=True), "product 1", "depth", "True"),
        (product(price="1" * 10 + "." + "1" * 40), "product 1", "price", f"{'1' * 10}.{'1' * 40}"),
        (product(sku="S", name=["a"]), "S", "name", "['a']"),
        (product(gtin=False), "product 1", "gtin", "False"),
        (product(variants="none"), "product 1", "variants", "none"),
        (product(categories=[3, "\x00"]), "product 1", "categories", "\\x00"),
    ],
)
def test_a_product_that_cannot_be_read_is_held_whole(
    bad: Any, key: str, field: str, value: str
) -> None:
    readable, [held] = sort_out([product(id=7), bad])

    assert readable == [product(id=7)]
    assert (held.key, held.variant_id, held.field, held.value) == (key, None, field, value)


@pytest.mark.parametrize(
    ("variant", "key", "field"),
    [
        ("text", "product 1", "variants"),
        ({"sku": "C"}, "C", "id"),
        ({"id": "x"}, "product 1", "id"),
        ({"id": 12, "sku": "C", "price": "12,50"}, "C", "price"),
        ({"id": 12, "sku": {"a": 1}}, "variant 12", "sku"),
    ],
)
def test_a_variant_that_cannot_be_read_leaves_its_siblings(
    variant: Any, key: str, field: str
) -> None:
    siblings = product()["variants"]

    [readable], [held] = sort_out([product(variants=[siblings[0], variant, siblings[1]])])

    assert readable["variants"] == siblings
    assert (held.key, held.product_id, held.field) == (key, 1, field)


@pytest.mark.parametrize("nothing", [None, "", {}])
def test_what_nobody_entered_is_no_flaw(nothing: object) -> None:
    empty = product(price=nothing, sku=nothing, weight=nothing, images=nothing)

    assert sort_out([empty]) == ([empty], [])


def test_a_number_that_would_fill_all_memory_is_none() -> None:
    assert whole({"brand_id": Decimal("1e999999999")}, "brand_id") is None
    assert whole({"brand_id": "9" * 19}, "brand_id") == 10**19 - 1
