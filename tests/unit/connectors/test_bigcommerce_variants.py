from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from affluent.domain.money import Money
from affluent.domain.product import Size, Variant
from connectors.bigcommerce.product_records import product_of
from connectors.bigcommerce.settings import StoreSettings
from connectors.bigcommerce.variants import map_product_to_variants

SETTINGS = StoreSettings("Corner Shop", "EUR", "DE", "kilograms", "centimeters")
BASE = {"id": 11, "sku": "MUG", "option_values": []}


def product(**fields: Any) -> dict[str, Any]:
    return {
        "id": 1,
        "name": "Mug",
        "sku": "MUG",
        "price": Decimal("12.95"),
        "sale_price": 0,
        "weight": Decimal("0.50"),
        "gtin": "",
        "upc": "",
        "date_modified": "2026-11-20T08:00:00+02:00",
        "variants": [BASE],
        **fields,
    }


def colour(variant_id: int, label: str, **fields: Any) -> dict[str, Any]:
    values = [
        {"option_display_name": "Color", "label": label},
        {"option_display_name": "Size", "label": "S"},
    ]
    return {"id": variant_id, "sku": f"MUG-{label}", "option_values": values, **fields}


def mapped(one: dict[str, Any], quantity: int | None = 5) -> list[Variant]:
    return map_product_to_variants(product_of(one), SETTINGS, "Acme", lambda *_: quantity)


def only(one: dict[str, Any]) -> Variant:
    [variant] = mapped(one)
    return variant


def test_a_simple_product_is_its_base_variant_with_the_products_own_facts() -> None:
    variant = only(
        product(
            description="<p>For tea</p>",
            gtin="4006381333931",
            mpn="M-1",
            condition="New",
            categories=[3, 7],
            width=8,
            depth=Decimal("9.50"),
            height=0,
            custom_fields=[{"id": 1, "name": "Material", "value": "Clay"}],
        )
    )

    assert variant == Variant(
        variant_id=11,
        product_id=1,
        sku="MUG",
        name="Mug",
        description="<p>For tea</p>",
        brand="Acme",
        price=Money(Decimal("12.95"), "EUR"),
        quantity=5,
        barcode="4006381333931",
        mpn="M-1",
        condition="New",
        is_visible=True,
        category_ids=(3, 7),
        modified_at=datetime(2026, 11, 20, 6, tzinfo=UTC),
        weight="0.5",
        weight_unit="kilograms",
        size=Size("9.5", "8", None, "centimeters"),
        custom_fields={"Material": "Clay"},
    )


def test_each_real_variant_is_one_row_with_its_options_in_the_name() -> None:
    first, second = mapped(product(variants=[colour(21, "Blue"), colour(22, "Red")]))

    assert [first.sku, second.sku] == ["MUG-Blue", "MUG-Red"]
    assert first.name == "Mug - Blue / S"
    assert first.options == {"Color": "Blue", "Size": "S"}


@pytest.mark.parametrize(
    ("on_product", "on_variant", "price"),
    [
        ({}, {"price": None, "sale_price": None}, "12.95"),
        ({}, {"price": Decimal("9.00"), "sale_price": None}, "9.00"),
        ({"sale_price": Decimal("7.50")}, {"price": None, "sale_price": None}, "7.50"),
        ({"sale_price": Decimal("7.50")}, {"sale_price": Decimal("6.00")}, "6.00"),
        ({"sale_price": Decimal("7.50")}, {"price": Decimal("9.00"), "sale_price": 0}, "9.00"),
        ({"price": 0}, {}, "0"),
        ({"price": {}}, {}, "0"),
    ],
)
def test_a_price_is_the_sale_price_else_the_price_inherited_where_null(
    on_product: dict[str, Any], on_variant: dict[str, Any], price: str
) -> None:
    variant = only(product(variants=[colour(21, "Blue", **on_variant)], **on_product))

    assert variant.price == Money(Decimal(price), "EUR")


@pytest.mark.parametrize(
    ("on_product", "on_variant", "barcode"),
    [
        ({"gtin": "", "upc": "036000291452"}, {}, "036000291452"),
        ({"gtin": "4006381333931"}, {"upc": "036000291452"}, "036000291452"),
        ({}, {"gtin": "4006381333931", "upc": "036000291452"}, "4006381333931"),
        ({}, {"upc": " 4006381333931"}, " 4006381333931"),
    ],
)
def test_a_barcode_is_the_gtin_else_the_upc_as_the_merchant_typed_it(
    on_product: dict[str, Any], on_variant: dict[str, Any], barcode: str
) -> None:
    assert only(product(variants=[{**BASE, **on_variant}], **on_product)).barcode == barcode


def test_a_real_variant_never_takes_the_barcode_or_sku_of_its_product() -> None:
    variant = only(product(gtin="4006381333931", variants=[colour(21, "Blue", sku="")]))

    assert (variant.barcode, variant.sku) == ("", "")


@pytest.mark.parametrize(
    ("on_product", "on_variant"),
    [
        ({"is_visible": False}, {}),
        ({"availability": "disabled"}, {}),
        ({}, {"purchasing_disabled": True}),
    ],
)
def test_what_cannot_be_bought_in_the_store_is_not_visible(
    on_product: dict[str, Any], on_variant: dict[str, Any]
) -> None:
    assert not only(product(variants=[{**BASE, **on_variant}], **on_product)).is_visible


def test_the_variants_own_image_comes_first_then_the_thumbnail_then_the_rest() -> None:
    images = [
        {"url_zoom": "https://img/c", "sort_order": 2},
        {"url_zoom": "https://img/b", "sort_order": 1},
        {"url_standard": "https://img/a", "sort_order": 5, "is_thumbnail": True},
    ]
    variants = [colour(21, "Blue", image_url="https://img/blue"), colour(22, "Red", image_url="")]

    blue, red = mapped(product(images=images, variants=variants))

    assert blue.image_urls == (
        "https://img/blue",
        "https://img/a",
        "https://img/b",
        "https://img/c",
    )
    assert red.image_urls == ("https://img/a", "https://img/b", "https://img/c")


def test_missing_and_unknown_fields_break_nothing() -> None:
    variant = only({"id": 1, "variants": [{"id": 11, "brand_new_field": {"a": 1}}]})

    assert (variant.variant_id, variant.name, variant.price.amount) == (11, "", Decimal(0))
    assert variant.size is None
    assert variant.weight is None
