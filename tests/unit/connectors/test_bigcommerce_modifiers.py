from typing import Any

import pytest

from connectors.bigcommerce.modifiers import map_modifier


def modifier(kind: str, **fields: Any) -> dict[str, Any]:
    return {"id": 7, "display_name": "Gift", "type": kind, "required": True, **fields}


def value(value_id: int, label: str, **fields: Any) -> dict[str, Any]:
    return {"id": value_id, "label": label, "sort_order": 0, **fields}


def defaults(one: dict[str, Any]) -> list[str]:
    return [choice.label for choice in map_modifier(one).choices if choice.is_default]


def test_a_choice_marks_the_value_that_the_storefront_preselects() -> None:
    values = [value(1, "Pine"), value(2, "Oak", is_default=True)]

    assert defaults(modifier("dropdown", option_values=values)) == ["Oak"]


def test_a_swatch_knows_no_default() -> None:
    assert defaults(modifier("swatch", option_values=[value(1, "Red"), value(2, "Blue")])) == []


@pytest.mark.parametrize(("checked", "label"), [(True, "Yes"), (False, "No")])
def test_a_checkbox_defaults_to_what_its_config_says(checked: bool, label: str) -> None:
    values = [
        value(1, "Yes", value_data={"checked_value": True}),
        value(2, "No", value_data={"checked_value": False}),
    ]
    config = {"checked_by_default": checked}

    assert defaults(modifier("checkbox", option_values=values, config=config)) == [label]


@pytest.mark.parametrize(
    ("config", "text"),
    [({"default_value": "Hi"}, "Hi"), ({"default_value": ""}, None), (None, None)],
)
def test_a_text_has_the_default_of_its_config_or_none(config: object, text: str | None) -> None:
    mapped = map_modifier(modifier("text", config=config, option_values=None))

    assert mapped.default_text == text
    assert (mapped.modifier_id, mapped.kind, mapped.required, mapped.choices) == (
        7,
        "text",
        True,
        (),
    )
