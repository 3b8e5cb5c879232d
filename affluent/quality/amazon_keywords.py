"""Amazon's five keywords: selectors, maxUniqueItems, minUniqueItems, max- and minUtf8ByteLength.

They are read off the schema once and checked in one pass beside the validator, because a keyword
written in Python inside the validator costs ten times as much. The same pass finds blank texts.
A combination of selector values may occur so many times: ten bullet points are one combination.
Source: developer-docs.amazon.com/sp-api/docs/product-type-definition-meta-schema.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from affluent.domain.issue import Issue
from affluent.quality import amazon_issues
from affluent.quality.violations import attribute_and_field, is_blank

_LOCAL_REFERENCE = "#/$defs/"


@dataclass(frozen=True, slots=True)
class Limits:
    """What Amazon's keywords say about one value, and about the values inside it."""

    selectors: tuple[str, ...] = ()
    min_unique: int | None = None
    max_unique: int | None = None
    min_bytes: int | None = None
    max_bytes: int | None = None
    items: Limits | None = None
    properties: Mapping[str, Limits] = field(default_factory=dict)


_NO_LIMITS = Limits()


def limits_of(schema: Mapping[str, Any]) -> Limits:
    """The limits that a product-type schema sets. Conditional rules hold none of the five."""
    return _read(schema, schema.get("$defs", {}))


def keyword_issues(attributes: Mapping[str, Any], limits: Limits) -> Iterator[Issue]:
    """What breaks the keywords, and every blank text."""
    for name, value in attributes.items():
        yield from _check(value, limits.properties.get(name, _NO_LIMITS), (name,))


def _read(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> Limits:
    reference = schema.get("$ref", "")
    if reference.startswith(_LOCAL_REFERENCE):
        schema = definitions[reference.removeprefix(_LOCAL_REFERENCE)]
    items = schema.get("items")
    return Limits(
        selectors=tuple(schema.get("selectors", ())),
        min_unique=schema.get("minUniqueItems"),
        max_unique=schema.get("maxUniqueItems"),
        min_bytes=schema.get("minUtf8ByteLength"),
        max_bytes=schema.get("maxUtf8ByteLength"),
        items=_read(items, definitions) if isinstance(items, Mapping) else None,
        properties={
            name: _read(part, definitions)
            for name, part in schema.get("properties", {}).items()
            if isinstance(part, Mapping)
        },
    )


def _check(value: object, limits: Limits, path: tuple[str, ...]) -> Iterator[Issue]:
    match value:
        case str():
            yield from _check_text(value, limits, path)
        case list():
            yield from _check_occurrences(value, limits, path)
            for item in value:
                yield from _check(item, limits.items or _NO_LIMITS, path)
        case dict():
            for name, part in value.items():
                yield from _check(part, limits.properties.get(name, _NO_LIMITS), (*path, name))


def _check_text(text: str, limits: Limits, path: tuple[str, ...]) -> Iterator[Issue]:
    attribute, field_name = attribute_and_field(path)
    if is_blank(text):
        yield amazon_issues.too_few_values(attribute, field_name)
        return
    if limits.max_bytes is None and limits.min_bytes is None:
        return
    size = len(text.encode("utf-8", "surrogatepass"))
    if limits.max_bytes is not None and size > limits.max_bytes:
        why = f"it takes {size} bytes in UTF-8, at most {limits.max_bytes} are allowed"
        yield amazon_issues.invalid_value(attribute, field_name, why)
    if limits.min_bytes is not None and size < limits.min_bytes:
        why = f"it takes {size} bytes in UTF-8, at least {limits.min_bytes} are required"
        yield amazon_issues.invalid_value(attribute, field_name, why)


def _check_occurrences(
    values: Sequence[object], limits: Limits, path: tuple[str, ...]
) -> Iterator[Issue]:
    if limits.max_unique is None and limits.min_unique is None:
        return
    attribute, field_name = attribute_and_field(path)
    counts = Counter(_selected(value, limits.selectors) for value in values)
    most, least = max(counts.values(), default=0), min(counts.values(), default=0)
    if limits.min_unique is not None and least < limits.min_unique:
        yield amazon_issues.too_few_values(attribute, field_name, limits.min_unique)
    if limits.max_unique is not None and most > limits.max_unique:
        same = f" with the same {', '.join(limits.selectors)}" if limits.selectors else " alike"
        why = f"{most} values{same}, at most {limits.max_unique} allowed"
        yield amazon_issues.invalid_value(attribute, field_name, why)


def _selected(value: object, selectors: Sequence[str]) -> str:
    if isinstance(value, dict) and selectors:
        value = {name: value.get(name) for name in selectors}
    return json.dumps(value, sort_keys=True, default=str)
