"""The suites and the breaker over a batch of offers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from affluent.domain.issue import Finding, Reason
from affluent.domain.offer import OfferProfile
from affluent.domain.plan import Change, Gated, Plan, sift
from affluent.quality.gate import QualityGate
from tests.unit.quality.builders import PROFILE, offer, plan_of, profiles_of

GATE = QualityGate()


def findings_of(
    *changes: Change, profile: OfferProfile = PROFILE, in_stock: int = 0
) -> tuple[Finding, ...]:
    plan = plan_of(*changes)
    return GATE.check_offers(plan, profiles_of(plan, profile), in_stock)


def gated(*changes: Change, profile: OfferProfile = PROFILE) -> Gated:
    return sift(plan_of(*changes), findings_of(*changes, profile=profile))


def reasons(findings: tuple[Finding, ...]) -> list[Reason]:
    return [finding.reason for finding in findings]


def repriced(count: int, before: str, after: str, prefix: str = "SKU") -> list[Change]:
    return [offer(f"{prefix}-{number}", price=(before, after)) for number in range(count)]


def sold_out(count: int) -> list[Change]:
    return [offer(f"OUT-{number}", quantity=(9, 0)) for number in range(count)]


def test_an_empty_plan_has_no_findings() -> None:
    assert GATE.check_offers(Plan(()), {}, 0) == ()


@pytest.mark.parametrize("after", ["15.00", "5.00", "10.00", "12.34"])
def test_a_price_that_moves_as_far_as_allowed_passes(after: str) -> None:
    assert findings_of(offer(price=("10.00", after))) == ()


@pytest.mark.parametrize("after", ["15.01", "4.99"])
def test_a_price_that_moves_further_is_held(after: str) -> None:
    (finding,) = findings_of(offer(price=("10.00", after)))

    assert finding.reason is Reason.PRICE_MOVED
    assert f"from 10.00 to {after} USD" in finding.message
    assert finding.value == after


def test_a_price_of_nothing_is_held_as_such_first() -> None:
    assert reasons(findings_of(offer(price=("10.00", "0.00")))) == [
        Reason.ZERO_PRICE,
        Reason.PRICE_MOVED,
    ]


def test_a_price_outside_its_limits_is_held_even_where_none_was_known() -> None:
    profile = OfferProfile("narrow", floor=Decimal(5), ceiling=Decimal(50))

    assert reasons(findings_of(offer(price=("0", "4.99")), profile=profile)) == [Reason.LOW_PRICE]
    assert reasons(findings_of(offer(price=("0", "50.01")), profile=profile)) == [Reason.HUGE_PRICE]
    assert findings_of(offer(price=("0", "50.00")), profile=profile) == ()


def test_a_quantity_of_ours_is_never_sent_for_stock_that_amazon_keeps() -> None:
    (finding,) = findings_of(offer(quantity=(3, 2), channel="AMAZON_NA"))

    assert finding.reason is Reason.FBA_QUANTITY
    assert "AMAZON_NA" in finding.message
    assert findings_of(offer(price=("10.00", "11.00"), channel="AMAZON_NA")) == ()


def test_a_negative_quantity_is_held() -> None:
    assert reasons(findings_of(offer(quantity=(3, -1)))) == [Reason.NEGATIVE_QUANTITY]


def test_stock_that_sells_out_within_its_share_passes() -> None:
    assert findings_of(*sold_out(30), in_stock=100) == ()


def test_a_held_offer_does_not_block_its_neighbours() -> None:
    result = gated(offer("FAR", price=("10", "20")), offer("NEAR", price=("10", "11")))

    assert [change.key for change in result.passed] == ["NEAR"]
    assert not result.is_stopped


class TestBreaker:
    def test_every_price_to_a_cent_stops_the_batch(self) -> None:
        """December 2014: a repricer sent 0.01 for everything its users sold."""
        result = gated(*repriced(200, "24.99", "0.01"))

        assert result.is_stopped
        assert result.passed == ()
        (stop,) = result.stops
        assert (stop.key, stop.reason) == ("", Reason.PRICE_MOVED)
        assert "100% of the batch's price changes (200 of 200)" in stop.message
        assert "-100.0% in the median" in stop.message

    def test_the_message_shows_how_the_prices_change(self) -> None:
        near, far = repriced(7, "10.00", "11.00", "NEAR"), repriced(5, "10.00", "2.00", "FAR")

        (stop,) = gated(*near, *far).stops

        assert stop.message == (
            "42% of the batch's price changes (5 of 12) move further than their profiles allow; "
            "20% may. The prices change by +10.0% in the median, half of them between -80.0% and "
            "+10.0%, all between -80.0% and +10.0%."
        )

    def test_fewer_than_five_are_held_one_by_one(self) -> None:
        result = gated(*repriced(4, "24.99", "0.01"))

        assert not result.is_stopped
        assert result.held_by_reason() == {"price_moved": 4}

    def test_a_share_within_the_limit_does_not_stop(self) -> None:
        result = gated(*repriced(5, "10", "1", "FAR"), *repriced(20, "10", "9", "NEAR"))

        assert not result.is_stopped
        assert len(result.passed) == 20

    def test_changes_of_stock_do_not_water_the_share_down(self) -> None:
        stock = [offer(f"STOCK-{n}", quantity=(1, 0)) for n in range(100)]

        assert gated(*repriced(6, "10", "1"), *stock).is_stopped

    def test_the_strictest_profile_in_the_batch_decides(self) -> None:
        plan = plan_of(*repriced(5, "10", "1", "FAR"), *repriced(5, "10", "9", "NEAR"))
        loose = OfferProfile("loose", largest_share=Decimal(1))
        profiles = profiles_of(plan, loose)

        assert not sift(plan, GATE.check_offers(plan, profiles, 0)).is_stopped
        assert sift(plan, GATE.check_offers(plan, profiles | {"NEAR-0": PROFILE}, 0)).is_stopped


class TestStockBreaker:
    def test_a_store_that_answers_0_for_all_stops_the_batch(self) -> None:
        result = gated(*sold_out(50))

        assert result.is_stopped
        (stop,) = result.stops
        assert (stop.key, stop.reason, stop.field) == ("", Reason.STOCK_GONE, "quantity")
        assert stop.message == (
            "100% of what is in stock (50 of 50 offers) falls to zero at once; 30% may."
        )

    def test_a_larger_share_of_all_that_is_in_stock_stops_the_batch(self) -> None:
        (stop,) = findings_of(*sold_out(31), in_stock=100)

        assert "31% of what is in stock (31 of 100 offers)" in stop.message

    def test_fewer_than_twenty_may_sell_out(self) -> None:
        assert findings_of(*sold_out(19), in_stock=19) == ()

    def test_what_was_at_zero_already_does_not_fall(self) -> None:
        again = [offer(f"OUT-{number}", quantity=(0, 0)) for number in range(50)]

        assert findings_of(*again) == ()

    def test_the_strictest_profile_of_what_falls_says_how_much_may(self) -> None:
        strict = OfferProfile("strict", largest_zero_share=Decimal("0.1"))

        assert reasons(findings_of(*sold_out(20), in_stock=100, profile=strict)) == [
            Reason.STOCK_GONE
        ]
