"""What of the store's answers can be kept, and with which words the rest is held."""

from __future__ import annotations

from typing import Any

import pytest

from affluent.catalog.extract import Extracted
from affluent.catalog.understanding import sift
from affluent.domain.held_variant import HeldVariant
from tests.builders.catalog import usd, variant
from tests.fakes.world import World
from tests.unit.catalog.test_extracting import extract, known_skus


@pytest.mark.parametrize(
    ("field", "value", "shown", "why"),
    [
        ("name", "Bag\x00", "Bag\\x00", "no text"),
        ("brand", "\ud800", "\\ud800", "no text"),
        ("custom_fields", {"a": "\x00"}, "a: \\x00", "no text"),
        ("options", {"\udfff": "a"}, "\\udfff: a", "no text"),
        ("image_urls", ("https://a.example/\x00",), "https://a.example/\\x00", "no text"),
        ("sku", "x" * 256, "x" * 80, "256 characters"),
        ("description", "x" * 10_000_000, "x" * 80, "10,000,000 characters"),
        ("quantity", 2**31, "2147483648", "so large"),
        ("quantity", -(2**63), "-9223372036854775808", "so large"),
        ("price", usd("1e12"), "1E+12", "costs that"),
        ("price", usd("-0.01"), "-0.01", "costs that"),
        ("cost", usd("-1"), "-1", "costs that"),
        ("variant_id", 0, "0", "no id"),
        ("product_id", 2**63, "9223372036854775808", "no id"),
    ],
)
def test_what_cannot_be_kept_is_held_with_its_field(
    field: str, value: Any, shown: str, why: str
) -> None:
    good, bad = variant(1), variant(2, **{field: value})

    kept, [held] = sift([good, bad])

    assert kept == [good]
    assert (held.field, held.value) == (field, shown)
    assert why in held.why
    assert held.fix
    assert len(held.sku) <= 80


@pytest.mark.parametrize(
    "doubtful",
    [
        {"quantity": -3},
        {"quantity": None},
        {"price": usd(0)},
        {"barcode": "4006381333932"},
        {"name": "حقيبة 🧳"},
        {"name": ""},
        {"sku": ""},
    ],
)
def test_what_is_only_doubtful_is_kept_as_it_is(doubtful: dict[str, Any]) -> None:
    assert sift([variant(1, **doubtful)]) == ([variant(1, **doubtful)], [])


def test_what_is_held_keeps_its_last_good_row_and_stops_no_other(world: World) -> None:
    world.store.catalog.products = [variant(number) for number in range(1, 6)]
    extract(world)
    world.store.catalog.products[1] = variant(2, name="\x00")
    world.store.catalog.products[2] = variant(3, name="Trunk")

    found = extract(world)

    assert (found.read, found.changed, found.gone) == (5, 1, 0)
    assert [one.key for one in found.held] == ["SKU-2"]
    with world.units() as work:
        assert work.variants.by_skus(["SKU-2", "SKU-3"]) == {
            "SKU-2": variant(2),
            "SKU-3": variant(3, name="Trunk"),
        }


def a_held(product_id: int | None, variant_id: int | None = None) -> HeldVariant:
    return HeldVariant(product_id, variant_id, "", "price", "x", "It is no number.", "Correct it.")


@pytest.mark.parametrize(
    ("held", "gone", "key"),
    [
        (a_held(1005, 5), 0, "variant 5"),
        (a_held(1005), 0, "product 1005"),
        (a_held(None), 0, "an item without an id"),
        (a_held(1004), 1, "product 1004"),
    ],
)
def test_what_could_not_be_read_is_not_gone(
    world: World, held: HeldVariant, gone: int, key: str
) -> None:
    world.store.catalog.products = [variant(number) for number in range(1, 6)]
    extract(world)
    world.store.catalog.products.pop()
    world.store.catalog.held = [held]

    assert extract(world) == Extracted(read=5, changed=0, gone=gone, held=(held,))
    assert held.key == key
    assert len(known_skus(world)) == 5 - gone
