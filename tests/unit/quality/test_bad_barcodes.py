"""Barcodes as stores have them: each bad one is held with what it likely is, none is mended."""

from __future__ import annotations

import pytest

from affluent.domain.gate_rules import GateRules
from affluent.domain.issue import Finding, Reason
from affluent.domain.plan import Change
from affluent.quality.barcodes import likely_meant
from affluent.quality.gate import QualityGate
from tests.unit.quality.builders import BARCODES, listing, plan_of, profiles_of

GATE = QualityGate()


def findings_of(*changes: Change, gate: QualityGate = GATE) -> list[Finding]:
    plan = plan_of(*changes)
    return list(gate.check_listings(plan, profiles_of(plan), {}))


@pytest.mark.parametrize(
    ("barcode", "hint"),
    [
        ("0306406152", "It is an ISBN-10; the ISBN-13 of that book is 9780306406157."),
        ("0-306-40615-2", "It is an ISBN-10; the ISBN-13 of that book is 9780306406157."),
        ("080442957X", "It is an ISBN-10; the ISBN-13 of that book is 9780804429573."),
        ("36000291452", "With the leading zeros that a spreadsheet drops it would be 036000291452"),
        ("1234565", "With the leading zeros that a spreadsheet drops it would be 01234565"),
        ("4006381-000003", "Without its spaces and hyphens it would be 4006381000003."),
        (" 4006381000003", "Without its spaces and hyphens it would be 4006381000003."),
        ("40063810000A5", "What is no digit does not belong in it: A"),
        ("UPC:36000291452", "What is no digit does not belong in it: : C P U"),
        ("4.00638E+12", "A spreadsheet has rounded it"),
        ("4,00638E+12", "A spreadsheet has rounded it"),
        ("٤٠٠٦٣٨١٠٠٠٠٠٣", "What is no digit does not belong in it: ٠ ١ ٣ ٤ ٦ ٨"),
    ],
)
def test_a_malformed_barcode_is_held_with_what_it_looks_like(barcode: str, hint: str) -> None:
    (finding,) = findings_of(listing(barcode=barcode))

    assert finding.reason is Reason.MALFORMED_BARCODE
    assert finding.message.startswith(f"The barcode '{barcode}' is not one of 8, 12, 13 or 14 ")
    assert hint in finding.message
    assert finding.value == barcode


@pytest.mark.parametrize("barcode", ["1", "36000291453", "000000000000", "123456789012345", " "])
def test_nothing_is_guessed_where_nothing_is_likely(barcode: str) -> None:
    assert likely_meant(barcode) == ""


def test_an_isbn_of_a_wrong_check_digit_is_not_called_one() -> None:
    assert "ISBN" not in likely_meant("0306406153")


@pytest.mark.parametrize(
    "barcode",
    [
        "2001234567893",  # given by a shop
        "212345678992",  # the same as a UPC: number system 2
        "0212345678992",
        "00212345678992",
        "0412345678910",  # given by a company
        "412345678900",
        "0512345678900",  # a coupon
        "9910000000003",
        "9812345678900",
        "9800000000007",
        "20012341",  # GTIN-8s
        "00123457",
    ],
)
def test_numbers_that_name_no_product_make_no_page(barcode: str) -> None:
    found = findings_of(listing(barcode=with_check_digit(barcode)))

    assert [one.reason for one in found] == [Reason.RESTRICTED_BARCODE]
    assert "names no product outside" in found[0].message


@pytest.mark.parametrize(
    "barcode",
    [
        "96385074",
        "036000291452",
        "0036000291452",
        "00036000291452",
        "10036000291459",
        "030000000000",
        "9780306406157",
        "9850000000002",
        "1930000000000",
        "4006381333931",
    ],
)
def test_every_kind_of_makers_number_passes(barcode: str) -> None:
    assert findings_of(listing(barcode=with_check_digit(barcode))) == []


def test_a_number_that_amazons_catalog_knows_may_be_offered_on() -> None:
    known = listing(
        barcode="2001234567893", asin="B000000001", candidates=1, requirements="LISTING_OFFER_ONLY"
    )

    assert findings_of(known) == []


def test_a_merchant_may_allow_restricted_numbers() -> None:
    allowing = QualityGate(GateRules(allowed=frozenset({Reason.RESTRICTED_BARCODE})))

    assert findings_of(listing(barcode="2001234567893"), gate=allowing) == []


def test_a_barcode_stands_once_whatever_the_lists() -> None:
    first = listing("FIRST", selling_list="Kitchen")
    second = listing("SECOND", barcode=f"0{BARCODES[0]}", selling_list="Gifts")

    (finding,) = findings_of(first, second)

    assert (finding.key, finding.reason) == ("SECOND", Reason.DUPLICATE_GTIN)
    assert "'FIRST'" in finding.message


def with_check_digit(barcode: str) -> str:
    """The number with its last digit as it must be."""
    body = barcode[:-1]
    weighted = (int(digit) * (3, 1)[at % 2] for at, digit in enumerate(reversed(body)))
    return f"{body}{-sum(weighted) % 10}"
