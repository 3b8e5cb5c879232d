"""A profile fills the attributes of a product type, and says where each value came from."""

from __future__ import annotations

from typing import Any

import pytest

from affluent.domain.creation_profile import (
    AttributeRule,
    CreationProfile,
    ImageRule,
    Origin,
    Rendered,
    Source,
)
from affluent.domain.listing import Definition, Requirements
from affluent.domain.marketplace import MARKETPLACES
from affluent.domain.product import Size
from affluent.listings.attributes import render
from tests.builders.catalog import US, variant

DE = next(one for one in MARKETPLACES if one.country == "DE")


def entries(**parts: Any) -> dict[str, Any]:
    place = {"marketplace_id": {"$ref": "#/$defs/marketplace_id"}}
    return {"type": "array", "items": {"type": "object", "properties": {**parts, **place}}}


TEXT = {"type": "string", "maxLength": 20, "maxUtf8ByteLength": 24}
INCHES = {
    "type": "object",
    "properties": {"value": {"type": "number"}, "unit": {"type": "string", "enum": ["inches"]}},
}
SCHEMA = {
    "$defs": {"marketplace_id": {"type": "string"}},
    "properties": {
        "item_name": entries(value=TEXT, language_tag={"type": "string"}),
        "bullet_point": entries(value={"type": "string"}, language_tag={"type": "string"}),
        "product_description": entries(value={"type": "string"}),
        "color": entries(value={"type": "string"}),
        "wheels": entries(value={"type": "integer"}),
        "is_hard": entries(value={"type": "boolean"}),
        "item_dimensions": entries(height=INCHES, width=INCHES),
        "battery": entries(
            cell_composition={
                "type": "array",
                "items": {"type": "object", "properties": {"value": {"type": "string"}}},
            }
        ),
        "main_product_image_locator": entries(media_location={"type": "string"}),
        "other_product_image_locator_1": entries(media_location={"type": "string"}),
    },
}
DEFINITION = Definition("LUGGAGE", Requirements.LISTING, US.marketplace_id, "", SCHEMA)


def rule(path: str, source: Source, *names: str, **fields: Any) -> AttributeRule:
    return AttributeRule(path, (Origin(source, names),), **fields)


def rendered(
    *rules: AttributeRule, images: int = 0, upgrades: bool = False, **fields: Any
) -> Rendered:
    profile = CreationProfile("cases", "LUGGAGE", True, rules, ImageRule(images, upgrades))
    return render(profile, variant(1, **fields), US, DEFINITION)


def value_of(outcome: Rendered, attribute: str) -> Any:
    assert outcome.problems == ()
    return outcome.attributes[attribute][0]["value"]


def problem_of(outcome: Rendered) -> str:
    [problem] = outcome.problems
    assert problem.path not in outcome.attributes
    return problem.message


def test_a_template_writes_what_the_product_has() -> None:
    title = rule("item_name", Source.TEMPLATE, "{{ brand }} {{ option.Color | lower }}")

    outcome = rendered(title, options={"Color": "BLUE"})

    [entry] = outcome.attributes["item_name"]
    assert entry == {
        "value": "Rollwell blue",
        "language_tag": "en_US",
        "marketplace_id": US.marketplace_id,
    }


@pytest.mark.parametrize(
    ("template", "told"),
    [("{{ option.Size }}", "option Size"), ("{{ custom_field['Wheels'] }}", "Wheels")],
)
def test_what_the_product_lacks_is_named(template: str, told: str) -> None:
    message = problem_of(rendered(rule("item_name", Source.TEMPLATE, template)))

    assert message.startswith("item_name, by creation profile cases: The template names")
    assert told in message


@pytest.mark.parametrize(
    "template",
    ["{{ brand }}{{ option.Size | default('') }}", "{{ brand }}{% if option.Size %}!{% endif %}"],
)
def test_a_template_can_do_without(template: str) -> None:
    assert value_of(rendered(rule("item_name", Source.TEMPLATE, template)), "item_name") == (
        "Rollwell"
    )


