"""A plan as a person reads it: each field that would change, before and after, and why."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from affluent.domain.plan import Change, Operation

#: Under this name a put that is sent again keeps what differs of the last one's attributes: each by
#: its name, as it was, or None where there was none.
LAST_SENT: Final = "attributes"
#: What a change names to be understood, and does not change.
_CONTEXT: Final = ("currency", "channel", "floor", "ceiling")


@dataclass(frozen=True, slots=True)
class PlannedField:
    """One field of one change; "" is a field that has no value."""

    operation: str
    key: str
    field: str
    before: str
    after: str
    why: str


def planned_fields(change: Change) -> Iterator[PlannedField]:
    """The fields that the change would change; of a put these are its attributes."""
    before, after = _sides(change)
    for name in sorted({*before, *after}):
        was, becomes = written_value(before.get(name)), written_value(after.get(name))
        if was != becomes:
            why = _why(name, change)
            yield PlannedField(change.operation.value, change.key, name, was, becomes, why)


def written_value(value: object) -> str:
    """A value as text: an attribute's array by its values alone, where they are simple."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and value and all(map(_is_simple, value)):
        return ", ".join(_simple(one) for one in value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def _sides(change: Change) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    if change.operation is Operation.PUT_LISTING:
        sent: Mapping[str, Any] = change.payload["attributes"]
        if LAST_SENT not in change.before:
            return {}, sent
        was: Mapping[str, Any] = change.before[LAST_SENT]
        return was, {name: sent.get(name) for name in was}
    shown = {name: value for name, value in change.after.items() if name not in _CONTEXT}
    return {name: change.before.get(name) for name in shown}, shown


def _why(name: str, change: Change) -> str:
    origins = [one.in_words() for one in change.provenance if one.attribute == name]
    return "; ".join(dict.fromkeys(origins)) or change.why


def _is_simple(entry: object) -> bool:
    return isinstance(entry, Mapping) and "value" in entry and isinstance(entry["value"], str | int)


def _simple(entry: Mapping[str, Any]) -> str:
    return " ".join(str(entry[name]) for name in ("value", "unit") if name in entry)
