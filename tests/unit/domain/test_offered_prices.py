"""What holds a price, and what stands beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from affluent.domain.issue import Reason
from affluent.domain.marketplace import find_marketplace
from affluent.domain.money import Money
from affluent.domain.offer import (
    OfferedPrice,
    OfferOverride,
    OfferProfile,
    PriceMode,
    offered_price,
    offered_quantity,
)
from affluent.domain.offer.formula import FormulaInvalid, parse_formula
from affluent.domain.offer.profile import BusinessRule, LimitRule, Outside, SaleRule, TierRule
from affluent.domain.offer.rates import CurrencyRates
from affluent.domain.offer.rounding import Rounding
from affluent.domain.offer.template import PriceRange, range_flaws
from tests.builders.catalog import US, usd, variant

GERMANY = find_marketplace("DE") or US
SALE = SaleRule(starts=date(2026, 11, 27), ends=date(2026, 11, 30))
BUSINESS = BusinessRule(
    parse_formula("-2%"), (TierRule(5, parse_formula("-5%")), TierRule(20, parse_formula("-10%")))
)


def offered(profile: OfferProfile | None = None, **fields: Any) -> OfferedPrice:
    return offered_price(profile or OfferProfile("one"), variant(**fields), US)


@pytest.mark.behaviour("S55")
@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("", 1, "empty"),
        ("x1,2", 3, "decimal comma"),
        ("x1.2 3", 6, "'3' is none of"),
        ("x1.2 +", 7, "the end"),
        ("+3.", 4, "after the point"),
        ("x20%", 4, "only added or taken"),
        ("x0", 1, "no price at all"),
        ("-100%", 1, "no price at all"),
        ("+1 =5", 4, "beside other steps"),
        ("=5 +1", 1, "beside other steps"),
        ("__import__('os')", 1, "'_' is none of"),
        ("+1" * 9, 17, "too many steps"),
        ("+1234567890123", 2, "too long"),
        ("+1" * 60, 101, "too long"),
    ],
)
def test_what_is_no_formula_is_told_with_its_place(text: str, position: int, words: str) -> None:
    with pytest.raises(FormulaInvalid, match=words) as refused:
        parse_formula(text)

    assert refused.value.position == position
    assert refused.value.fix


def test_overlaps_and_gaps_name_both_ranges() -> None:
    def ranges(*bounds: tuple[int, int | None]) -> list[PriceRange]:
        formula = parse_formula("+1")
        return [
            PriceRange(formula, Decimal(low), None if high is None else Decimal(high))
            for low, high in bounds
        ]

    assert list(range_flaws(ranges((20, None), (0, 20)))) == []
    assert list(range_flaws(ranges((0, 20), (15, None)))) == [
        "the ranges 'from 0 to 20' and 'from 15' overlap"
    ]
    assert list(range_flaws(ranges((0, 20), (25, None)))) == [
        "there is a gap between the ranges 'from 0 to 20' and 'from 25'"
    ]
    assert list(range_flaws(ranges((0, None), (0, 5)))) == [
        "the ranges 'any price' and 'from 0 to 5' overlap"
    ]
    assert list(range_flaws(ranges((9, 9)))) == ["the range from 9 to 9 ends before it begins"]


@pytest.mark.parametrize(
    ("profile", "fields", "reason", "words"),
    [
        ({}, {"price": usd(0)}, Reason.ZERO_PRICE, "The price 0 USD is not above 0."),
        (
            {"price_template": "-20"},
            {"price": usd("19.90")},
            Reason.ZERO_PRICE,
            "The price -0.1 USD is not above 0.",
        ),
        (
            {"price_template": "+10", "limits": LimitRule(outside=Outside.CLAMP)},
            {"price": usd(0)},
            Reason.ZERO_PRICE,
            "not above 0",
        ),
        ({"floor": Decimal(20)}, {}, Reason.LOW_PRICE, "below the floor of 20 of profile 'one'"),
        ({"ceiling": Decimal(9)}, {}, Reason.HUGE_PRICE, "above the ceiling of 9 of profile 'one'"),
        (
            {"limits": LimitRule(floor_field="least")},
            {"custom_fields": {"least": "25"}},
            Reason.LOW_PRICE,
            "below the floor of 25 of the custom field 'least'",
        ),
        (
            {"limits": LimitRule(floor_field="least")},
            {"custom_fields": {"least": "25,00"}},
            Reason.NO_PRICE,
            "The custom field 'least' holds '25,00', which is no amount such as 12.50.",
        ),
        (
            {"limits": LimitRule(ceiling_field="most"), "floor": Decimal(10)},
            {"custom_fields": {"most": "9"}},
            Reason.NO_PRICE,
            "exceeds the ceiling of 9 USD of the custom field 'most'",
        ),
        ({"limits": LimitRule(margin=Decimal(0))}, {}, Reason.NO_PRICE, "has no cost in the store"),
        (
            {"sale": replace(SALE, formula=parse_formula("-50%")), "floor": Decimal(10)},
            {},
            Reason.LOW_PRICE,
            "The sale price 9.95 USD is below the floor of 10",
        ),
        (
            {"business": BUSINESS, "floor": Decimal("18.5")},
            {},
            Reason.LOW_PRICE,
            "The business price 17.55 USD is below",
        ),
    ],
)
def test_what_holds_a_price_is_told(
    profile: dict[str, Any], fields: dict[str, Any], reason: Reason, words: str
) -> None:
    if template := profile.pop("price_template", None):
        ranges = (PriceRange(parse_formula(template)),)
        profile |= {"price_mode": PriceMode.TEMPLATE, "price_template": ranges}

    problem = offered(OfferProfile("one", **profile), **fields).problem

    assert problem is not None
    assert problem.reason is reason
    assert words in problem.message


def test_a_price_that_no_range_holds_is_held() -> None:
    ranges = (PriceRange(parse_formula("+1"), Decimal(50)),)
    profile = OfferProfile("one", price_mode=PriceMode.TEMPLATE, price_template=ranges)

    made = offered(profile)

    assert made.price is None
    assert made.problem is not None
    assert "has no range for 19.9 USD" in made.problem.message


@pytest.mark.parametrize(
    ("rates", "words"),
    [
        (CurrencyRates(), "from USD to EUR: the settings name none."),
        (CurrencyRates(stale={("USD", "EUR"): date(2026, 11, 1)}), "of 2026-11-01 and too old"),
        (CurrencyRates(lack="rates.csv cannot be read"), "rates.csv cannot be read"),
        (CurrencyRates({("EUR", "USD"): Decimal(1)}), "from USD to EUR"),
    ],
)
def test_without_a_rate_no_price_is_taken_over(rates: CurrencyRates, words: str) -> None:
    made = offered_price(OfferProfile("one", rates=rates), variant(), GERMANY)

    assert made.price is None
    assert made.problem is not None
    assert made.problem.reason is Reason.NO_RATE
    assert words in made.problem.message


def test_rounding_never_takes_a_price_out_of_its_limits() -> None:
    whole = Rounding(Decimal(1), Decimal("0.99"))

    def rounded(price: str, floor: str, ceiling: str) -> Money | None:
        limits = {"floor": Decimal(floor), "ceiling": Decimal(ceiling)}
        return offered(OfferProfile("one", rounding=whole, **limits), price=usd(price)).price

    assert rounded("20.30", "20", "99") == usd("20.99")
    assert rounded("20.80", "10", "20.90") == usd("19.99")
    assert rounded("20.30", "20", "20.90") == usd("20.30")


def test_a_price_set_by_hand_goes_before_the_rules_but_not_before_the_limits() -> None:
    profile = OfferProfile("one", price_mode=PriceMode.RATIO, price_value=Decimal(2))

    def by_hand(**values: Decimal) -> OfferedPrice:
        return offered_price(profile, variant(), US, OfferOverride(**values))

    assert by_hand(price=Decimal(12)).price == usd(12)
    assert by_hand(price=Decimal(12)).why == "12 USD set by hand"
    low = by_hand(price=Decimal(12), floor=Decimal(13)).problem
    assert low is not None
    assert low.message == (
        "The price 12.00 USD is below the floor of 13 of the SKU's own settings."
    )
    assert offered_quantity(profile, 3, OfferOverride(quantity=9)) == 9


def test_a_sale_of_the_store_stands_beside_its_price() -> None:
    on_sale = {"price": usd("14.90"), "regular_price": usd("19.90")}

    follows = offered(OfferProfile("one"), **on_sale)
    beside = offered(OfferProfile("one", sale=SALE), **on_sale)
    no_sale = offered(OfferProfile("one", sale=SALE))

    assert (follows.price, follows.sale) == (usd("14.90"), None)
    assert (beside.price, beside.sale and beside.sale.price) == (usd("19.90"), usd("14.90"))
    assert beside.why.endswith("on sale at 14.9 USD from 2026-11-27 to 2026-11-30")
    assert (no_sale.price, no_sale.sale) == (usd("19.90"), None)


def test_the_days_of_a_sale_can_stand_in_fields() -> None:
    rule = SaleRule(parse_formula("-10%"), starts_field="from", ends_field="to")
    profile = OfferProfile("one", sale=rule)

    def on(**fields: str) -> OfferedPrice:
        return offered(profile, custom_fields=fields)

    assert on(**{"from": "2026-11-27", "to": "2026-11-30"}).sale is not None
    assert on(**{"from": "2026-11-27"}).sale is None
    wrong, backwards = (
        on(**{"from": "27.11.", "to": "30.11."}),
        on(**{"from": "2026-11-30", "to": "2026-11-27"}),
    )
    assert wrong.problem is not None
    assert "which is no day such as" in wrong.problem.message
    assert backwards.problem is not None
    assert "before it starts" in backwards.problem.message
