"""Amazon's product-type schema over an item, in Amazon's words."""

from __future__ import annotations

import copy
import json
import time
from typing import Any, ClassVar

import pytest

from affluent.domain.errors import InvariantBroken
from affluent.domain.issue import Reason
from affluent.domain.listing import Requirements
from affluent.quality.gate import QualityGate
from tests.unit.quality.builders import SHARED, US, definition, listing, plan_of
from tests.unit.quality.items import GROCERY, KITCHEN, MUG, length, text, value

GATE = QualityGate()


def messages(
    attributes: dict[str, Any], schema: dict[str, Any] = KITCHEN.schema, checksum: str = "kitchen"
) -> list[str]:
    plan = plan_of(listing(attributes=attributes))
    definitions = {"SKU-1": definition(schema, checksum=checksum)}
    return [finding.message for finding in GATE.check_attributes(plan, definitions)]


def without(*names: str) -> dict[str, Any]:
    return {name: part for name, part in MUG.items() if name not in names}


def test_a_complete_item_passes() -> None:
    assert messages(MUG) == []


def test_a_missing_attribute() -> None:
    assert messages(without("number_of_items")) == [
        "number_of_items: 'number_of_items' is required but not supplied.(90220)"
    ]


def test_a_missing_field_of_an_attribute() -> None:
    mug = copy.deepcopy(MUG)
    del mug["item_dimensions"][0]["height"]

    assert messages(mug) == [
        "item_dimensions: The field 'height' for the attribute 'item_dimensions' does not have "
        "enough values. The required minimum is '1' value(s).(99022)"
    ]


@pytest.mark.parametrize("blank", ["", "   "])
def test_an_empty_value_counts_as_missing_and_is_told_once(blank: str) -> None:
    assert messages(MUG | {"included_components": text(blank)}) == [
        "included_components: The field 'value' for the attribute 'included_components' does not "
        "have enough values. The required minimum is '1' value(s).(99022)"
    ]


def test_an_attribute_that_the_product_type_does_not_have() -> None:
    item = {"included_components": text("2 bags")}

    assert ("included_components: The attributes are invalid.(90000900)") in messages(
        item, GROCERY.schema, "grocery"
    )


def test_a_field_that_the_attribute_does_not_have() -> None:
    mug = MUG | {"number_of_items": value(1, unit="pieces")}

    assert messages(mug) == [
        "number_of_items: The attributes are invalid. The field 'unit' does not belong there."
        "(90000900)"
    ]


def test_a_value_that_is_not_in_the_list() -> None:
    assert messages(MUG | {"condition_type": value("mint")}) == [
        "condition_type: 'mint' is not a valid value for the field 'value' of the attribute "
        "'condition_type'. Valid values: 'new_new', 'refurbished_refurbished', 'used_acceptable', "
        "'used_good', 'used_like_new' and 1 more.(90244)"
    ]


def test_an_item_without_any_identifier() -> None:
    assert messages(without("externally_assigned_product_identifier")) == [
        "externally_assigned_product_identifier: 'External Product ID' is required but not "
        "supplied",
        "merchant_suggested_asin: 'Merchant Suggested ASIN' is required but not supplied",
    ]


def test_a_price_sent_as_a_text() -> None:
    mug = copy.deepcopy(MUG)
    mug["purchasable_offer"][0]["our_price"][0]["schedule"][0]["value_with_tax"] = "14.50"

    assert messages(mug) == [
        "purchasable_offer: The provided value for 'our_price.schedule.value_with_tax' is invalid: "
        'the value is not of type "number".(4000001)'
    ]


def test_an_attribute_that_is_no_list() -> None:
    assert messages(MUG | {"material": "Stoneware"}) == [
        "material: The attributes are invalid.(90000900)"
    ]


def test_a_field_that_a_condition_forbids() -> None:
    mug = MUG | {
        "fulfillment_availability": [{"fulfillment_channel_code": "AMAZON_NA", "quantity": 3}]
    }

    assert messages(mug) == [
        "fulfillment_availability: The attributes are invalid. The field 'quantity' does not "
        "belong there.(90000900)"
    ]


