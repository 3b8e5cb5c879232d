"""A product type and its schemas, one for each set of requirements; each is compiled once."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from jsonschema_rs import Draft201909Validator

from sandbox.amazon.product_types.vocabulary import Rule, rules_of
from sandbox.amazon.wire import Json

LISTING = "LISTING"
LISTING_PRODUCT_ONLY = "LISTING_PRODUCT_ONLY"
LISTING_OFFER_ONLY = "LISTING_OFFER_ONLY"
REQUIREMENTS = (LISTING, LISTING_PRODUCT_ONLY, LISTING_OFFER_ONLY)

IDENTITY_ATTRIBUTES = (
    "item_name",
    "brand",
    "externally_assigned_product_identifier",
    "supplier_declared_has_product_identifier_exemption",
    "merchant_suggested_asin",
)
SALES_TERMS = (
    "condition_type",
    "condition_note",
    "list_price",
    "purchasable_offer",
    "fulfillment_availability",
    "merchant_shipping_group",
    "max_order_quantity",
    "skip_offer",
)


class ProductSchema:
    """One schema document, its checksum, and what checks an item against it."""

    def __init__(self, document: Json) -> None:
        self.document = document

    @cached_property
    def content(self) -> bytes:
        """The document as it is downloaded."""
        return json.dumps(self.document, ensure_ascii=False, separators=(",", ":")).encode()

    @cached_property
    def digest(self) -> str:
        """The MD5 of the document in hexadecimal, by which it is downloaded."""
        return hashlib.md5(self.content, usedforsecurity=False).hexdigest()

    @cached_property
    def checksum(self) -> str:
        """The same MD5 in Base64, as the answers give it."""
        return base64.b64encode(bytes.fromhex(self.digest)).decode()

    @cached_property
    def validator(self) -> Draft201909Validator:
        """The compiled schema; Amazon's `$schema` and `$id` cannot be resolved."""
        return Draft201909Validator(_without(self.document, ("$schema", "$id")))

    @cached_property
    def rules(self) -> Rule:
        """What Amazon's own keywords ask."""
        return rules_of(self.document)


class ProductType:
    """A product type with its schemas."""

    def __init__(self, name: str, display_name: str, schema: Json, offer_only_schema: Json) -> None:
        self.name = name
        self.display_name = display_name
        documents = {
            LISTING: schema,
            LISTING_PRODUCT_ONLY: _without_sales_terms(schema),
            LISTING_OFFER_ONLY: offer_only_schema,
        }
        self._enforced = {name: ProductSchema(document) for name, document in documents.items()}
        self._unenforced = {
            name: ProductSchema(_without(document, ("required", "allOf")))
            for name, document in documents.items()
        }

    def schema(self, requirements: str, *, is_enforced: bool = True) -> ProductSchema:
        """The schema for LISTING, LISTING_PRODUCT_ONLY or LISTING_OFFER_ONLY.

        Not enforced, it checks the structure of what is there and asks for nothing.
        """
        return (self._enforced if is_enforced else self._unenforced)[requirements]

    def changed(self, requirements: str, changes: Json) -> ProductType:
        """The type with one of its documents merged with changes, as RFC 7396 says."""
        documents = {name: schema.document for name, schema in self._enforced.items()}
        documents[requirements] = merged(documents[requirements], changes)
        return ProductType(
            self.name, self.display_name, documents[LISTING], documents[LISTING_OFFER_ONLY]
        )

    def schemas(self) -> Iterable[ProductSchema]:
        """All its schemas."""
        return (*self._enforced.values(), *self._unenforced.values())


def merged(document: Any, changes: Any) -> Any:
    """A document with a JSON merge patch: null takes a member away."""
    if not isinstance(changes, dict):
        return changes
    members = dict(document) if isinstance(document, dict) else {}
    for name, change in changes.items():
        if change is None:
            members.pop(name, None)
        else:
            members[name] = merged(members.get(name), change)
    return members


def _without(document: Json, keys: Iterable[str]) -> Json:
    dropped = frozenset(keys)
    return {key: value for key, value in document.items() if key not in dropped}


def _without_sales_terms(schema: Json) -> Json:
    return {
        **schema,
        "properties": _without(schema.get("properties", {}), SALES_TERMS),
        "required": _product_names(schema.get("required", ())),
        "allOf": [_without_required_terms(rule) for rule in schema.get("allOf", ())],
    }


def _without_required_terms(rule: Json) -> Json:
    reduced = dict(rule)
    for branch in ("then", "else"):
        if "required" in rule.get(branch, {}):
            names = _product_names(rule[branch]["required"])
            reduced[branch] = {**rule[branch], "required": names}
    return reduced


def _product_names(names: Iterable[str]) -> list[str]:
    return [name for name in names if name not in SALES_TERMS]
