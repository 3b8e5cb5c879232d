"""Where an attribute's values stand, by the schema: arrays, objects, and their selectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from affluent.domain.listing import Definition
from affluent.domain.marketplace import Marketplace

_MEDIA = "media_location"


class Form(StrEnum):
    """How the values stand in their place: objects in a list, one object, or bare."""

    ENTRIES = "entries"
    ENTRY = "entry"
    LIST = "list"
    BARE = "bare"


@dataclass(frozen=True, slots=True)
class Part:
    """A step of the way: an attribute or a part of one, and the selectors that stand beside it."""

    name: str
    form: Form
    selectors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """The way to the values, and what the schema says of each.

    `value_key` is what the value is called in its object, `kind` its JSON type, `units` those that
    are allowed beside it. Limits are None where the schema has none.
    """

    parts: tuple[Part, ...]
    value_key: str
    kind: str
    units: tuple[str, ...]
    most_characters: int | None
    most_bytes: int | None

    @property
    def is_media(self) -> bool:
        """Whether Amazon fetches what stands here."""
        return self.value_key == _MEDIA

    def put(self, attributes: dict[str, Any], values: Sequence[Mapping[str, Any]]) -> None:
        """Write the values, each as the fields of its object, where they belong."""
        entry = attributes
        for part in self.parts[:-1]:
            fresh: Any = dict(part.selectors)
            known = entry.setdefault(part.name, [fresh] if part.form is Form.ENTRIES else fresh)
            entry = known[0] if part.form is Form.ENTRIES else known
        last = self.parts[-1]
        known = entry.get(last.name)
        match last.form:
            case Form.ENTRIES:
                entries = [{**value, **last.selectors} for value in values]
                entries[0] = {**(known[0] if known else {}), **entries[0]}
                entry[last.name] = entries
            case Form.ENTRY:
                entry[last.name] = {**(known or {}), **values[0], **last.selectors}
            case Form.LIST:
                entry[last.name] = [value[self.value_key] for value in values]
            case Form.BARE:
                entry[last.name] = values[0][self.value_key]


def find_place(path: str, marketplace: Marketplace, definition: Definition) -> Place:
    """The place of a path such as item_dimensions.height.

    What the schema does not declare is written as attributes mostly are, for the gate to name it.
    """
    names = path.split(".")
    known = {
        "marketplace_id": marketplace.marketplace_id,
        "language_tag": marketplace.locale,
        "currency": marketplace.currency,
    }
    root = definition.schema
    schema = _property(root, names[0], root) or {"type": "array", "items": _UNDECLARED}
    parts = []
    for position, name in enumerate(names):
        if position:
            schema = _property(schema, name, root) or {"type": "object"}
        form, schema = _form(schema, root)
        declared = schema.get("properties", {})
        chosen = {key: value for key, value in known.items() if key in declared}
        parts.append(Part(name, form, chosen))
    return _place(tuple(parts), schema, root)


_UNDECLARED: Mapping[str, Any] = {"type": "object", "properties": {"marketplace_id": {}}}


def _place(parts: tuple[Part, ...], schema: Mapping[str, Any], root: Mapping[str, Any]) -> Place:
    declared = schema.get("properties", {})
    value_key = _MEDIA if _MEDIA in declared else "value"
    is_bare = parts[-1].form in (Form.LIST, Form.BARE)
    value = schema if is_bare else resolved(declared.get(value_key, {}), root)
    unit = resolved(declared.get("unit", {}), root)
    return Place(
        parts=parts,
        value_key=value_key,
        kind=type_of(value),
        units=allowed_values(unit),
        most_characters=value.get("maxLength") if type_of(value) == "string" else None,
        most_bytes=value.get("maxUtf8ByteLength"),
    )


def _form(schema: Mapping[str, Any], root: Mapping[str, Any]) -> tuple[Form, Mapping[str, Any]]:
    """The form at a place, and the schema of what stands in it."""
    kind = type_of(schema)
    if kind == "array":
        items = resolved(schema.get("items", {}), root)
        return (Form.ENTRIES if type_of(items) == "object" else Form.LIST), items
    return (Form.ENTRY if kind == "object" else Form.BARE), schema


def _property(
    schema: Mapping[str, Any], name: str, root: Mapping[str, Any]
) -> Mapping[str, Any] | None:
    found = schema.get("properties", {}).get(name)
    return None if found is None else resolved(found, root)


def resolved(schema: Mapping[str, Any], root: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema itself, or what it refers to within the definition."""
    reference = str(schema.get("$ref", ""))
    if not reference.startswith("#/$defs/"):
        return schema
    found: Mapping[str, Any] = root.get("$defs", {}).get(reference.removeprefix("#/$defs/"), {})
    return found


def type_of(schema: Mapping[str, Any]) -> str:
    """The JSON type that the schema asks for; "object" where it tells none."""
    told = schema.get("type")
    if told is None:
        told = next((one["type"] for one in schema.get("anyOf", ()) if "type" in one), "object")
    return str(told[0] if isinstance(told, list) else told)


def allowed_values(schema: Mapping[str, Any]) -> tuple[str, ...]:
    """The values that the schema names, whether or not others are allowed beside them."""
    choices = (schema, *schema.get("anyOf", ()))
    return tuple(dict.fromkeys(str(one) for choice in choices for one in choice.get("enum", ())))
