"""An item that the quick judgement passes is without fault by the full one, whatever it holds."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema_rs import Draft201909Validator

from affluent.quality.amazon_keywords import keyword_issues, limits_of
from affluent.quality.certainty import certain_schema
from tests.unit.quality.items import KITCHEN, MUG

NOTE = {
    "type": "array",
    "selectors": ["language_tag"],
    "minUniqueItems": 1,
    "maxUniqueItems": 2,
    "items": {
        "type": "object",
        "properties": {
            "value": {"type": "string", "minUtf8ByteLength": 2, "maxUtf8ByteLength": 8},
            "language_tag": {"enum": ["en", "de"]},
            "open": {"anyOf": [{"type": "string"}, {"enum": ["cm"]}]},
            "link": {"$ref": "#/$defs/link"},
        },
    },
}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"note": NOTE, "pair": {**NOTE, "minUniqueItems": 2}, "free": {}},
    "$defs": {"link": {"type": "string", "maxUtf8ByteLength": 4}},
}
LIMITS = limits_of(SCHEMA)
CERTAIN = Draft201909Validator(certain_schema(SCHEMA))
FULL = Draft201909Validator(SCHEMA)

texts = st.sampled_from(["", " ", "\t", "\x1f", "\x85", "a", "ab", "äöü", "12345678", "€€€", "en"])
notes = st.lists(
    st.dictionaries(st.sampled_from(["value", "language_tag", "open", "link", "more"]), texts),
    max_size=4,
)
free = st.recursive(
    texts, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts, inner)
)
items = st.fixed_dictionaries(
    {}, optional={"note": notes, "pair": notes, "free": free, "unknown": free}
)


@settings(max_examples=500, deadline=None)
@given(item=items)
def test_what_is_certain_is_without_fault(item: dict[str, Any]) -> None:
    if CERTAIN.is_valid(item):
        assert FULL.is_valid(item)
        assert list(keyword_issues(item, LIMITS)) == []


@pytest.mark.parametrize(
    ("item", "is_certain"),
    [
        ({"note": [{"value": "ab", "open": "x"}]}, True),
        ({"note": [{"value": "äöü"}]}, False),  # six bytes are fine, but only the full pass knows
        ({"note": []}, False),
        ({"note": [{"value": "ab"}] * 3}, False),
        ({"note": [{"value": "ab", "more": " "}]}, False),
        ({"note": [{"open": ""}]}, False),
        ({"note": [{"link": "12345"}]}, False),
        ({"pair": [{"value": "ab"}] * 2}, False),
        ({"free": [{"deep": "\x1f"}]}, False),
        ({"unknown": " "}, False),
        ({"unknown": 3}, True),
    ],
)
def test_what_is_certain(item: dict[str, Any], is_certain: bool) -> None:
    assert CERTAIN.is_valid(item) is is_certain


def test_an_ordinary_item_is_certain() -> None:
    assert Draft201909Validator(certain_schema(KITCHEN.schema)).is_valid(MUG)