def test_texts_are_in_the_language_of_the_marketplace() -> None:
    origin = Origin(Source.TEXTS, languages={"de_DE": ("{{ brand }} Koffer",)})
    profile = CreationProfile("cases", "LUGGAGE", True, (AttributeRule("item_name", (origin,)),))

    german = render(profile, variant(), DE, DEFINITION)
    american = render(profile, variant(), US, DEFINITION)

    assert value_of(german, "item_name") == "Rollwell Koffer"
    assert "texts has none in en_US" in problem_of(american)


def test_a_map_looks_past_the_case_and_names_what_it_lacks() -> None:
    colour = rule("color", Source.OPTION, "Color", value_map={"Blau": "Blue"})

    assert value_of(rendered(colour, options={"Color": " BLAU "}), "color") == "Blue"
    assert "nothing for 'Grün'" in problem_of(rendered(colour, options={"Color": "Grün"}))


def test_otherwise_stands_for_what_the_map_lacks() -> None:
    colour = rule(
        "color", Source.OPTION, "Color", value_map={"Blau": "Blue"}, otherwise="Multicolor"
    )

    assert value_of(rendered(colour, options={"Color": "Grün"}), "color") == "Multicolor"


@pytest.mark.parametrize(
    ("text", "inches"),
    [("25.4 cm", 10), ("10 in", 10), ("0.5 feet", 6), ("254mm", 10), ("7", 7)],
)
def test_a_measure_is_told_in_the_unit_that_amazon_allows(text: str, inches: int) -> None:
    height = rule("item_dimensions.height", Source.CUSTOM_FIELD, "Height", unit="inches")

    outcome = rendered(height, custom_fields={"Height": text})

    assert outcome.problems == ()
    [entry] = outcome.attributes["item_dimensions"]
    assert entry["height"] == {"value": inches, "unit": "inches"}


def test_the_store_s_unit_becomes_the_schema_s() -> None:
    rules = [rule(f"item_dimensions.{one}", Source.FIELD, one) for one in ("height", "width")]

    outcome = rendered(*rules, size=Size("1", "2.54", "5.08", "centimeters"))

    [entry] = outcome.attributes["item_dimensions"]
    assert entry["height"] == {"value": 2, "unit": "inches"}
    assert entry["width"] == {"value": 1, "unit": "inches"}
    assert entry["marketplace_id"] == US.marketplace_id


@pytest.mark.parametrize("text", ["3 kg", "5 bananas", "2 __import__", "4 m**9"])
def test_a_unit_that_does_not_convert_holds(text: str) -> None:
    height = rule("item_dimensions.height", Source.CUSTOM_FIELD, "Height", from_unit="cm")

    assert problem_of(rendered(height, custom_fields={"Height": text}))


def test_numbers_and_truths_follow_the_schema() -> None:
    outcome = rendered(
        rule("wheels", Source.CONSTANT, "4"), rule("is_hard", Source.CONSTANT, "Yes")
    )

    assert value_of(outcome, "wheels") == 4
    assert value_of(outcome, "is_hard") is True


def test_one_text_is_parted_into_several_values() -> None:
    bullets = rule("bullet_point", Source.CUSTOM_FIELD, "Points", split="|", most=2)

    outcome = rendered(bullets, custom_fields={"Points": "Light | | Strong|Long"})

    assert [one["value"] for one in outcome.attributes["bullet_point"]] == ["Light", "Strong"]


def test_a_list_within_a_part_keeps_its_form() -> None:
    outcome = rendered(rule("battery.cell_composition", Source.CONSTANT, "alkaline"))

    [battery] = outcome.attributes["battery"]
    assert battery["cell_composition"] == [{"value": "alkaline"}]


def test_images_come_in_order_and_no_more_than_asked_for_and_declared() -> None:
    addresses = tuple(f"https://shop.example/{number}.jpg" for number in range(5))

    two, one = rendered(images=9, image_urls=addresses), rendered(images=1, image_urls=addresses)

    assert list(two.attributes) == ["main_product_image_locator", "other_product_image_locator_1"]
    assert list(one.attributes) == ["main_product_image_locator"]
    [main] = two.attributes["main_product_image_locator"]
    assert main["media_location"] == addresses[0]


