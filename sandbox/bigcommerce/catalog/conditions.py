"""The filters of a catalog query, `field` or `field:in` and the like, as conditions on values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox.bigcommerce.moments import iso, parse_filter_moment
from sandbox.bigcommerce.refusals import V3Refusal, unknown_filters

Reader = Callable[[str], Any]
Condition = Callable[[Any], bool]

_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "": lambda value, wanted: bool(value == wanted),
    "min": lambda value, wanted: bool(value >= wanted),
    "max": lambda value, wanted: bool(value <= wanted),
    "greater": lambda value, wanted: bool(value > wanted),
    "less": lambda value, wanted: bool(value < wanted),
    "not": lambda value, wanted: bool(value != wanted),
    "like": lambda value, wanted: wanted in value,
}
_LIST_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "in": lambda value, wanted: value in wanted,
    "not_in": lambda value, wanted: value not in wanted,
}


def read_text(text: str) -> str:
    """Texts are compared without regard to case."""
    return text.lower()


def read_flag(text: str) -> bool:
    """`true`, `false`, `1` or `0`.

    Raises:
        ValueError: it is something else.
    """
    flags = {"true": True, "1": True, "false": False, "0": False}
    if text.lower() not in flags:
        raise ValueError(text)
    return flags[text.lower()]


def moment_reader(now: datetime) -> Reader:
    """Reads a time of a query into the catalog's own form, the bare date's trap included."""
    return lambda text: iso(parse_filter_moment(text, now)).lower()


@dataclass(frozen=True)
class Filter:
    """What a field may be asked: how its value is read, and the comparisons it takes."""

    read: Reader
    comparisons: tuple[str, ...] = ("",)
    plain: str = ""
    """The comparison that the bare name stands for: equal, unless it is `like`."""


def condition(name: str, text: str, filters: Mapping[str, Filter]) -> Condition:
    """The condition that a query parameter puts on the value of its field.

    Raises:
        V3Refusal: 422 for a field or comparison that is no filter, or a value that is none.
    """
    field, _, comparison = name.partition(":")
    known = filters.get(field)
    if known is None or comparison not in known.comparisons:
        raise unknown_filters([name])
    try:
        if comparison in _LIST_COMPARISONS:
            return _list_condition(comparison, {known.read(each) for each in split(text)})
        return _single_condition(comparison or known.plain, known.read(text))
    except (ValueError, TypeError) as error:
        raise V3Refusal(422, f"The filter {name} has an invalid value.", {}) from error


def whole_numbers(query: Mapping[str, str], name: str) -> list[int]:
    """The comma-separated whole numbers of a query parameter.

    Raises:
        V3Refusal: 422, a member is no whole number.
    """
    try:
        return [int(each) for each in split(query.get(name, ""))]
    except ValueError as error:
        raise V3Refusal(422, f"The filter {name} has an invalid value.", {}) from error


def split(text: str) -> list[str]:
    """The members of a comma-separated value."""
    return [each.strip() for each in text.split(",") if each.strip()]


def _list_condition(comparison: str, wanted: set[Any]) -> Condition:
    compare = _LIST_COMPARISONS[comparison]
    return lambda value: any(compare(each, wanted) for each in _comparables(value))


def _single_condition(comparison: str, wanted: Any) -> Condition:
    compare = _COMPARISONS[comparison]
    return lambda value: any(compare(each, wanted) for each in _comparables(value))


def _comparables(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    return [value.lower() if isinstance(value, str) else value]
