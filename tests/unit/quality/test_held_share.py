"""A batch of which too much is held is stopped whole; what is always held stops nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from affluent.domain.gate_rules import GateRules
from affluent.domain.issue import Finding, Reason, Weight
from affluent.domain.plan import Gated, Plan, sift
from affluent.quality.breaker import too_many_held
from affluent.quality.gate import QualityGate
from tests.unit.quality.builders import BARCODES, listing, plan_of, profiles_of

RULES = GateRules(largest_held_share=Decimal("0.5"), fewest_held=3)


def held(count: int, *, of: int, reason: Reason = Reason.LONG_NAME, unchanged: int = 0) -> Gated:
    changes = tuple(listing(f"SKU-{number}") for number in range(of))
    findings = tuple(Finding(one.key, reason, "flawed") for one in changes[:count])
    return sift(Plan(changes, unchanged), findings)


@pytest.mark.parametrize(("count", "of"), [(0, 0), (5, 10), (2, 2), (1, 1)])
def test_as_much_as_may_be_held_stops_nothing(count: int, of: int) -> None:
    assert too_many_held(held(count, of=of), RULES) == []


def test_more_than_may_be_held_stops_the_batch_and_says_why() -> None:
    (stop,) = too_many_held(held(6, of=10), RULES)

    assert (stop.key, stop.reason, stop.weight) == ("", Reason.TOO_MANY_HELD, Weight.STOP)
    assert stop.message == (
        "60% of what is selected is held for flaws (6 of 10: long_name 6); 50% may be "
        "(quality.largest_held_share)."
    )


def test_what_stands_on_amazon_already_counts_as_sound() -> None:
    assert too_many_held(held(6, of=6, unchanged=6), RULES) == []
    assert too_many_held(held(6, of=6, unchanged=5), RULES) != []


@pytest.mark.parametrize("reason", [Reason.NOT_IN_CATALOG, Reason.SEVERAL_MATCHES])
def test_what_amazon_does_not_know_is_no_flaw_of_the_source(reason: Reason) -> None:
    assert too_many_held(held(10, of=10, reason=reason), RULES) == []


def test_a_share_of_one_lets_everything_be_held() -> None:
    anything = GateRules(largest_held_share=Decimal(1), fewest_held=1)

    assert too_many_held(held(10, of=10), anything) == []


def test_the_gate_stops_by_its_own_rules() -> None:
    assert QualityGate(RULES).check_held(held(6, of=10)) != ()
    assert QualityGate().check_held(held(6, of=10)) == ()


def test_the_few_that_are_always_held_are_no_missing_column() -> None:
    changes = [listing(f"SKU-{n}", barcode=BARCODES[n], price="0") for n in range(30)]
    gate, profiles = QualityGate(), profiles_of(plan_of(*changes))

    first = gate.check_listings(Plan(tuple(changes), unchanged=29), profiles, {})
    later = gate.check_listings(Plan(tuple(changes), unchanged=30), profiles, {})

    assert [one.weight for one in first if not one.key] == [Weight.STOP]
    assert [one.weight for one in later if not one.key] == []
