"""What a new version of a schema asks for that the one before did not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affluent.domain.schema_drift import schema_changes

BEFORE: dict[str, Any] = {
    "required": ["brand"],
    "properties": {
        "brand": {"items": {"properties": {"value": {"maxLength": 100}}}},
        "color": {
            "maxUniqueItems": 5,
            "items": {
                "properties": {
                    "value": {"anyOf": [{"type": "string"}, {"enum": ["Red", "Blue", "Green"]}]}
                }
            },
        },
    },
    "allOf": [{"if": {}, "then": {"required": ["color"]}}],
}


def changed(**members: Any) -> dict[str, Any]:
    return BEFORE | members


def attribute(name: str, **members: Any) -> dict[str, Any]:
    properties: dict[str, Any] = BEFORE["properties"]
    return changed(properties=properties | {name: properties[name] | members})


@pytest.mark.parametrize(
    ("after", "sentence"),
    [
        (changed(required=["brand", "color"]), "color is required now."),
        (changed(properties={"brand": BEFORE["properties"]["brand"]}), "color is gone."),
        (
            attribute("color", maxUniqueItems=1),
            "color: maxUniqueItems is at most 1 now, 5 before.",
        ),
        (
            attribute("color", minItems=1),
            "color: minItems is at least 1 now, without a limit before.",
        ),
        (
            attribute("brand", items={"properties": {"value": {"maxLength": 50}}}),
            "brand.value: maxLength is at most 50 now, 100 before.",
        ),
        (
            attribute(
                "brand", items={"required": ["value"], **BEFORE["properties"]["brand"]["items"]}
            ),
            "brand.value is required now.",
        ),
        (
            attribute("color", items={"properties": {"value": {"enum": ["Blue"]}}}),
            "color.value has lost the values 'Green', 'Red'.",
        ),
        (
            changed(allOf=[*BEFORE["allOf"], {"if": {}, "then": {"required": ["size", "fit"]}}]),
            "A new condition is about fit, size.",
        ),
    ],
)
def test_what_became_stricter_is_a_sentence(after: dict[str, Any], sentence: str) -> None:
    assert schema_changes(BEFORE, after) == (sentence,)


@pytest.mark.parametrize(
    "after",
    [
        BEFORE,
        changed(required=[]),
        changed(allOf=[]),
        attribute("color", maxUniqueItems=9),
        attribute("color", maxUniqueItems=5.0),
        changed(properties=BEFORE["properties"] | {"size": {"maxItems": 1}}),
        attribute("brand", title="Brand"),
    ],
)
def test_what_became_looser_is_left_out(after: dict[str, Any]) -> None:
    assert schema_changes(BEFORE, after) == ()


@given(
    before=st.integers(1, 99),
    after=st.integers(1, 99),
    name=st.sampled_from(["maxLength", "maxItems", "minLength", "minItems"]),
)
def test_a_limit_is_told_only_where_something_that_fitted_does_not_any_more(
    before: int, after: int, name: str
) -> None:
    told = schema_changes(
        {"properties": {"a": {name: before}}}, {"properties": {"a": {name: after}}}
    )

    fits = (
        (lambda n, limit: n <= limit) if name.startswith("max") else (lambda n, limit: n >= limit)
    )
    assert bool(told) == any(fits(n, before) and not fits(n, after) for n in range(101))
