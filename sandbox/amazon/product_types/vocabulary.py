"""Amazon's own schema keywords that validate: selectors, unique items and UTF-8 lengths.

JSON Schema libraries do not know them, so they are gathered once per schema into a tree of rules,
and each item is walked along that tree. `enumNames`, `hidden`, `editable`, `$lifecycle` and the
like only annotate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sandbox.amazon.wire import Json

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Rule:
    """What Amazon's keywords ask of one value and of what lies in it."""

    max_unique_items: int | None
    min_unique_items: int | None
    selectors: tuple[str, ...]
    max_utf8_bytes: int | None
    min_utf8_bytes: int | None
    properties: dict[str, Rule]
    items: Rule | None

    def violations(self, value: Any, path: Path = ()) -> Iterator[Path]:
        """The paths of the values that break a rule."""
        if isinstance(value, str):
            yield from self._string_violations(value, path)
        elif isinstance(value, list):
            yield from self._array_violations(value, path)
        elif isinstance(value, dict):
            for name, rule in self.properties.items():
                if name in value:
                    yield from rule.violations(value[name], (*path, name))

    def _string_violations(self, text: str, path: Path) -> Iterator[Path]:
        if self.max_utf8_bytes is None and self.min_utf8_bytes is None:
            return
        size = len(text.encode())
        is_too_long = self.max_utf8_bytes is not None and size > self.max_utf8_bytes
        if is_too_long or size < (self.min_utf8_bytes or 0):
            yield path

    def _array_violations(self, array: list[Any], path: Path) -> Iterator[Path]:
        if self.max_unique_items is not None or self.min_unique_items is not None:
            counts = Counter(self._selected(item) for item in array).values()
            too_many = any(count > (self.max_unique_items or count) for count in counts)
            if too_many or any(count < (self.min_unique_items or 0) for count in counts):
                yield path
        if self.items is not None:
            for index, item in enumerate(array):
                yield from self.items.violations(item, (*path, index))

    def _selected(self, item: Any) -> str:
        if not isinstance(item, dict):
            return repr(item)
        return repr([item.get(name) for name in self.selectors or sorted(item)])


def rules_of(schema: Json) -> Rule:
    """The rules of a whole product-type schema."""
    return _rule(schema, schema.get("$defs", {})) or Rule(None, None, (), None, None, {}, None)


def _rule(schema: Json, definitions: Json) -> Rule | None:
    reference = schema.get("$ref", "")
    if reference.startswith("#/$defs/"):
        return _rule(definitions[reference.removeprefix("#/$defs/")], definitions)
    properties = {
        name: rule
        for name, inner in schema.get("properties", {}).items()
        if (rule := _rule(inner, definitions))
    }
    items = schema.get("items")
    rule = Rule(
        schema.get("maxUniqueItems"),
        schema.get("minUniqueItems"),
        tuple(schema.get("selectors", ())),
        schema.get("maxUtf8ByteLength"),
        schema.get("minUtf8ByteLength"),
        properties,
        _rule(items, definitions) if isinstance(items, dict) else None,
    )
    return rule if _has_effect(rule) else None


def _has_effect(rule: Rule) -> bool:
    limits = (
        rule.max_unique_items,
        rule.min_unique_items,
        rule.max_utf8_bytes,
        rule.min_utf8_bytes,
    )
    return (
        bool(rule.properties)
        or rule.items is not None
        or any(limit is not None for limit in limits)
    )
