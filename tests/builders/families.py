"""A product with variants, and a product type whose themes fit them."""

from __future__ import annotations

from typing import Any

from affluent.domain.creation_profile import AttributeRule, CreationProfile, Origin, Source
from affluent.domain.product import Variant
from tests.builders.catalog import CREATION, variant

#: COLOR_NAME is retired; COLOR/SIZE and SIZE/COLOR fit the same options.
THEMES = ("COLOR_NAME", "COLOR/SIZE", "SIZE/COLOR", "COLOR", "SIZE", "MATERIAL_TYPE")


def _attribute(*fields: str) -> dict[str, Any]:
    return {
        "type": "array",
        "items": {"properties": {name: {} for name in (*fields, "marketplace_id")}},
    }


SCHEMA: dict[str, Any] = {
    "properties": {
        "item_name": _attribute("value", "language_tag"),
        "brand": _attribute("value"),
        "color": _attribute("value", "language_tag"),
        "size": _attribute("value", "language_tag"),
        "material": _attribute("value"),
        "variation_theme": {
            "items": {
                "properties": {
                    "name": {
                        "enum": list(THEMES),
                        "$lifecycle": {"enumDeprecated": ["COLOR_NAME"]},
                    }
                }
            }
        },
    }
}

PROFILE = CreationProfile(
    CREATION.name,
    CREATION.product_type,
    creates=True,
    rules=(
        AttributeRule("item_name", (Origin(Source.FIELD, ("name",)),)),
        AttributeRule("brand", (Origin(Source.FIELD, ("brand",)),)),
        AttributeRule("color", (Origin(Source.OPTION, ("Color",)),)),
        AttributeRule("size", (Origin(Source.OPTION, ("Size",)),)),
    ),
)


def child(number: int, color: str = "", size: str = "", **fields: Any) -> Variant:
    """A variant of product 77, by its options."""
    options = {name: label for name, label in (("Color", color), ("Size", size)) if label}
    name = " - ".join(["Suitcase", " / ".join(options.values())]) if options else "Suitcase"
    return variant(number, **{"product_id": 77, "name": name, "options": options, **fields})
