"""Filling the attributes of a product type from a variant, by the rules of a creation profile."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from affluent.domain.listing import AttributeRule, CreationProfile, Definition, Source
from affluent.domain.marketplace import Marketplace
from affluent.domain.money import json_number
from affluent.domain.product import Variant

_TAG = re.compile(r"<[^>]*>")


def render_attributes(
    profile: CreationProfile, variant: Variant, marketplace: Marketplace, definition: Definition
) -> dict[str, list[dict[str, Any]]]:
    """The attributes that the profile can fill; a rule without a value leaves its place empty."""
    attributes: dict[str, list[dict[str, Any]]] = {}
    for rule in profile.rules:
        values = _values(rule, variant)
        attribute, _, field = rule.path.partition(".")
        if not values:
            continue
        selectors = _selectors(attribute, marketplace, definition)
        if field:
            entry = attributes.setdefault(attribute, [dict(selectors)])[0]
            entry[field] = _part(rule, values[0], field, _declared(attribute, definition))
        else:
            attributes[attribute] = [{**_measure(rule, value), **selectors} for value in values]
    return attributes


def _values(rule: AttributeRule, variant: Variant) -> list[str | int | float]:
    for source, name in rule.sources:
        texts = [text for text in _texts(source, name, variant) if text.strip()]
        if texts:
            return [_number(text) if rule.number else text for text in texts]
    return []


def _texts(source: Source, name: str, variant: Variant) -> list[str]:
    match source:
        case Source.CONSTANT:
            return [name]
        case Source.CUSTOM_FIELD:
            return [variant.custom_fields.get(name, "")]
        case Source.METAFIELD:
            return [variant.metafields.get(name, "")]
        case Source.OPTION:
            return [variant.options.get(name, "")]
        case Source.FIELD:
            return _field(name, variant)


def _field(name: str, variant: Variant) -> list[str]:
    size = variant.size
    fields: dict[str, list[str]] = {
        "name": [variant.name],
        "description": [_TAG.sub(" ", variant.description).strip()],
        "brand": [variant.brand],
        "mpn": [variant.mpn],
        "sku": [variant.sku],
        "price": [str(variant.price.amount)],
        "weight": [variant.weight or ""],
        "length": [(size.length if size else "") or ""],
        "width": [(size.width if size else "") or ""],
        "height": [(size.height if size else "") or ""],
        "images": list(variant.image_urls),
    }
    return fields[name]


def _number(text: str) -> str | int | float:
    """A JSON number where the text is one; else the text, for the gate to name."""
    try:
        return json_number(Decimal(text))
    except InvalidOperation:
        return text


def _measure(rule: AttributeRule, value: str | float) -> dict[str, Any]:
    return {"value": value, "unit": rule.unit} if rule.unit else {"value": value}


def _part(
    rule: AttributeRule, value: str | float, field: str, declared: Mapping[str, Any]
) -> object:
    """A sub-field in the form that the schema gives it: bare, an object, or a list of objects."""
    form = declared.get(field, {}).get("type", "object")
    if form == "array":
        return [_measure(rule, value)]
    return _measure(rule, value) if form == "object" else value


def _selectors(
    attribute: str, marketplace: Marketplace, definition: Definition
) -> Mapping[str, str]:
    """The selectors that the schema declares for the attribute, with the marketplace's values."""
    declared = _declared(attribute, definition)
    known = {
        "marketplace_id": marketplace.marketplace_id,
        "language_tag": marketplace.locale,
        "currency": marketplace.currency,
    }
    return {name: value for name, value in known.items() if name in declared}


def _declared(attribute: str, definition: Definition) -> Mapping[str, Any]:
    schema = definition.schema.get("properties", {}).get(attribute, {})
    declared: Mapping[str, Any] = schema.get("items", {}).get("properties", {})
    return declared or {"marketplace_id": {}}
