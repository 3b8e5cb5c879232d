"""The sandbox's own product types, put together from sandbox/data/product_types.

A type's file names the parts that it shares with others (content, variation, offer) and holds only
what is its own; the schemas made of them have the form of Amazon's product type definitions.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PRODUCT_TYPES_FOLDER = Path(__file__).parent / "data" / "product_types"
SCHEMA_ROOT = "https://schemas.amazon.com/selling-partners/definitions/product-types"

OFFER_PART = "offer"


@dataclass(frozen=True)
class ProductType:
    """A product type with its schemas for requirements LISTING and LISTING_OFFER_ONLY."""

    name: str
    display_name: str
    schema: dict[str, Any]
    offer_only_schema: dict[str, Any]


def load_product_types(folder: Path = PRODUCT_TYPES_FOLDER) -> list[ProductType]:
    """Every product type of the folder, by name."""
    return [_read_product_type(path) for path in sorted(folder.glob("*.json"))]


def _read_product_type(path: Path) -> ProductType:
    own = _read(path)
    name = own["productType"]
    shared = [_read_part(path.parent, part) for part in own["parts"]]
    return ProductType(
        name=name,
        display_name=own["displayName"],
        schema=_schema(path.parent, name, [own, *shared]),
        offer_only_schema=_schema(path.parent, name, [_read_part(path.parent, OFFER_PART)]),
    )


def _schema(folder: Path, name: str, parts: Iterable[dict[str, Any]]) -> dict[str, Any]:
    required: set[str] = set()
    properties: dict[str, Any] = {}
    rules: list[Any] = []
    for part in parts:
        required |= set(part.get("required", []))
        properties |= part["properties"]
        rules += part.get("allOf", [])
    return {
        "$schema": f"{SCHEMA_ROOT}/meta-schema/v1",
        "$id": f"{SCHEMA_ROOT}/schema/v1/{name}",
        "$comment": f"Product type definition of {name}, as the sandbox's Amazon knows it",
        "$defs": _read_part(folder, "definitions"),
        "type": "object",
        "required": sorted(required),
        "properties": properties,
        "additionalProperties": False,
        "allOf": rules,
    }


def _read_part(folder: Path, name: str) -> dict[str, Any]:
    return _read(folder / "parts" / f"{name}.json")


def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content
