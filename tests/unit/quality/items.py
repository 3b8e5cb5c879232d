"""A complete item, in Amazon's form, and the product types it is judged by."""

from __future__ import annotations

from typing import Any

from sandbox.product_types import load_product_types
from tests.unit.quality.builders import BARCODES, US

_PRODUCT_TYPES = {kind.name: kind for kind in load_product_types()}
KITCHEN, GROCERY = _PRODUCT_TYPES["KITCHEN"], _PRODUCT_TYPES["GROCERY"]


def value(content: object, **more: object) -> list[dict[str, Any]]:
    return [{"value": content, "marketplace_id": US, **more}]


def text(content: str) -> list[dict[str, Any]]:
    return value(content, language_tag="en_US")


def length(inches: float) -> dict[str, Any]:
    return {"value": inches, "unit": "inches"}


MUG: dict[str, Any] = {
    "item_name": text("Stoneware Mug"),
    "brand": text("Alder & Finch"),
    "product_description": text("A thick-walled mug."),
    "bullet_point": [*text("Holds 12 oz"), *text("Safe in the microwave")],
    "country_of_origin": value("PT"),
    "number_of_items": value(1),
    "included_components": text("Stoneware Mug"),
    "item_dimensions": [
        {"length": length(4.5), "width": length(3.4), "height": length(3.9), "marketplace_id": US}
    ],
    "material": text("Stoneware"),
    "color": text("Grey"),
    "condition_type": value("new_new"),
    "externally_assigned_product_identifier": value(BARCODES[0], type="ean"),
    "purchasable_offer": [
        {
            "marketplace_id": US,
            "currency": "USD",
            "our_price": [{"schedule": [{"value_with_tax": 14.5}]}],
        }
    ],
    "fulfillment_availability": [{"fulfillment_channel_code": "DEFAULT", "quantity": 3}],
}