def test_more_values_than_a_combination_of_selectors_may_have() -> None:
    twice = MUG | {"number_of_items": [*value(1), *value(2)]}

    assert messages(twice) == [
        "number_of_items: The provided value for 'number_of_items' is invalid: 2 values with the "
        "same marketplace_id, at most 1 allowed.(4000001)"
    ]
    other = [*value(1), {"value": 1, "marketplace_id": "A2EUQ1WTGCTBG2"}]
    assert messages(MUG | {"number_of_items": other}) == []


def keyword_messages(part: dict[str, Any], content: object) -> list[str]:
    schema = {"type": "object", "properties": {"color": part}}
    return messages({"color": content}, schema, json.dumps(part))


def test_a_text_is_measured_in_bytes() -> None:
    part = {
        "type": "array",
        "items": {"properties": {"value": {"maxUtf8ByteLength": 4, "minUtf8ByteLength": 2}}},
    }

    assert keyword_messages(part, [{"value": "éé"}]) == []
    assert keyword_messages(part, [{"value": "ééé"}]) == [
        "color: The provided value for 'color' is invalid: it takes 6 bytes in UTF-8, at most 4 "
        "are allowed.(4000001)"
    ]
    assert keyword_messages(part, [{"value": "e"}]) == [
        "color: The provided value for 'color' is invalid: it takes 1 bytes in UTF-8, at least 2 "
        "are required.(4000001)"
    ]


def test_every_combination_of_selectors_needs_its_least_number_of_values() -> None:
    part = {"type": "array", "minUniqueItems": 2, "selectors": ["marketplace_id"]}
    one, two = {"value": 1, "marketplace_id": US}, {"value": 2, "marketplace_id": US}

    assert keyword_messages(part, [one, two]) == []
    assert keyword_messages(part, [one]) == [
        "color: The field 'color' for the attribute 'color' does not have enough values. The "
        "required minimum is '2' value(s).(99022)"
    ]


def test_alternatives_are_told_as_the_one_that_came_closest() -> None:
    schema = {
        "type": "object",
        "anyOf": [
            {"required": ["merchant_suggested_asin", "brand"]},
            {"required": ["externally_assigned_product_identifier"]},
        ],
    }

    assert messages({}, schema, "anyOf") == [
        "externally_assigned_product_identifier: 'External Product ID' is required but not supplied"
    ]


def test_a_combination_that_is_forbidden_as_a_whole_is_not_passed_over() -> None:
    schema = {"type": "object", "not": {"minProperties": 1}}

    assert messages({"a": 1}, schema, "not") == [
        "attributes: The provided value for 'attributes' is invalid: this combination is not "
        "allowed.(4000001)"
    ]


def test_the_finding_names_the_attribute() -> None:
    plan = plan_of(listing("A/B", attributes=without("brand")))

    (finding,) = GATE.check_attributes(plan, {"A/B": definition(KITCHEN.schema)})

    assert (finding.key, finding.reason, finding.field) == (
        "A/B",
        Reason.INVALID_ATTRIBUTES,
        "brand",
    )


def test_offer_only_is_judged_by_its_own_schema() -> None:
    offer_only = {
        name: part
        for name, part in MUG.items()
        if name in ("condition_type", "purchasable_offer", "fulfillment_availability")
    } | {"merchant_suggested_asin": value("B000000001")}
    plan = plan_of(listing(attributes=offer_only))
    schema = definition(KITCHEN.offer_only_schema, requirements=Requirements.LISTING_OFFER_ONLY)

    assert GATE.check_attributes(plan, {"SKU-1": schema}) == ()
    assert messages(offer_only) != []


