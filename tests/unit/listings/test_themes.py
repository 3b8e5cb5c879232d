"""Which theme fits: one attribute for each option that varies, and no theme that Amazon retires."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from affluent.listings.themes import (
    allowed_themes,
    attributes_that_follow,
    fitting_theme,
    theme_attributes,
)
from tests.builders.families import SCHEMA

SHARED = Path(__file__).resolve().parents[3] / "../shared/specs/amazon/product_types"

Options = dict[str, str]


def filled(**values: str) -> dict[str, Any]:
    return {name: [{"value": value}] for name, value in values.items()}


def test_retired_themes_are_not_chosen() -> None:
    assert allowed_themes(SCHEMA) == ("COLOR/SIZE", "SIZE/COLOR", "COLOR", "SIZE", "MATERIAL_TYPE")


def test_an_open_list_of_themes_is_read_like_a_closed_one() -> None:
    name = {"anyOf": [{"type": "string"}, {"enum": ["COLOR", "OLD"]}]}
    schema = {"properties": {"variation_theme": {"items": {"properties": {"name": name}}}}}
    assert allowed_themes(schema) == ("COLOR", "OLD")


@pytest.mark.parametrize(
    ("theme", "attributes"),
    [
        ("COLOR/SIZE", ("color", "size")),
        ("COLOR_NAME", ("color",)),
        ("MATERIAL_TYPE", ("material",)),
        ("BAND_COLOR", ()),
    ],
)
def test_a_theme_s_words_stand_for_attributes_of_the_schema(
    theme: str, attributes: tuple[str, ...]
) -> None:
    assert theme_attributes(theme, SCHEMA) == attributes


@pytest.mark.parametrize(
    ("options", "contents", "theme"),
    [
        pytest.param(
            [{"Color": "Red"}, {"Color": "Blue"}],
            [filled(color="Red"), filled(color="Blue")],
            "COLOR",
            id="one option",
        ),
        pytest.param(
            [{"Color": "Red", "Size": "S"}, {"Color": "Red", "Size": "M"}],
            [filled(color="Red", size="S"), filled(color="Red", size="M")],
            "SIZE",
            id="what is the same for all is not varied by",
        ),
        pytest.param(
            [
                {"Color": "Red", "Size": "S"},
                {"Color": "Blue", "Size": "S"},
                {"Color": "Blue", "Size": "M"},
            ],
            [
                filled(color="Red", size="S"),
                filled(color="Blue", size="S"),
                filled(color="Blue", size="M"),
            ],
            "COLOR/SIZE",
            id="two options, in the schema's order",
        ),
        pytest.param(
            [{"Farbe": "Rot"}, {"Farbe": "Blau"}],
            [filled(color="red"), filled(color="blue")],
            "COLOR",
            id="by the values, whatever the option is called and mapped to",
        ),
        pytest.param(
            [{"Finish": "Matt"}, {"Finish": "Gloss"}],
            [filled(color="Red"), filled(color="Red")],
            "",
            id="nothing follows the option",
        ),
        pytest.param(
            [{"Color": "Red"}, {"Color": "Blue"}],
            [filled(color="Red"), {}],
            "",
            id="one has no value",
        ),
        pytest.param(
            [{"Color": "Red"}, {"Color": "Blue"}],
            [filled(item_name="Red"), filled(item_name="Blue")],
            "",
            id="no theme has the attribute",
        ),
        pytest.param([{}, {}], [filled(color="Red"), filled(color="Blue")], "", id="no options"),
    ],
)
def test_the_theme_has_an_attribute_for_each_option_that_varies(
    options: list[Options], contents: list[dict[str, Any]], theme: str
) -> None:
    assert fitting_theme(SCHEMA, options, contents) == theme


def test_what_follows_an_option_is_the_same_exactly_where_it_is() -> None:
    options = [{"Color": "Red"}, {"Color": "Red"}, {"Color": "Blue"}]
    values = (("r", "S"), ("r", "M"), ("b", "L"))
    contents = [filled(color=color, size=size, brand="B") for color, size in values]
    assert attributes_that_follow("Color", options, contents) == ["color"]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder of real schemas is missing")
def test_the_real_home_type_varies_by_colour_and_size() -> None:
    schema = json.loads((SHARED / "HOME-us.json").read_text("utf-8"))
    options = [{"Color": one, "Size": two} for one in ("Red", "Blue") for two in ("S", "M")]
    contents = [filled(color=one["Color"], size=one["Size"]) for one in options]

    assert 20 <= len(allowed_themes(schema)) <= 30
    assert fitting_theme(schema, options, contents) in ("COLOR/SIZE", "SIZE/COLOR")
    unknown = [one for one in allowed_themes(schema) if not theme_attributes(one, schema)]
    assert unknown == ["MODEL"]
