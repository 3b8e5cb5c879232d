"""What a new version of a product type's schema asks for that the one before did not."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from affluent.domain.listing import Requirements

_UPPER_LIMITS: Final = (
    "maxLength",
    "maxItems",
    "maxUniqueItems",
    "maxUtf8ByteLength",
    "maximum",
)
_LOWER_LIMITS: Final = (
    "minLength",
    "minItems",
    "minUniqueItems",
    "minUtf8ByteLength",
    "minimum",
)
_SHOWN_VALUES: Final = 5


@dataclass(frozen=True, slots=True)
class SchemaDrift:
    """A schema that changed, and what it breaks.

    `before` and `after` are Amazon's versions. One that is `announced` is not in force yet.
    `listings` holds, by SKU, Amazon's words about what was last sent; `profiles`, by creation
    profile, those about what it makes of the store's products, with how many of them.
    """

    product_type: str
    requirements: Requirements
    before: str
    after: str
    announced: bool
    changes: tuple[str, ...]
    listings: Mapping[str, tuple[str, ...]]
    profiles: Mapping[str, tuple[str, ...]]

    def summary(self) -> str:
        """The drift in a sentence or two."""
        when = "is going to change" if self.announced else "has changed"
        parts = [
            f"{noun} {', '.join(sorted(named))}"
            for noun, named in (("listings", self.listings), ("profiles", self.profiles))
            if named
        ]
        breaks = f" It breaks the {' and the '.join(parts)}." if parts else " It breaks nothing."
        return f"{self.product_type} ({self.requirements}) {when}: {' '.join(self.changes)}{breaks}"


@dataclass(frozen=True, slots=True)
class KeptDefinition:
    """A schema that is kept, without its text."""

    account: str
    marketplace_id: str
    product_type: str
    requirements: Requirements
    version: str
    fetched_at: datetime


def broken_rows(drifts: Iterable[SchemaDrift]) -> Iterator[dict[str, str]]:
    """What breaks, a row for each of Amazon's words."""
    for drift in drifts:
        for kind, named in (("listing", drift.listings), ("profile", drift.profiles)):
            for name, messages in named.items():
                for message in messages:
                    yield {
                        kind: name,
                        "product type": drift.product_type,
                        "in force": "announced" if drift.announced else "already",
                        "message": message,
                    }


def schema_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """What became stricter, a sentence each; what became looser is left out."""
    conditions = {_text(one) for one in before.get("allOf", ())}
    new = [one for one in after.get("allOf", ()) if _text(one) not in conditions]
    return (*_stricter(before, after, ""), *(_condition(one) for one in new))


def _stricter(before: Mapping[str, Any], after: Mapping[str, Any], path: str) -> Iterator[str]:
    place = path or "The item"
    for name in sorted(set(after.get("required", ())) - set(before.get("required", ()))):
        yield f"{_joined(path, name)} is required now."
    yield from _limits(before, after, place)
    if gone := _values(before) - _values(after) if _values(after) else set():
        yield f"{place} has lost {_listed(sorted(gone))}."
    known, asked = before.get("properties", {}), after.get("properties", {})
    for name in known:
        if name not in asked:
            yield f"{_joined(path, name)} is gone."
        elif known[name] != asked[name]:
            yield from _stricter(known[name], asked[name], _joined(path, name))
    if isinstance(before.get("items"), Mapping) and isinstance(after.get("items"), Mapping):
        yield from _stricter(before["items"], after["items"], path)


def _limits(before: Mapping[str, Any], after: Mapping[str, Any], place: str) -> Iterator[str]:
    for name in (*_UPPER_LIMITS, *_LOWER_LIMITS):
        old, new = before.get(name), after.get(name)
        if new is None or new == old:
            continue
        is_upper = name in _UPPER_LIMITS
        if old is None or (new < old) == is_upper:
            was = "without a limit" if old is None else old
            word = "at most" if is_upper else "at least"
            yield f"{place}: {name} is {word} {new} now, {was} before."


def _values(schema: Mapping[str, Any]) -> set[str]:
    """The values that a place takes, or suggests beside any text."""
    branches: Sequence[Mapping[str, Any]] = (schema, *schema.get("anyOf", ()))
    return {str(value) for branch in branches for value in branch.get("enum", ())}


def _listed(values: Sequence[str]) -> str:
    shown = ", ".join(f"'{value}'" for value in values[:_SHOWN_VALUES])
    rest = len(values) - _SHOWN_VALUES
    noun = "the value" if len(values) == 1 else "the values"
    return f"{noun} {shown} and {rest} more" if rest > 0 else f"{noun} {shown}"


def _condition(rule: Mapping[str, Any]) -> str:
    """A conditional rule by what it may ask for."""
    asked = sorted(
        {
            name
            for branch in (rule, rule.get("then", {}), rule.get("else", {}))
            for name in (*branch.get("required", ()), *branch.get("properties", {}))
        }
    )
    return f"A new condition is about {', '.join(asked) or 'the whole item'}."


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _text(rule: object) -> str:
    return json.dumps(rule, sort_keys=True)