@pytest.mark.parametrize("schema", [{"type": "thing"}, {"$ref": "https://example.com/elsewhere"}])
def test_a_schema_that_is_none_holds_the_items_of_its_product_type_alone(
    schema: dict[str, Any],
) -> None:
    plan = plan_of(listing("SKU-1", attributes=MUG), listing("SKU-2", attributes=MUG))
    broken = definition(schema, checksum=json.dumps(schema))

    findings = GATE.check_attributes(plan, {"SKU-1": broken, "SKU-2": definition(KITCHEN.schema)})

    [held] = [one for one in findings if one.reason is Reason.UNUSABLE_PRODUCT_TYPE]
    assert held.key == "SKU-1"
    assert "KITCHEN" in held.message


def test_an_unknown_keyword_is_passed_over() -> None:
    assert messages({"a": 1}, {"type": "object", "maxTeapots": 3}, "unknown keyword") == []


def test_a_sku_without_a_definition_is_our_own_mistake() -> None:
    with pytest.raises(InvariantBroken, match="SKU-1"):
        GATE.check_attributes(plan_of(listing()), {})


def test_five_thousand_items_take_less_than_three_seconds() -> None:
    plan = plan_of(*(listing(f"SKU-{number}", attributes=MUG) for number in range(5000)))
    definitions = dict.fromkeys((c.key for c in plan.changes), definition(KITCHEN.schema))
    started = time.perf_counter()

    assert QualityGate().check_attributes(plan, definitions) == ()

    assert time.perf_counter() - started < 3


class TestRealSchemas:
    """HOME as Amazon handed it out for three marketplaces."""

    TOP_LEVEL: ClassVar[dict[str, Any]] = {
        "brand": text("Alder & Finch"),
        "bullet_point": text("Holds 12 oz"),
        "country_of_origin": value("PT"),
        "item_name": text("Stoneware Mug"),
        "item_type_keyword": value("coffee-cups"),
        "product_description": text("A thick-walled mug."),
        "supplier_declared_dg_hz_regulation": value("not_applicable"),
    }

    @staticmethod
    def schema(country: str) -> dict[str, Any]:
        path = SHARED / f"specs/amazon/product_types/HOME-{country}.json"
        if not path.exists():
            pytest.skip("the shared folder with Amazon's schemas is not here")
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return content

    def test_the_seven_required_attributes_are_not_all_that_is_required(self) -> None:
        found = messages(self.TOP_LEVEL, self.schema("us"), "HOME-us")

        assert len(found) == 17
        assert found[:2] == [
            "externally_assigned_product_identifier: 'External Product ID' is required but not "
            "supplied",
            "merchant_suggested_asin: 'Merchant Suggested ASIN' is required but not supplied",
        ]
        codes = "is required but not supplied.(90220)"
        assert {message.partition(":")[0] for message in found if message.endswith(codes)} == {
            "batteries_required",
            "color",
            "condition_type",
            "fulfillment_availability",
            "generic_keyword",
            "item_package_dimensions",
            "item_package_weight",
            "list_price",
            "manufacturer",
            "model_name",
            "model_number",
            "number_of_boxes",
            "number_of_items",
            "part_number",
            "required_product_compliance_certificate",
        }

    @pytest.mark.parametrize("country", ["de", "gb", "us"])
    def test_the_words_of_a_missing_height_are_amazons(self, country: str) -> None:
        item = self.TOP_LEVEL | {"item_dimensions": [{"length": length(1), "width": length(2)}]}

        assert (
            "item_dimensions: The field 'height' for the attribute 'item_dimensions' does not have "
            "enough values. The required minimum is '1' value(s).(99022)"
        ) in messages(item, self.schema(country), country)

    def test_a_date_and_a_price_in_cents_are_valid(self) -> None:
        item = self.TOP_LEVEL | {
            "list_price": value(19.99, currency="USD"),
            "fulfillment_availability": [
                {
                    "fulfillment_channel_code": "DEFAULT",
                    "quantity": 3,
                    "restock_date": "2026-12-01",
                }
            ],
        }

        found = messages(item, self.schema("us"), "HOME-us")

        assert [m for m in found if m.startswith(("list_price", "fulfillment"))] == []
