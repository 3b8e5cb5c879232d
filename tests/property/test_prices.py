"""What no rule of a merchant's can make of a price or a quantity."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affluent.domain.marketplace import MARKETPLACES
from affluent.domain.money import Money, smallest_unit
from affluent.domain.offer import (
    OfferedPrice,
    OfferProfile,
    PriceMode,
    QuantityMode,
    offered_price,
    offered_quantity,
)
from affluent.domain.offer.formula import Formula, FormulaInvalid, Operator, Step, parse_formula
from affluent.domain.offer.override import OfferOverride
from affluent.domain.offer.profile import (
    BusinessRule,
    LimitRule,
    Outside,
    SaleRule,
    TierRule,
)
from affluent.domain.offer.rates import CurrencyRates
from affluent.domain.offer.rounding import Direction, Rounding
from affluent.domain.offer.template import PriceRange, range_flaws, range_for
from tests.builders.catalog import usd, variant
from tests.fakes.clock import NOON

TODAY = NOON.date()
amounts = st.decimals("0", "99999", places=2)
positive = st.decimals("0.01", "99999", places=2)
numbers = st.decimals("0.01", "99", places=2)
steps = st.one_of(
    st.builds(Step, st.sampled_from([Operator.TIMES, Operator.PLUS, Operator.MINUS]), numbers),
    st.builds(Step, st.sampled_from([Operator.PLUS, Operator.MINUS]), numbers, st.just(True)),
)
formulas = st.one_of(
    st.lists(steps, min_size=1, max_size=4).map(tuple),
    st.builds(Step, st.just(Operator.SET), numbers).map(lambda step: (step,)),
).map(Formula)
roundings = st.builds(
    Rounding,
    st.sampled_from([Decimal(1), Decimal(10)]),
    st.sampled_from([Decimal(0), Decimal("0.99"), Decimal("0.95")]),
    st.sampled_from(Direction),
) | st.builds(
    Rounding, st.sampled_from([Decimal("0.05"), Decimal("0.5")]), direction=st.just(Direction.UP)
)
optional_amounts = st.none() | positive
currencies = sorted({one.currency for one in MARKETPLACES})
rates = CurrencyRates({("USD", one): Decimal("1.37") for one in currencies})


@st.composite
def profiles(draw: st.DrawFn) -> OfferProfile:
    floor, ceiling = sorted((draw(positive), draw(positive)))
    return OfferProfile(
        name="any",
        price_mode=draw(st.sampled_from(PriceMode)),
        price_value=draw(numbers),
        price_template=(PriceRange(draw(formulas)),),
        rounding=draw(st.none() | roundings),
        rates=rates,
        floor=floor,
        ceiling=ceiling,
        limits=LimitRule(
            outside=draw(st.sampled_from(Outside)),
            floor_field="least",
            ceiling_field="most",
            margin=draw(st.none() | st.decimals("0", "2", places=2)),
            keeps_map=draw(st.booleans()),
            told_to_amazon=draw(st.booleans()),
        ),
        sale=draw(
            st.none() | st.builds(SaleRule, st.none() | formulas, st.just(TODAY), st.just(TODAY))
        ),
        business=draw(
            st.none()
            | st.builds(
                BusinessRule,
                st.none() | formulas,
                st.tuples(
                    st.builds(TierRule, st.just(5), formulas),
                    st.builds(TierRule, st.just(9), formulas),
                ),
            )
        ),
    )


@st.composite
def products(draw: st.DrawFn) -> dict[str, Any]:
    fields = {"least": draw(st.none() | positive), "most": draw(st.none() | positive)}
    money = {name: draw(optional_amounts) for name in ("regular_price", "cost", "map_price")}
    return {
        "price": usd(draw(amounts)),
        "custom_fields": {name: str(value) for name, value in fields.items() if value},
        **{name: usd(value) for name, value in money.items() if value},
    }


overrides = st.builds(
    OfferOverride, price=optional_amounts, floor=optional_amounts, ceiling=optional_amounts
)


def all_prices(offered: OfferedPrice) -> list[Money]:
    assert offered.price is not None
    found = [offered.price]
    if offered.sale is not None:
        found.append(offered.sale.price)
    if offered.business is not None:
        found += [offered.business.price, *(tier.price for tier in offered.business.tiers)]
    return found


@given(profiles(), products(), overrides, st.sampled_from(MARKETPLACES))
def test_no_price_leaves_outside_of_floor_and_ceiling_by_whatever_rules(
    profile: OfferProfile, product: dict[str, Any], override: OfferOverride, marketplace: Any
) -> None:
    offered = offered_price(profile, variant(**product), marketplace, override)

    if offered.problem is not None:
        return
    assert offered.floor is not None
    assert offered.ceiling is not None
    least = profile.floor if override.floor is None else override.floor
    most = profile.ceiling if override.ceiling is None else override.ceiling
    assert least <= offered.floor.amount <= offered.ceiling.amount <= most
    for price in all_prices(offered):
        assert price.currency == marketplace.currency
        assert offered.floor.amount <= price.amount <= offered.ceiling.amount
        assert price.amount % smallest_unit(marketplace.currency) == 0


@given(profiles(), products(), st.sampled_from(MARKETPLACES))
def test_sales_and_business_prices_are_never_dearer(
    profile: OfferProfile, product: dict[str, Any], marketplace: Any
) -> None:
    offered = offered_price(profile, variant(**product), marketplace)

    if offered.problem is None and offered.price is not None:
        if offered.sale is not None:
            assert offered.sale.price < offered.price
        if offered.business is not None:
            falling = [offered.business.price, *(one.price for one in offered.business.tiers)]
            assert falling[0] <= offered.price
            assert falling == sorted(set(falling), reverse=True)


@given(profiles(), products())
def test_the_zeros_that_an_amount_is_stored_with_make_no_difference(
    profile: OfferProfile, product: dict[str, Any]
) -> None:
    us = next(one for one in MARKETPLACES if one.country == "US")
    longer = {
        name: usd(value.amount.quantize(Decimal("0.00000"))) if isinstance(value, Money) else value
        for name, value in product.items()
    }
    stored = replace(profile, floor=profile.floor.quantize(Decimal("0.0000")))

    one = offered_price(profile, variant(**product), us)
    other = offered_price(stored, variant(**longer), us)

    assert one == other
    assert (str(one.price), one.steps) == (str(other.price), other.steps)


@given(positive, roundings, st.sampled_from(["USD", "KWD"]))
def test_a_rounded_price_ends_as_told(amount: Decimal, rounding: Rounding, currency: str) -> None:
    label = rounding.apply(Money(amount, currency)).amount

    assert label > 0
    assert (label - rounding.ending) % rounding.step == 0
    assert abs(label - amount) <= rounding.step
    if rounding.direction is Direction.UP:
        assert label >= amount
    if rounding.direction is Direction.DOWN and amount >= (rounding.ending or rounding.step):
        assert label <= amount


@given(st.decimals("1", "9999999", places=4), st.none() | roundings)
def test_a_price_in_yen_has_no_decimals(amount: Decimal, rounding: Rounding | None) -> None:
    japan = next(one for one in MARKETPLACES if one.country == "JP")
    profile = OfferProfile("any", rounding=rounding, rates=rates, ceiling=Decimal(10**9))

    price = offered_price(profile, variant(price=usd(amount)), japan).price

    assert price is not None
    assert price.amount.as_tuple().exponent == 0


@pytest.mark.behaviour("S55")
@given(formulas)
def test_the_text_of_a_formula_reads_back_as_the_formula(formula: Formula) -> None:
    if any(
        step.operator is Operator.MINUS and step.is_percent and step.number >= 100
        for step in formula.steps
    ):
        return
    assert parse_formula(str(formula)) == formula


@given(st.text(max_size=120) | st.text("x*+-=%.,0123456789 ×−", max_size=30))
def test_any_text_is_a_formula_or_is_refused_with_a_place(text: str) -> None:
    refused: FormulaInvalid | None = None
    try:
        formula = parse_formula(text)
    except FormulaInvalid as error:
        refused = error

    if refused is None:
        assert parse_formula(str(formula)) == formula
    else:
        assert 1 <= refused.position <= len(text) + 1
        assert all((refused.what, refused.why, refused.fix))


@given(
    st.lists(st.tuples(st.integers(0, 9), st.none() | st.integers(1, 10)), min_size=1, max_size=4),
    st.integers(0, 12),
)
def test_ranges_without_a_flaw_leave_no_price_between_them_and_none_to_two(
    bounds: list[tuple[int, int | None]], price: int
) -> None:
    formula = parse_formula("x1")
    ranges = [
        PriceRange(formula, Decimal(low), None if high is None else Decimal(high))
        for low, high in bounds
    ]
    if list(range_flaws(ranges)):
        return
    holding = [one for one in ranges if one.holds(Decimal(price))]
    first = min(one.at_least for one in ranges)
    last = (
        None if any(one.below is None for one in ranges) else max(one.below or 0 for one in ranges)
    )

    assert len(holding) <= 1
    assert bool(holding) == (price >= first and (last is None or price < last))
    assert range_for(Decimal(price), ranges) == (holding[0] if holding else None)


@given(
    st.sampled_from([one for one in QuantityMode if one not in ("custom", "single")]),
    st.integers(0, 100),
    st.integers(0, 20),
    st.none() | st.integers(20, 50),
    st.integers(-5, 200),
)
def test_no_quantity_is_above_the_stock_or_outside_of_its_bounds(
    mode: QuantityMode, value: int, least: int, most: int | None, stock: int
) -> None:
    profile = OfferProfile(
        "any",
        quantity_mode=mode,
        quantity_value=value,
        quantity_minimum=least,
        quantity_maximum=most,
    )

    quantity = offered_quantity(profile, stock)

    assert 0 <= quantity <= max(stock, 0)
    assert quantity == 0 or quantity >= least
    assert most is None or quantity <= most
