"""The product type MUG, small and in Amazon's form."""

from __future__ import annotations

from typing import Any


def attribute(*fields: str, selectors: list[str], extra: dict[str, Any], **bounds: Any) -> Any:
    return {
        "type": "array",
        "minItems": 1,
        "minUniqueItems": 1,
        "maxUniqueItems": 1,
        "selectors": selectors,
        "items": {
            "type": "object",
            "required": list(fields),
            "properties": {**extra, "marketplace_id": {"type": "string"}},
            "additionalProperties": False,
        },
        **bounds,
    }


TEXT = {
    "value": {"type": "string", "minLength": 1, "maxUtf8ByteLength": 200},
    "language_tag": {"type": "string"},
}
MEASURE = {"type": "object", "required": ["unit", "value"]}
MONEY = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "required": ["schedule"],
        "properties": {
            "schedule": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "required": ["value_with_tax"],
                    "properties": {"value_with_tax": {"type": "number"}},
                },
            }
        },
    },
}
OFFER_PROPERTIES = {
    "merchant_suggested_asin": attribute(
        "value", selectors=["marketplace_id", "value"], extra={"value": {"type": "string"}}
    ),
    "condition_type": attribute(
        "value",
        selectors=["marketplace_id"],
        extra={"value": {"type": "string", "enum": ["new_new", "used_good"]}},
    ),
    "purchasable_offer": attribute(
        selectors=["marketplace_id", "currency", "audience"],
        extra={
            "currency": {"type": "string"},
            "audience": {"type": "string"},
            "our_price": MONEY,
            "minimum_seller_allowed_price": MONEY,
        },
    ),
    "fulfillment_availability": attribute(
        "fulfillment_channel_code",
        selectors=["fulfillment_channel_code"],
        extra={
            "fulfillment_channel_code": {"type": "string", "enum": ["DEFAULT", "AMAZON_NA"]},
            "quantity": {"type": "integer", "minimum": 0},
            "lead_time_to_ship_max_days": {"type": "integer", "minimum": 0, "maximum": 30},
        },
    ),
}
SCHEMA = {
    "$schema": "https://schemas.amazon.com/selling-partners/definitions/product-types/meta-schema/v1",
    "$id": "https://schemas.amazon.com/selling-partners/definitions/product-types/schema/v1/MUG",
    "type": "object",
    "required": ["item_name", "brand", "number_of_items"],
    "additionalProperties": False,
    "properties": {
        **OFFER_PROPERTIES,
        "item_name": attribute("value", selectors=["marketplace_id", "language_tag"], extra=TEXT),
        "brand": attribute("value", selectors=["marketplace_id", "language_tag"], extra=TEXT),
        "bullet_point": attribute(
            "value",
            selectors=["marketplace_id", "language_tag"],
            extra=TEXT,
            maxUniqueItems=2,
        ),
        "number_of_items": attribute(
            "value", selectors=["marketplace_id"], extra={"value": {"type": "integer"}}
        ),
        "externally_assigned_product_identifier": attribute(
            "type",
            "value",
            selectors=["marketplace_id", "type"],
            extra={
                "type": {"type": "string", "enum": ["ean", "upc", "gtin"]},
                "value": {"type": "string"},
            },
        ),
        "supplier_declared_has_product_identifier_exemption": attribute(
            "value", selectors=["marketplace_id"], extra={"value": {"type": "boolean"}}
        ),
        "parentage_level": attribute(
            "value",
            selectors=["marketplace_id"],
            extra={"value": {"type": "string", "enum": ["child", "parent"]}},
        ),
        "child_parent_sku_relationship": attribute(
            "child_relationship_type",
            selectors=["marketplace_id"],
            extra={
                "child_relationship_type": {"type": "string"},
                "parent_sku": {"type": "string"},
            },
        ),
        "variation_theme": attribute("name", selectors=[], extra={"name": {"type": "string"}}),
        "item_dimensions": attribute(
            "height",
            "width",
            selectors=["marketplace_id"],
            extra={"height": MEASURE, "width": MEASURE},
        ),
    },
    "allOf": [
        {
            "if": {"not": {"required": ["merchant_suggested_asin"]}},
            "then": {"required": ["purchasable_offer"]},
        }
    ],
}
OFFER_ONLY_SCHEMA = {
    "type": "object",
    "required": ["purchasable_offer"],
    "additionalProperties": False,
    "properties": {
        **OFFER_PROPERTIES,
        "externally_assigned_product_identifier": SCHEMA["properties"][
            "externally_assigned_product_identifier"
        ],
    },
}
