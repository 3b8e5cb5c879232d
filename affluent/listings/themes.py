"""Which variation theme of a product type fits a family: one attribute for each option that varies,
filled from it by the creation profile. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import permutations
from typing import Any, Final

from affluent.domain.variation import THEME

Json = Mapping[str, Any]

#: Endings that a theme's words have and the attributes of today have not.
_OLD_ENDINGS: Final = ("_name", "_type")
#: A theme of more parts fits no product that a store can have.
_LARGEST: Final = 4


def allowed_themes(schema: Json) -> tuple[str, ...]:
    """The themes of a product type, in the schema's order, without those that Amazon retires."""
    name = schema.get("properties", {}).get(THEME, {}).get("items", {}).get("properties", {})
    declared = name.get("name", {})
    choices = [declared, *declared.get("anyOf", ())]
    listed = next((one["enum"] for one in choices if "enum" in one), ())
    retired = {
        theme for one in choices for theme in one.get("$lifecycle", {}).get("enumDeprecated", ())
    }
    return tuple(theme for theme in listed if theme not in retired)


def theme_attributes(theme: str, schema: Json) -> tuple[str, ...]:
    """The attributes that a theme varies by; empty where one of them is not the schema's."""
    known = schema.get("properties", {})
    found = [_attribute(part.lower(), known) for part in theme.split("/")]
    return tuple(found) if all(found) else ()


def fitting_theme(
    schema: Json, options: Sequence[Mapping[str, str]], contents: Sequence[Json]
) -> str:
    """The first theme whose attributes follow exactly the options that vary; "" where none does.

    `options` and `contents` are those of each member, in the same order.
    """
    varying = varying_options(options)
    wanted = [_pattern([one.get(name) for one in options]) for name in varying]
    if not 0 < len(wanted) <= _LARGEST:
        return ""
    for theme in allowed_themes(schema):
        attributes = theme_attributes(theme, schema)
        if len(attributes) == len(wanted) and _follow(attributes, wanted, contents):
            return theme
    return ""


def varying_options(options: Sequence[Mapping[str, str]]) -> list[str]:
    """The names of the options that are not the same for all members."""
    names = dict.fromkeys(name for one in options for name in one)
    return [name for name in names if len({one.get(name) for one in options}) > 1]


def attributes_that_follow(
    name: str, options: Sequence[Mapping[str, str]], contents: Sequence[Json]
) -> list[str]:
    """The attributes that are the same exactly where the option is."""
    wanted = _pattern([one.get(name) for one in options])
    shared = set.intersection(*(set(one) for one in contents))
    return sorted(one for one in shared if _pattern_of(one, contents) == wanted)


def _attribute(part: str, known: Json) -> str:
    candidates = (part, *(part.removesuffix(ending) for ending in _OLD_ENDINGS))
    return next((one for one in candidates if one in known), "")


def _follow(
    attributes: Sequence[str], wanted: Sequence[tuple[int, ...]], contents: Sequence[Json]
) -> bool:
    found = [_pattern_of(one, contents) for one in attributes]
    return any(list(order) == found for order in permutations(wanted))


def _pattern_of(attribute: str, contents: Sequence[Json]) -> tuple[int, ...]:
    """Empty where a member lacks the attribute."""
    if not all(attribute in one for one in contents):
        return ()
    return _pattern([json.dumps(one[attribute], sort_keys=True) for one in contents])


def _pattern(labels: Sequence[str | None]) -> tuple[int, ...]:
    """Which members are alike: for each the place of the first one that has the same label."""
    first: dict[str | None, int] = {}
    return tuple(first.setdefault(label, place) for place, label in enumerate(labels))
