"""A catalog as large as wanted, in the sandbox's form: one v3 product a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

VARIANTS_A_PRODUCT: Final = 3

_BRANDS: Final = 200
_CATEGORIES: Final = 60
_COLORS: Final = ("Blue", "Green", "White")
_DESCRIPTION: Final = (
    "<p>A thick-walled mug, glazed by hand and safe in the microwave. It holds twelve ounces, "
    "keeps them warm, and stands on a base wide enough for a sailing boat.</p><ul><li>Stoneware, "
    "fired twice</li><li>Goes into the dishwasher</li><li>Each one is a little different</li></ul>"
)
_MODIFIED: Final = "2026-11-01T10:00:00+00:00"

Json = dict[str, Any]


def write_catalog(file: Path, products: int) -> None:
    """Write so many products, each with three variants, two images and two custom fields."""
    with file.open("w", encoding="utf-8") as lines:
        for number in range(1, products + 1):
            lines.write(json.dumps(_product(number)) + "\n")


def _product(number: int) -> Json:
    option_id = number
    return {
        "id": number,
        "name": f"Stoneware Mug No. {number}",
        "type": "physical",
        "sku": f"MUG-{number}",
        "description": _DESCRIPTION,
        "weight": 0.9,
        "width": 4.9,
        "depth": 6.0,
        "height": 5.4,
        "price": 14.5 + number % 100,
        "sale_price": 0,
        "categories": [number % _CATEGORIES + 1],
        "brand_id": number % _BRANDS + 1,
        "brand_name": f"Brand {number % _BRANDS + 1}",
        "inventory_tracking": "variant",
        "is_visible": True,
        "availability": "available",
        "condition": "New",
        "upc": "",
        "gtin": "",
        "mpn": f"M-{number}",
        "custom_fields": [
            {"id": 2 * number, "name": "material", "value": "Stoneware"},
            {"id": 2 * number + 1, "name": "country_of_origin", "value": "PT"},
        ],
        "images": [_image(number, place) for place in range(2)],
        "options": [
            {
                "id": option_id,
                "product_id": number,
                "name": f"Color{option_id}",
                "display_name": "Color",
                "type": "rectangles",
                "sort_order": 0,
                "option_values": [
                    {"id": variant_id, "label": label, "sort_order": place}
                    for place, (variant_id, label) in enumerate(_colors(number))
                ],
                "config": {},
            }
        ],
        "modifiers": [],
        "variants": list(_variants(number, option_id)),
        "base_variant_id": None,
        "date_created": _MODIFIED,
        "date_modified": _MODIFIED,
    }


def _colors(number: int) -> Iterator[tuple[int, str]]:
    """The variants' ids, which serve as those of their option's values too, and colors."""
    return ((VARIANTS_A_PRODUCT * number + place, color) for place, color in enumerate(_COLORS))


def _variants(number: int, option_id: int) -> Iterator[Json]:
    for variant_id, color in _colors(number):
        yield {
            "id": variant_id,
            "product_id": number,
            "sku": f"MUG-{number}-{color.upper()}",
            "sku_id": variant_id,
            "price": None,
            "sale_price": None,
            "weight": None,
            "upc": "",
            "gtin": f"{4_012_345_000_000 + variant_id}",
            "mpn": "",
            "inventory_level": variant_id % 50,
            "inventory_warning_level": 0,
            "purchasing_disabled": False,
            "option_values": [
                {
                    "id": variant_id,
                    "label": color,
                    "option_id": option_id,
                    "option_display_name": "Color",
                }
            ],
        }


def _image(number: int, place: int) -> Json:
    url = f"https://images.example/mug-{number}/{place + 1}.jpg"
    return {
        "id": 2 * number + place,
        "product_id": number,
        "is_thumbnail": place == 0,
        "sort_order": place,
        "image_file": f"mug-{number}/{place + 1}.jpg",
        "url_zoom": url,
        "url_standard": url,
        "date_modified": _MODIFIED,
    }
