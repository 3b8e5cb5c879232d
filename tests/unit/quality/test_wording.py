"""What the gate says, the error book explains."""

from __future__ import annotations

from decimal import Decimal

import pytest

from affluent.domain.error_book import explain
from affluent.domain.issue import Issue, Reason
from affluent.quality import amazon_issues
from affluent.quality.wording import WORDINGS, finding

ROW = {
    "sku": "SKU-1",
    "keeper": "SKU-0",
    "identifier": None,
    "barcode": "4006381000003",
    "price": Decimal("0.00"),
    "currency": "USD",
    "floor": Decimal("0.01"),
    "ceiling": Decimal(100),
    "profile": "default",
    "quantity": -1,
    "name": None,
    "title": "Mug!",
    "title_flaws": "!",
    "insecure_image": "http://shop.example/mug.jpg",
    "name_bytes": 201,
    "undecided_matches": 2,
    "before": "10.00",
    "change": Decimal(-1),
    "largest_move": Decimal("0.5"),
    "channel": "AMAZON_NA",
}


@pytest.mark.parametrize("reason", WORDINGS, ids=str)
def test_every_message_of_the_gate_is_explained_as_its_reason(reason: Reason) -> None:
    entry = explain(finding(ROW, reason).message)

    assert entry is not None
    assert reason in entry.reasons


@pytest.mark.parametrize(
    ("issue", "code"),
    [
        (amazon_issues.required("color"), amazon_issues.REQUIRED),
        (amazon_issues.too_few_values("color", "value"), amazon_issues.TOO_FEW_VALUES),
        (amazon_issues.unknown_attribute("color"), amazon_issues.ATTRIBUTES_INVALID),
        (amazon_issues.unknown_field("color", "hue"), amazon_issues.ATTRIBUTES_INVALID),
        (amazon_issues.not_a_valid_value("a", "b", "c"), amazon_issues.NOT_A_VALID_VALUE),
        (amazon_issues.invalid_value("a", "b", "it is so"), amazon_issues.VALUE_INVALID),
    ],
)
def test_every_issue_is_explained_as_its_code(issue: Issue, code: str) -> None:
    entry = explain(issue.text())

    assert entry is not None
    assert entry is explain(code)