def test_an_image_on_http_becomes_https_only_where_the_profile_says_so() -> None:
    here = ("http://shop.example/a.jpg",)

    as_it_is, upgraded = (
        rendered(images=1, upgrades=wanted, image_urls=here) for wanted in (False, True)
    )

    [before] = as_it_is.attributes["main_product_image_locator"]
    [after] = upgraded.attributes["main_product_image_locator"]
    assert before["media_location"] == "http://shop.example/a.jpg"
    assert after["media_location"] == "https://shop.example/a.jpg"
    assert upgraded.provenance[0].steps == ("http made https",)


def test_an_address_that_amazon_has_itself_is_left_alone() -> None:
    outcome = rendered(images=1, upgrades=True, image_urls=("s3://bucket/a.jpg",))

    [main] = outcome.attributes["main_product_image_locator"]
    assert main["media_location"] == "s3://bucket/a.jpg"


def test_without_images_nothing_is_filled() -> None:
    assert rendered(images=9) == Rendered({})


def test_html_becomes_plain_text_and_scripts_are_gone() -> None:
    html = "<p>Tom &amp;amp; Co</p><script>alert(1)</script><ul><li>5 &lt; 6<li>Ärmel</ul>\x07"

    outcome = rendered(rule("product_description", Source.FIELD, "description"), description=html)

    assert value_of(outcome, "product_description") == "Tom &amp; Co\n5 < 6\nÄrmel"
    assert outcome.provenance[0].steps[0] == "HTML taken off"


@pytest.mark.parametrize(
    "name", ["Koffer 👩\u200d👩\u200d👧 🧳", "حقيبة سفر", "\u200fתיק\u200e", "旅行箱"]
)
def test_emoji_and_other_scripts_stay_as_they_are(name: str) -> None:
    assert value_of(rendered(rule("color", Source.FIELD, "name"), name=name), "color") == name


def test_control_characters_are_taken_out_and_told() -> None:
    outcome = rendered(rule("color", Source.FIELD, "name"), name="A\x00 \x85case\tB")

    assert value_of(outcome, "color") == "A case B"
    assert outcome.provenance[0].steps == ("control characters taken out",)


def test_a_name_of_only_spaces_counts_as_none() -> None:
    assert rendered(rule("item_name", Source.FIELD, "name"), name=" \u00a0\t ") == Rendered({})


def test_an_endless_text_holds_unless_it_may_be_shortened() -> None:
    endless = "<b>" * 3_000_000 + "case"
    plain = rule("product_description", Source.FIELD, "description")
    short = rule("item_name", Source.CUSTOM_FIELD, "Text", shorten=True)

    assert "more than 100,000" in problem_of(rendered(plain, description=endless))
    assert value_of(rendered(short, custom_fields={"Text": "a " * 500_000}), "item_name") == (
        "a a a a a a a a a a"
    )


def test_what_is_too_long_is_cut_by_characters_and_bytes_at_a_word() -> None:
    title = rule("item_name", Source.FIELD, "name", shorten=True)

    assert value_of(rendered(title, name="Suitcase for all days"), "item_name") == (
        "Suitcase for all"
    )
    assert value_of(rendered(title, name="ääääää ääääääää"), "item_name") == "ääääää"


def test_each_value_says_where_it_came_from() -> None:
    colour = rule("color", Source.OPTION, "Color", value_map={"Blau": "Blue"})

    [told] = rendered(colour, options={"Color": "Blau"}).provenance

    assert (told.path, told.source, told.raw) == ("color", "option Color", "Blau")
    assert told.steps == ("'Blau' is 'Blue' by the value map",)
    assert told.profile == "cases"
    assert len(told.version) == 12


def test_another_rule_is_another_version_of_the_profile() -> None:
    versions = {
        CreationProfile("cases", "LUGGAGE", True, (rule("color", Source.CONSTANT, text),)).version
        for text in ("Red", "Blue", "Red")
    }

    assert len(versions) == 2


def test_a_rule_that_leaves_out_fills_nothing() -> None:
    assert rendered(AttributeRule("color")) == Rendered({})


def test_one_rule_that_cannot_be_followed_leaves_the_others_whole() -> None:
    outcome = rendered(
        rule("item_name", Source.TEMPLATE, "{{ option.Size }}"),
        rule("wheels", Source.CONSTANT, "4"),
    )

    assert list(outcome.attributes) == ["wheels"]
    assert [one.path for one in outcome.problems] == ["item_name"]
