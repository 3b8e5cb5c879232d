"""Whatever an item's attributes are, the gate answers, and lets pass only what is valid."""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft201909Validator, FormatChecker

from affluent.quality.gate import QualityGate
from tests.unit.quality.builders import definition, listing, plan_of
from tests.unit.quality.items import KITCHEN, MUG

GATE = QualityGate()
SCHEMA = {name: part for name, part in KITCHEN.schema.items() if name != "$schema"}
REFERENCE = Draft201909Validator(SCHEMA, format_checker=FormatChecker())

json_values = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(2**40), 2**40),
        st.floats(allow_nan=False, allow_infinity=False, width=32),
        st.text(max_size=8),
        st.sampled_from(["ean", "inches", "parent", "child", "AMAZON_NA", "2026-12-01"]),
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=6,
)


def paths_of(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    parts: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        parts = list(value.items())
    elif isinstance(value, list):
        parts = list(enumerate(value))
    return [path] * bool(path) + [
        deeper for step, part in parts for deeper in paths_of(part, (*path, step))
    ]


@st.composite
def damaged_items(draw: st.DrawFn) -> dict[str, Any]:
    """A complete item with one or two of its parts replaced or taken away."""
    item = copy.deepcopy(MUG)
    for _ in range(draw(st.integers(1, 2))):
        *parents, last = draw(st.sampled_from(paths_of(item)))
        holder: Any = item
        for step in parents:
            holder = holder[step]
        if draw(st.booleans()):
            del holder[last]
        else:
            holder[last] = draw(json_values)
    return item


def findings_of(attributes: dict[str, Any]) -> list[tuple[str, str]]:
    plan = plan_of(listing(attributes=attributes))
    found = GATE.check_attributes(plan, {"SKU-1": definition(KITCHEN.schema)})
    return [(finding.field, finding.message) for finding in found]


@settings(max_examples=200, deadline=None)
@given(item=damaged_items())
def test_what_another_validator_refuses_is_held(item: dict[str, Any]) -> None:
    if not REFERENCE.is_valid(item):
        assert findings_of(item)


@settings(max_examples=200, deadline=None)
@given(item=damaged_items())
def test_every_message_stands_once_and_begins_with_its_attribute(item: dict[str, Any]) -> None:
    found = findings_of(item)

    assert len(set(found)) == len(found)
    assert [message for field, message in found if not message.startswith(f"{field}: ")] == []


@settings(max_examples=100, deadline=None)
@given(attributes=st.dictionaries(st.text(max_size=6), json_values, max_size=4))
def test_any_json_is_judged(attributes: dict[str, Any]) -> None:
    before = json.dumps(attributes)

    assert findings_of(attributes)
    assert json.dumps(attributes) == before
