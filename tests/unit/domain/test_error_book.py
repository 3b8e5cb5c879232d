"""The error book knows every message word for word, and docs/errors.md is what it writes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from affluent.domain.error_book import ErrorEntry, explain, render_error_book
from affluent.domain.error_book.book import CHAPTERS
from affluent.domain.issue import Reason

PROJECT = Path(__file__).resolve().parents[3]
FACTS = PROJECT / "../shared/facts/amazon.md"

# What each of the messages that merchants see must lead to: a word of its cause or its fix.
MESSAGES = {
    "externally_assigned_product_identifier: 'External Product ID' is required but not supplied": (
        "barcode"
    ),
    "merchant_suggested_asin: 'Merchant Suggested ASIN' is required but not supplied": (
        "product creation"
    ),
    "Error: The seller is not allowed to list products under the restricted brand": "approved",
    "Error: Seller is not authorized to list products in this product line or category.": (
        "approval"
    ),
    "item_dimensions: The field 'height' for the attribute 'item_dimensions' does not have enough "
    "values. The required minimum is '1' value(s).(99022)": "height",
    "number_of_items: 'number_of_items' is required but not supplied.(90220)": "profile",
    "included_components: The attributes are invalid.(90000900)": "product type",
    "Missing MandatoryProductOptions. Please reach support to activate product mandatory options "
    "for order creation.": "modifier",
    "Error during export order #123-0000444-0000444 in BigCommerce. Quantities of one or more "
    "products are out of stock or did not meet quantity requirements.": "Raise the stock",
}


def entry_for(message: str) -> ErrorEntry:
    entry = explain(message)
    assert entry is not None, message
    return entry


@pytest.mark.behaviour("N16")
@pytest.mark.parametrize("message", MESSAGES)
def test_every_message_is_explained_word_for_word(message: str) -> None:
    entry = entry_for(message)

    assert message in entry.examples
    assert MESSAGES[message] in f"{entry.cause} {entry.fix}"


def test_every_message_has_an_entry_of_its_own() -> None:
    assert len({entry_for(message).title for message in MESSAGES}) == len(MESSAGES)


@pytest.mark.behaviour("N16")
@pytest.mark.parametrize(
    ("message", "like"),
    [
        ("number_of_items: 'number_of_items' is required but not supplied.(100339)", "90220"),
        ("'Required Assembly' is required but missing.", "90220"),
        ("You submitted an attribute Item Type Name that does not belong...", "90000900"),
        ("We can't accept the Color you entered for Variation Theme Name...", "90244"),
        ("The provided value for 'Hazmat' is invalid.", "4000001"),
        ("8541: We found an ASIN matching the SKU data provided.", "8541"),
        ("SKU does not match any ASIN.(8566)", "8566"),
    ],
)
def test_the_words_count_where_the_code_has_changed(message: str, like: str) -> None:
    assert entry_for(message) is entry_for(like)


def test_another_order_is_explained_alike() -> None:
    message = (
        "Error during export order #902-1845936-5435065 in BigCommerce. Quantities of one or more "
        "products are out of stock or did not meet quantity requirements."
    )

    assert Reason.OUT_OF_STOCK in entry_for(message).reasons


@pytest.mark.parametrize(
    "message",
    ["", "A new rule of Amazon's.(123456)", "8540", "8541 units were sold", "the price is right"],
)
def test_what_is_not_known_is_not_explained(message: str) -> None:
    assert explain(message) is None


@pytest.mark.parametrize("reason", Reason, ids=str)
def test_every_reason_of_ours_is_explained(reason: Reason) -> None:
    assert reason in entry_for(reason.value).reasons


def test_every_code_with_a_known_meaning_is_explained() -> None:
    if not FACTS.exists():
        pytest.skip("the shared folder with the table of codes is not here")
    table = FACTS.read_text(encoding="utf-8").partition("### Issue codes")[2].partition("\n## ")[0]
    codes = {
        code
        for row in re.findall(r"^\| ([A-Z0-9_, /]+) \| (?!nothing found)", table, re.MULTILINE)
        for code in re.split(r"[ ,/]+", row)
    }

    assert len(codes) > 25
    assert {code for code in codes if code not in entry_for(code).codes} == set()


def test_no_entry_hides_another() -> None:
    entries = [entry for _, chapter in CHAPTERS for entry in chapter]
    codes = [code for entry in entries for code in entry.codes]
    reasons = [reason for entry in entries for reason in entry.reasons]

    assert len({entry.title for entry in entries}) == len(entries)
    assert len(set(codes)) == len(codes)
    assert len(set(reasons)) == len(reasons)
    assert [e.title for e in entries for shown in e.examples if explain(shown) is not e] == []


def test_the_printed_book_is_up_to_date() -> None:
    printed = (PROJECT / "docs/errors.md").read_text(encoding="utf-8")

    assert printed == render_error_book(), "write render_error_book() to docs/errors.md"
