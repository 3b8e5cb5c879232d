"""Where the attributes of a new product come from."""

from __future__ import annotations

from affluent.domain.creation_profile import AttributeRule, CreationProfile, Origin, Source
from affluent.domain.listing import Definition, Requirements
from affluent.listings.attributes import render
from tests.builders.catalog import US, variant

DEFINITION = Definition("LAMP", Requirements.LISTING, US.marketplace_id, "", {"properties": {}})


def test_a_metafield_fills_an_attribute_after_the_custom_field_and_before_the_constant() -> None:
    sources = (
        Origin(Source.CUSTOM_FIELD, ("bullet",)),
        Origin(Source.METAFIELD, ("amazon.bullet",)),
        Origin(Source.CONSTANT, ("A lamp",)),
    )
    profile = CreationProfile("lamps", "LAMP", True, (AttributeRule("bullet_point", sources),))
    lamps = [
        variant(1, metafields={"amazon.bullet": "Dimmable"}, custom_fields={"bullet": "Warm"}),
        variant(2, metafields={"amazon.bullet": "Dimmable"}),
        variant(3, metafields={"else.bullet": "Dimmable"}),
    ]

    rendered = [render(profile, lamp, US, DEFINITION).attributes for lamp in lamps]

    values = [attributes["bullet_point"][0]["value"] for attributes in rendered]
    assert values == ["Warm", "Dimmable", "A lamp"]
