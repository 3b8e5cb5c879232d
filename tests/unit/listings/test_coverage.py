"""A creation profile is written from Amazon's schema, and tried on the whole catalog."""

from __future__ import annotations

from typing import Any

import pytest

from affluent.cli.profile_text import profile_text
from affluent.domain.creation_profile import AttributeRule, CreationProfile, Origin, Source
from affluent.domain.errors import ConfigurationError
from affluent.domain.listing import Definition, Requirements
from affluent.listings.coverage import survey
from affluent.listings.known import ListingsKnown
from affluent.listings.outline import outline
from affluent.quality.gate import QualityGate
from affluent.settings.creation import CreationProfileSettings, creation_profile_of
from affluent.settings.source import read_source
from tests.builders.catalog import ACCOUNT, PROFILE, US, variant
from tests.unit.listings.attributes.test_rendering import SCHEMA, entries

LIKELY = Definition(
    "LUGGAGE",
    Requirements.LISTING,
    US.marketplace_id,
    "1",
    {
        **SCHEMA,
        "properties": {
            **SCHEMA["properties"],
            "material_type": {
                **entries(value={"type": "string", "enum": ["steel", "wood"]}),
                "title": "Material",
                "description": "What it is\nmade of: yes",
            },
        },
        "required": ["item_name", "item_dimensions", "material_type", "condition_type"],
        "allOf": [{"if": {}, "then": {"required": ["color", "bullet_point", "purchasable_offer"]}}],
    },
)


def known(schema: dict[str, Any], *rules: AttributeRule, **fields: Any) -> ListingsKnown:
    definition = Definition("LUGGAGE", Requirements.LISTING, US.marketplace_id, "2", schema)
    profile = CreationProfile("cases", "LUGGAGE", creates=False, rules=rules)
    values: dict[str, Any] = {
        "account": ACCOUNT,
        "marketplace": US,
        "listings": {},
        "on_amazon": frozenset(),
        "prices": {},
        "matches": {},
        "offer_profiles": {"other": PROFILE},
        "creation_profiles": {"cases": profile},
        "definitions": {"LUGGAGE": definition},
        "reserved": {},
    }
    return ListingsKnown(**{**values, **fields})


def test_the_gaps_are_counted_with_examples_the_widest_first() -> None:
    colour = AttributeRule(
        "color", (Origin(Source.OPTION, ("Color",)),), value_map={"Blau": "Blue"}
    )
    schema = {"type": "object", "required": ["color"], "properties": {"color": {"type": "array"}}}
    catalog = [
        variant(1, options={"Color": "Blau"}),
        variant(2, options={"Color": "Rot"}),
        *(variant(number) for number in range(3, 1_203)),
    ]

    coverage = survey("cases", catalog, ACCOUNT, known(schema, colour), QualityGate())

    missing, unmapped = coverage.sorted_gaps()
    assert (coverage.products, coverage.whole) == (1_202, 1)
    assert missing.message == "color: 'color' is required but not supplied.(90220)"
    assert (missing.products, missing.examples) == (1_201, ("SKU-2", "SKU-3", "SKU-4"))
    assert (unmapped.attribute, unmapped.examples) == ("color", ("SKU-2",))
    assert "nothing for 'Rot'" in unmapped.message


def test_a_product_type_without_a_schema_is_named() -> None:
    bare = known({}, definitions={}, unusable={"LUGGAGE": "There is no LUGGAGE."})

    with pytest.raises(ConfigurationError, match="There is no LUGGAGE"):
        survey("cases", [variant()], ACCOUNT, bare, QualityGate())


def test_what_amazon_requires_is_outlined_with_its_likely_source() -> None:
    outlined = outline(LIKELY, ["Material Type", "Other"])

    sources = {rule.path: rule.source for rule in (*outlined.required, *outlined.conditional)}
    assert sources == {
        "item_dimensions.height": ("field", "height"),
        "item_dimensions.width": ("field", "width"),
        "item_name": ("field", "name"),
        "material_type": ("custom_field", "Material Type"),
        "bullet_point": None,
        "color": ("option", "Color"),
    }
    assert [rule.path for rule in outlined.conditional] == ["bullet_point", "color"]


def test_a_written_profile_loads_as_it_is(tmp_path: Any) -> None:
    file = tmp_path / "profile.yaml"
    file.write_text(profile_text("LUGGAGE", outline(LIKELY, ["Material Type"])), encoding="utf-8")

    written = read_source(file).values["creation_profiles"]["luggage"]
    profile = creation_profile_of("luggage", CreationProfileSettings.model_validate(written))

    assert profile.product_type == "LUGGAGE"
    assert {rule.path for rule in profile.rules if rule.leaves_out} == {"bullet_point"}
    assert "# Material. What it is made of: yes" in file.read_text(encoding="utf-8")
    assert "# Allowed: steel, wood" in file.read_text(encoding="utf-8")
