"""A first creation profile from a schema: what Amazon needs, and what may fill it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from affluent.domain import attributes as amazon
from affluent.domain.listing import Definition
from affluent.listings.attributes.places import allowed_values, resolved, type_of

#: What a put brings of itself: the profile does not fill it.
_BROUGHT: Final = frozenset(
    {amazon.IDENTIFIER, amazon.ASIN, amazon.OFFER, amazon.AVAILABILITY, amazon.CONDITION}
)
_FIELDS: Final = {
    "item_name": "name",
    "brand": "brand",
    "product_description": "description",
    "manufacturer": "brand",
    "part_number": "mpn",
    "model_number": "mpn",
    "item_weight": "weight",
    "list_price": "regular_price",
}
_MEASURES: Final = ("length", "width", "height")
_OPTIONS: Final = {"color": "Color", "size": "Size"}


@dataclass(frozen=True, slots=True)
class OutlinedRule:
    """A rule to begin with: where it leads, what Amazon says of it, and the likely source.

    `source` is a key of a rule and what it names; None leaves the attribute out for now.
    """

    path: str
    title: str
    description: str
    allowed: tuple[str, ...]
    source: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Outline:
    """The rules of a first profile: always required, and required in certain cases."""

    required: tuple[OutlinedRule, ...]
    conditional: tuple[OutlinedRule, ...]


def outline(definition: Definition, custom_fields: Iterable[str]) -> Outline:
    """The attributes that Amazon names as required, with the source that is likeliest.

    `custom_fields` are the names that the store's products have.
    """
    schema = definition.schema
    fields = {_folded(name): name for name in sorted(custom_fields)}
    required = [name for name in schema.get("required", ()) if name not in _BROUGHT]
    named = dict.fromkeys(_required_by(schema.get("allOf", ())))
    conditional = [name for name in named if name not in _BROUGHT and name not in required]
    declared = schema.get("properties", {})
    return Outline(
        *(
            tuple(
                rule
                for name in sorted(names)
                if name in declared
                for rule in _rules(name, resolved(declared[name], schema), schema, fields)
            )
            for names in (required, conditional)
        )
    )


def _required_by(rules: Iterable[Any]) -> Iterator[str]:
    """The attributes that any condition of the schema asks for."""
    for rule in rules:
        for branch in ("then", "else"):
            asked = rule.get(branch, {})
            yield from asked.get("required", ())
            yield from _required_by(asked.get("allOf", ()))


def _rules(
    name: str, schema: Mapping[str, Any], root: Mapping[str, Any], fields: Mapping[str, str]
) -> Iterator[OutlinedRule]:
    """One rule, or one for each part where the attribute has no value of its own."""
    inner = resolved(schema.get("items", schema), root).get("properties", {})
    if "value" in inner or "media_location" in inner:
        yield _rule(name, schema, resolved(inner.get("value", {}), root), fields)
        return
    for part, declared in inner.items():
        if part not in ("marketplace_id", "language_tag"):
            content = resolved(declared, root)
            items = resolved(content.get("items", content), root)
            value = items.get("properties", {}).get("value", items)
            yield _rule(f"{name}.{part}", content, resolved(value, root), fields)


def _rule(
    path: str, schema: Mapping[str, Any], value: Mapping[str, Any], fields: Mapping[str, str]
) -> OutlinedRule:
    allowed = allowed_values(value) if type_of(value) == "string" else ()
    title, description = str(schema.get("title", path)), str(schema.get("description", ""))
    return OutlinedRule(path, title, description, allowed, _likely(path, title, fields))


def _likely(path: str, title: str, fields: Mapping[str, str]) -> tuple[str, str] | None:
    last = path.rpartition(".")[2]
    if path in _FIELDS:
        return "field", _FIELDS[path]
    if path in _OPTIONS:
        return "option", _OPTIONS[path]
    if last in _MEASURES and "package" not in path:
        return "field", last
    for name in (path, last, title):
        if _folded(name) in fields:
            return "custom_field", fields[_folded(name)]
    return None


def _folded(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))
