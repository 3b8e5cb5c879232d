"""The suites over a batch of listings."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from decimal import Decimal
from typing import Any

import pytest

from affluent.domain.gate_rules import GateRules
from affluent.domain.issue import Reason, Weight
from affluent.domain.offer import OfferProfile
from affluent.domain.plan import Change, Plan, sift
from affluent.quality.gate import QualityGate
from tests.unit.quality.builders import (
    BARCODES,
    SHARED,
    catalog_listings,
    listing,
    plan_of,
    profiles_of,
)

GATE = QualityGate()


def reasons_of(*changes: Change, live: dict[str, str] | None = None) -> dict[str, list[Reason]]:
    plan = plan_of(*changes)
    reasons: dict[str, list[Reason]] = defaultdict(list)
    for finding in GATE.check_listings(plan, profiles_of(plan), live or {}):
        reasons[finding.key].append(finding.reason)
    return dict(reasons)


def test_a_clean_listing_passes() -> None:
    assert reasons_of(listing(), listing("SKU-2", barcode=BARCODES[1], quantity=None)) == {}


def test_an_empty_plan_has_no_findings() -> None:
    assert GATE.check_listings(Plan(()), {}, {}) == ()


@pytest.mark.parametrize(
    ("flaw", "reason"),
    [
        ({"barcode": ""}, Reason.NO_IDENTIFIER),
        ({"barcode": "40063810000A5"}, Reason.MALFORMED_BARCODE),
        ({"barcode": "0306406152"}, Reason.MALFORMED_BARCODE),
        ({"barcode": " 4006381000003"}, Reason.MALFORMED_BARCODE),
        ({"barcode": "٤٠٠٦٣٨١٠٠٠٠٠٣"}, Reason.MALFORMED_BARCODE),
        ({"barcode": "000000000000"}, Reason.MALFORMED_BARCODE),
        (
            {"barcode": BARCODES[0][:-1] + str((int(BARCODES[0][-1]) + 1) % 10)},
            Reason.BAD_CHECK_DIGIT,
        ),
        ({"price": "0"}, Reason.ZERO_PRICE),
        ({"price": "-3.00"}, Reason.ZERO_PRICE),
        ({"price": ""}, Reason.ZERO_PRICE),
        ({"price": "NaN"}, Reason.ZERO_PRICE),
        ({"price": "100000.01"}, Reason.HUGE_PRICE),
        ({"price": "0.009"}, Reason.LOW_PRICE),
        ({"quantity": -1}, Reason.NEGATIVE_QUANTITY),
        ({"name": "  \t "}, Reason.NO_NAME),
        ({"name": "é" * 100 + "n"}, Reason.LONG_NAME),
        ({"requirements": "LISTING_OFFER_ONLY"}, Reason.NOT_IN_CATALOG),
        ({"candidates": 2}, Reason.SEVERAL_MATCHES),
        ({"candidates": 2, "requirements": "LISTING_OFFER_ONLY"}, Reason.SEVERAL_MATCHES),
    ],
)
def test_each_flaw_is_held_with_its_reason(flaw: dict[str, Any], reason: Reason) -> None:
    clean = listing("SKU-0", barcode=BARCODES[1])

    assert reasons_of(clean, listing("SKU-1", **flaw)) == {"SKU-1": [reason]}


@pytest.mark.parametrize(
    "edge",
    [
        {"barcode": "", "asin": "B000000001"},
        {"price": "0.01"},
        {"price": "100000"},
        {"quantity": 0},
        {"name": "é" * 100},
        {"requirements": "LISTING_OFFER_ONLY", "asin": "B000000001", "candidates": 3},
        {"candidates": 1, "asin": "B000000001"},
        {"barcode": "96385074"},
        {"barcode": "036000291452"},
        {"barcode": "00036000291452"},
    ],
)
def test_what_lies_just_inside_every_limit_passes(edge: dict[str, Any]) -> None:
    assert reasons_of(listing(**edge)) == {}


def test_a_missing_identifier_is_told_in_amazons_words() -> None:
    plan = plan_of(listing(barcode=""))

    (finding,) = GATE.check_listings(plan, profiles_of(plan), {})

    assert finding.message == (
        "externally_assigned_product_identifier: 'External Product ID' is required but not supplied"
    )
    assert type(finding.key) is str


def test_a_barcode_unknown_to_amazon_is_told_in_amazons_words() -> None:
    plan = plan_of(listing(requirements="LISTING_OFFER_ONLY"))

    (finding,) = GATE.check_listings(plan, profiles_of(plan), {})

    assert finding.message == (
        "merchant_suggested_asin: 'Merchant Suggested ASIN' is required but not supplied"
    )


def test_several_flaws_of_a_row_come_in_the_order_of_the_suites() -> None:
    flawed = listing(barcode="123", price="0", quantity=-1, name="", candidates=2)

    assert reasons_of(flawed) == {
        "SKU-1": [
            Reason.MALFORMED_BARCODE,
            Reason.ZERO_PRICE,
            Reason.NEGATIVE_QUANTITY,
            Reason.NO_NAME,
            Reason.SEVERAL_MATCHES,
        ]
    }


def test_the_price_is_held_against_the_profile_of_its_sku() -> None:
    plan = plan_of(listing("CHEAP"), listing("DEAR", barcode=BARCODES[1]))
    strict = OfferProfile("strict", floor=Decimal(5), ceiling=Decimal("14.49"))

    findings = GATE.check_listings(plan, profiles_of(plan) | {"DEAR": strict}, {})

    assert [(finding.key, finding.reason) for finding in findings] == [("DEAR", Reason.HUGE_PRICE)]
    assert findings[0].message == (
        "The price 14.50 USD is above the ceiling of 14.49 of profile 'strict'."
    )


class TestDuplicates:
    def test_the_earliest_otherwise_clean_listing_keeps_the_barcode(self) -> None:
        plan = plan_of(
            listing("FLAWED", price="0"), listing("FIRST"), listing("SECOND"), listing("THIRD")
        )

        findings = GATE.check_listings(plan, profiles_of(plan), {})

        assert [(found.key, found.reason) for found in findings] == [
            ("FLAWED", Reason.ZERO_PRICE),
            ("SECOND", Reason.DUPLICATE_GTIN),
            ("THIRD", Reason.DUPLICATE_GTIN),
        ]
        assert "'FIRST'" in findings[1].message

    def test_a_upc_equals_the_ean_that_it_is(self) -> None:
        upc = listing("UPC", barcode="036000291452")

        assert reasons_of(upc, listing("EAN", barcode="0036000291452")) == {
            "EAN": [Reason.DUPLICATE_GTIN]
        }

    def test_what_is_live_keeps_its_barcode(self) -> None:
        live = {BARCODES[0].zfill(14): "LIVE"}

        assert reasons_of(listing("NEW"), live=live) == {"NEW": [Reason.DUPLICATE_GTIN]}
        assert reasons_of(listing("NEW"), listing("LIVE"), live=live) == {
            "NEW": [Reason.DUPLICATE_GTIN]
        }

    def test_a_listing_without_a_barcode_repeats_none(self) -> None:
        without: dict[str, Any] = {"barcode": "", "asin": "B000000001"}

        assert reasons_of(listing("A", **without), listing("B", **without)) == {}

    def test_a_sku_that_stands_twice_is_held(self) -> None:
        assert reasons_of(listing("A"), listing("A", barcode=BARCODES[1])) == {
            "A": [Reason.DUPLICATE_SKU]
        }


class TestMissingColumns:
    def test_a_batch_without_any_price_is_stopped(self) -> None:
        plan = plan_of(*(listing(f"SKU-{n}", barcode=BARCODES[n], price="0") for n in range(21)))

        gated = sift(plan, GATE.check_listings(plan, profiles_of(plan), {}))

        assert [(stop.reason, stop.key) for stop in gated.stops] == [(Reason.ZERO_PRICE, "")]
        assert gated.held_by_reason() == {"zero_price": 21}

    @pytest.mark.parametrize("priced", [0, 1])
    def test_a_small_or_partly_priced_batch_is_not(self, priced: int) -> None:
        free = [listing(f"SKU-{n}", barcode=BARCODES[n], price="0") for n in range(20)]
        paid = [listing(f"PAID-{n}", barcode=BARCODES[n + 30]) for n in range(priced)]
        plan = plan_of(*free, *paid)

        findings = GATE.check_listings(plan, profiles_of(plan), {})

        assert all(finding.weight is Weight.HOLD for finding in findings)
        assert len(findings) == 20


def test_the_real_catalog_is_held_exactly_as_its_truth_says() -> None:
    catalog = SHARED / "data/catalog-real-5k.ndjson.gz"
    if not catalog.exists():
        pytest.skip("the shared folder with the real catalog is not here")
    truth = json.loads((SHARED / "data/catalog-real-5k.truth.json").read_text(encoding="utf-8"))
    plan = plan_of(*catalog_listings(catalog))
    # Its truth does not count the numbers that shops gave themselves.
    gate = QualityGate(GateRules(allowed=frozenset({Reason.RESTRICTED_BARCODE})))

    gated = sift(plan, gate.check_listings(plan, profiles_of(plan), {}))

    held: dict[str, list[str]] = defaultdict(list)
    for item in gated.held:
        held[item.findings[0].reason].append(item.change.key)
    assert {reason: sorted(skus) for reason, skus in held.items()} == {
        reason: sorted(skus) for reason, skus in truth["skus"].items()
    }
    assert len(gated.passed) == truth["clean"]
    assert Counter(len(item.findings) for item in gated.held) == {1: len(gated.held)}
    assert not gated.is_stopped
