"""Over any batch of offers, the gate says what the rules say one row at a time."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from affluent.domain.issue import Reason, Weight
from affluent.domain.plan import Change
from affluent.quality.gate import QualityGate
from tests.unit.quality.builders import PROFILE, offer, plan_of, profiles_of

GATE = QualityGate()

cents = st.integers(0, 30_000_000).map(lambda number: str(Decimal(number) / 100))
prices = st.one_of(
    st.none(),
    st.tuples(cents, cents),
    st.tuples(st.just("10.00"), st.sampled_from(["5.00", "4.99", "15.00", "15.01", "11.00"])),
)
quantities = st.one_of(st.none(), st.tuples(st.integers(0, 9), st.integers(-1, 9)))
channels = st.sampled_from(["DEFAULT", "DEFAULT", "AMAZON_NA"])


@st.composite
def batches(draw: st.DrawFn) -> list[Change]:
    rows = draw(st.lists(st.tuples(prices, quantities, channels), max_size=20))
    return [
        offer(f"SKU-{number}", price=price, quantity=quantity, channel=channel)
        for number, (price, quantity, channel) in enumerate(rows)
    ]


def moves_far(change: Change) -> bool | None:
    """Whether the price moves too far; None where no move can be told."""
    if "price" not in change.after or Decimal(change.before["price"]) == 0:
        return None
    before, after = Decimal(change.before["price"]), Decimal(change.after["price"])
    return abs(after - before) > PROFILE.largest_move * before


def expected_of(change: Change) -> set[Reason]:
    price = Decimal(change.after["price"]) if "price" in change.after else None
    quantity = change.after.get("quantity")
    rules = {
        Reason.ZERO_PRICE: price is not None and price <= 0,
        Reason.HUGE_PRICE: price is not None and price > PROFILE.ceiling,
        Reason.PRICE_MOVED: moves_far(change) is True,
        Reason.FBA_QUANTITY: quantity is not None and change.after["channel"] != "DEFAULT",
        Reason.NEGATIVE_QUANTITY: quantity is not None and quantity < 0,
    }
    return {reason for reason, is_broken in rules.items() if is_broken}


@settings(max_examples=30, deadline=None)
@given(changes=batches())
def test_the_suites_agree_with_the_rules(changes: list[Change]) -> None:
    plan = plan_of(*changes)

    findings = GATE.check_offers(plan, profiles_of(plan), 0)

    holds = {(found.key, found.reason) for found in findings if found.weight is Weight.HOLD}
    assert holds == {(one.key, reason) for one in changes for reason in expected_of(one)}


@settings(max_examples=30, deadline=None)
@given(changes=batches())
def test_the_breaker_trips_exactly_when_too_large_a_share_moves_far(changes: list[Change]) -> None:
    plan = plan_of(*changes)
    moves = [move for change in changes if (move := moves_far(change)) is not None]

    findings = GATE.check_offers(plan, profiles_of(plan), 0)

    is_stopped = any(found.weight is Weight.STOP for found in findings)
    assert is_stopped == (sum(moves) >= 5 and sum(moves) > PROFILE.largest_share * len(moves))


@settings(max_examples=10, deadline=None)
@given(stock=st.lists(st.integers(0, 99), min_size=1, max_size=60))
def test_stock_that_runs_out_is_never_held(stock: list[int]) -> None:
    plan = plan_of(*(offer(f"SKU-{at}", quantity=(left, 0)) for at, left in enumerate(stock)))

    findings = GATE.check_offers(plan, profiles_of(plan), 0)
    assert [found for found in findings if found.weight is Weight.HOLD] == []
