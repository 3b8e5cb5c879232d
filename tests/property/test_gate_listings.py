"""Over any batch, the suites say what the rules say one row at a time."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from affluent.domain.issue import Reason, Weight
from affluent.domain.plan import Change
from affluent.quality.gate import QualityGate
from tests.unit.quality.builders import BARCODES, PROFILE, listing, plan_of, profiles_of

GATE = QualityGate()
UPC = "036000291452"

facts = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["Mug", "", "  ", "é" * 100, "é" * 101, "n" * 200, "n" * 201]),
        "barcode": st.sampled_from(
            [
                "",
                *BARCODES[:4],
                UPC,
                f"0{UPC}",
                f"00{UPC}",
                "4006381000001",
                "2001234567893",
                "9910000000003",
                "012345678905",
                "212345678992",
                "12345",
                "40063810000x3",
            ]
        ),
        "asin": st.sampled_from(["", "", "B000000001"]),
        "candidates": st.sampled_from([0, 0, 1, 2, 7]),
        "price": st.sampled_from(["14.50", "0", "-1", "0.009", "0.01", "100000", "100000.01", "?"]),
        "quantity": st.sampled_from([None, -1, 0, 5]),
        "requirements": st.sampled_from(["LISTING", "LISTING_OFFER_ONLY"]),
    }
)
skus = st.sampled_from([f"SKU/{number}" for number in range(12)])
batches = st.lists(st.builds(lambda sku, after: listing(sku, **after), skus, facts), max_size=24)
live = st.dictionaries(st.sampled_from([BARCODES[0], UPC]), skus)


def check_digit_fits(barcode: str) -> bool:
    weighted = [int(digit) * (1, 3)[at % 2] for at, digit in enumerate(reversed(barcode))]
    return sum(weighted) % 10 == 0


def is_restricted(barcode: str) -> bool:
    prefix = int(barcode.zfill(14)[1:4])
    ranges = ((20, 29), (40, 59), (200, 299), (980, 984), (990, 999))
    return any(first <= prefix <= last for first, last in ranges)


def expected_of_row(after: dict[str, Any], *, is_repeated: bool) -> list[Reason]:
    barcode, asin = after["barcode"], after["asin"]
    is_formed = barcode.isascii() and barcode.isdigit() and len(barcode) in (8, 12, 13, 14)
    is_good = is_formed and check_digit_fits(barcode)
    price = Decimal(0) if after["price"] == "?" else Decimal(after["price"])
    is_offer_only = after["requirements"] == "LISTING_OFFER_ONLY"
    rules = [
        (Reason.NO_IDENTIFIER, not barcode and not asin),
        (Reason.MALFORMED_BARCODE, bool(barcode) and not is_formed),
        (Reason.BAD_CHECK_DIGIT, is_formed and not is_good),
        (Reason.RESTRICTED_BARCODE, is_good and not is_offer_only and is_restricted(barcode)),
        (Reason.DUPLICATE_SKU, is_repeated),
        (Reason.ZERO_PRICE, price <= 0),
        (Reason.HUGE_PRICE, price > PROFILE.ceiling),
        (Reason.LOW_PRICE, 0 < price < PROFILE.floor),
        (Reason.NEGATIVE_QUANTITY, after["quantity"] is not None and after["quantity"] < 0),
        (Reason.NO_NAME, not after["name"].strip()),
        (Reason.LONG_NAME, len(after["name"].encode()) > 200),
        (
            Reason.NOT_IN_CATALOG,
            is_offer_only and is_good and not asin and after["candidates"] <= 1,
        ),
        (Reason.SEVERAL_MATCHES, not asin and after["candidates"] > 1),
    ]
    return [reason for reason, is_broken in rules if is_broken]


def expected(changes: Sequence[Change], live_barcodes: dict[str, str]) -> set[tuple[str, Reason]]:
    keys = [change.key for change in changes]
    keepers = {barcode.zfill(14): sku for barcode, sku in live_barcodes.items()}
    found: set[tuple[str, Reason]] = set()
    for change in changes:
        reasons = expected_of_row(dict(change.after), is_repeated=keys.count(change.key) > 1)
        barcode = change.after["barcode"]
        if not reasons and barcode:
            keeper = keepers.setdefault(barcode.zfill(14), change.key)
            reasons = [Reason.DUPLICATE_GTIN] if keeper != change.key else []
        found |= {(change.key, reason) for reason in reasons}
    return found


@settings(max_examples=30, deadline=None)
@given(changes=batches, live_barcodes=live)
def test_the_suites_agree_with_the_rules(
    changes: list[Change], live_barcodes: dict[str, str]
) -> None:
    plan = plan_of(*changes)

    findings = GATE.check_listings(plan, profiles_of(plan), live_barcodes)

    holds = [finding for finding in findings if finding.weight is Weight.HOLD]
    assert {(found.key, found.reason) for found in holds} == expected(changes, live_barcodes)


@settings(max_examples=15, deadline=None)
@given(changes=batches, live_barcodes=live)
def test_of_what_passes_no_barcode_stands_twice(
    changes: list[Change], live_barcodes: dict[str, str]
) -> None:
    plan = plan_of(*changes)

    held = {finding.key for finding in GATE.check_listings(plan, profiles_of(plan), live_barcodes)}

    passed = [one for one in changes if one.key not in held and one.after["barcode"]]
    owners = {barcode.zfill(14): sku for barcode, sku in live_barcodes.items()}
    for change in passed:
        assert owners.setdefault(change.after["barcode"].zfill(14), change.key) == change.key
