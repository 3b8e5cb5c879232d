"""pydantic's findings in a merchant's words: where they stand, what is wrong, how to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any

from pydantic_core import ErrorDetails

from affluent.settings.models import Settings
from affluent.settings.problems import FLAW, Location, Mistake

_KEY_MARK = "[key]"


def in_words(detail: ErrorDetails) -> Mistake:
    """One of pydantic's findings; never the value that was found, which may be a secret."""
    location: Location = tuple(part for part in detail["loc"] if part != _KEY_MARK)
    kind = detail["type"]
    if kind == FLAW:
        context = detail["ctx"]
        return Mistake((*location, *context["at"]), context["problem"], context["fix"])
    if kind == "extra_forbidden":
        return Mistake(location, "is not a setting.", _nearest_key(location))
    if kind == "missing":
        return Mistake(location, "is missing.", f"Add it: {_description(location)}")
    if kind == "string_type":
        return Mistake(location, "must be text.", "Put the value in quotes.")
    return Mistake(location, f"{detail['msg']}.", f"Expected: {_description(location)}")


def _nearest_key(location: Location) -> str:
    known = list(_schema_at(location[:-1]).get("properties", {}))
    near = get_close_matches(str(location[-1]), known, n=1)
    return f"Did you mean {near[0]}?" if near else f"Remove it; known are {', '.join(known)}."


def _description(location: Location) -> str:
    """What the nearest described place of the settings is for."""
    description = _schema_at(location).get("description", "")
    return description or _description(location[:-1])


@cache
def _schema() -> Mapping[str, Any]:
    return Settings.model_json_schema()


def _schema_at(location: Location) -> Mapping[str, Any]:
    """The JSON Schema of a place in the settings; empty where there is none."""
    schema = _schema()
    for part in location:
        properties = schema.get("properties", {})
        inner = properties.get(part, schema.get("items", schema.get("additionalProperties")))
        schema = _followed(inner or {})
    return schema


def _followed(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema that a reference or an optional value stands for, under its own description."""
    chosen = schema.get("anyOf", [schema])[0]
    target = chosen.get("$ref", "").removeprefix("#/$defs/")
    described = {key: schema[key] for key in ("description",) if key in schema}
    return {**chosen, **_schema()["$defs"].get(target, {}), **described}
