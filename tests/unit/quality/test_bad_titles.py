"""Titles and images of new pages as stores have them."""

from __future__ import annotations

from typing import Any

import pytest

from affluent.domain.gate_rules import GateRules
from affluent.domain.issue import Finding, Reason
from affluent.domain.plan import Change
from affluent.quality.gate import QualityGate
from affluent.quality.titles import title_flaws
from tests.unit.quality.builders import listing, plan_of, profiles_of
from tests.unit.quality.items import text, value

GATE = QualityGate()


def findings_of(change: Change, gate: QualityGate = GATE) -> list[Finding]:
    plan = plan_of(change)
    return list(gate.check_listings(plan, profiles_of(plan), {}))


def titled(title: str, **after: Any) -> Change:
    return listing(attributes={"item_name": text(title)}, **after)


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("Mug! Only today", "!"),
        ("Mug ¬ 12 oz ¦ grey {new}", "¬, ¦, {, }"),
        ("Mug ☕ for two", "U+2615 HOT BEVERAGE"),
        ("Mug 🎁🎁", "U+1F381 WRAPPED PRESENT"),
        ("★ Mug", "U+2605 BLACK STAR"),
        ("Mug 1\ufe0f\u20e3", "U+FE0F VARIATION SELECTOR-16, U+20E3 COMBINING ENCLOSING KEYCAP"),
        ("Mug\x07", "U+0007"),
        ("Mug\ngrey", "U+000A"),
        ("Mug \u202eyerg", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("Mug\u200b", "U+200B ZERO WIDTH SPACE"),
        ("Mug \ue000", "U+E000"),
        ("Mug \ud800", "U+D800"),
    ],
)
def test_a_title_is_held_with_what_does_not_belong_in_it(title: str, named: str) -> None:
    (finding,) = findings_of(titled(title))

    assert finding.reason is Reason.TITLE_CHARACTERS
    assert finding.field == "item_name"
    assert finding.message == f"The title has what Amazon does not take in titles: {named}"


@pytest.mark.parametrize(
    "title",
    [
        "Stoneware Mug, 12 oz (Set of 2) - Grey & White / 100% hand-made",
        "كوب من السيراميك",
        "ספל קרמיקה 350 מ״ל",
        "Tasse en grès émaillé",
        "磁器マグカップ",
        "می\u200cخواهم",
        "Alder® Mug™ for 60 °C, 4 × 5 in",
    ],
)
def test_letters_of_every_script_and_usual_signs_pass(title: str) -> None:
    assert findings_of(titled(title)) == []


def test_the_brands_own_signs_pass_where_they_are_the_brands() -> None:
    assert findings_of(titled("Joe & the Juice! Mug", brand="Joe & the Juice!")) == []

    (finding,) = findings_of(titled("Joe & the Juice! Mug!", brand="Joe & the Juice!"))
    assert finding.message.endswith(": !")


def test_every_prohibited_sign_is_found_once() -> None:
    assert title_flaws("!$?_{}^¬¦" * 2, "") == "!, $, ?, _, {, }, ^, ¬, ¦"


def test_the_title_that_is_sent_is_judged_and_not_the_stores_name() -> None:
    assert findings_of(titled("Stoneware Mug", name="MUG!!!")) == []


def test_an_offer_on_a_page_that_exists_has_no_title_to_judge() -> None:
    offer = titled("Mug!", requirements="LISTING_OFFER_ONLY", asin="B000000001")

    assert findings_of(offer) == []


@pytest.mark.parametrize("name", ["", " ", "\t\n ", "\u00a0\u3000", "\u2003 \u2003"])
def test_a_name_of_only_spaces_is_no_name(name: str) -> None:
    assert [one.reason for one in findings_of(listing(name=name))] == [Reason.NO_NAME]


@pytest.mark.parametrize("form", ["bare", {"value": "bare"}, ["bare"], [{"value": 7}], []])
def test_a_title_in_the_wrong_form_is_left_to_amazons_schema(form: object) -> None:
    assert findings_of(listing(attributes={"item_name": form})) == []


class TestImages:
    @pytest.mark.parametrize(
        "name", ["main_product_image_locator", "other_product_image_locator_3"]
    )
    def test_an_image_on_http_is_held_by_its_address(self, name: str) -> None:
        address = "http://shop.example/mug.jpg"
        images = {name: [{"media_location": address, "marketplace_id": "A"}]}

        (finding,) = findings_of(listing(attributes=images))

        assert (finding.reason, finding.value) == (Reason.INSECURE_IMAGE, address)

    @pytest.mark.parametrize(
        "address", ["https://a.example/1.jpg", "HTTPS://a.example/1.jpg", "s3://b/1"]
    )
    def test_what_arrives_as_it_was_sent_passes(self, address: str) -> None:
        images = {"main_product_image_locator": [{"media_location": address}]}

        assert findings_of(listing(attributes=images)) == []

    def test_an_image_in_the_wrong_form_is_left_to_amazons_schema(self) -> None:
        images = {"main_product_image_locator": value("http://shop.example/mug.jpg")}

        assert findings_of(listing(attributes=images)) == []


@pytest.mark.parametrize("reason", [Reason.TITLE_CHARACTERS, Reason.INSECURE_IMAGE])
def test_a_merchant_may_allow_either(reason: Reason) -> None:
    images = [{"media_location": "http://shop.example/mug.jpg"}]
    attributes = {"item_name": text("Mug!"), "main_product_image_locator": images}
    allowing = QualityGate(GateRules(allowed=frozenset({reason})))

    both = {Reason.TITLE_CHARACTERS, Reason.INSECURE_IMAGE}
    assert {one.reason for one in findings_of(listing(attributes=attributes))} == both
    found = findings_of(listing(attributes=attributes), allowing)
    assert {one.reason for one in found} == both - {reason}
