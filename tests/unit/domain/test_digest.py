"""A digest is the same for equal wholes, and another for anything else."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from affluent.domain.digest import digest_of
from affluent.domain.offer import OfferProfile
from affluent.domain.offer.rates import CurrencyRates

RATES = CurrencyRates({("USD", "EUR"): Decimal("0.9"), ("USD", "CAD"): Decimal("1.4")})
PROFILE = OfferProfile("default", rates=RATES, sells_both_ways=frozenset({"A", "B"}))


def test_the_order_of_a_set_or_a_map_is_no_matter() -> None:
    turned = CurrencyRates(dict(reversed(RATES.rates.items())))

    other = replace(PROFILE, rates=turned, sells_both_ways=frozenset({"B", "A"}))

    assert digest_of([PROFILE]) == digest_of([other])


def test_every_rule_counts() -> None:
    others = [
        replace(PROFILE, floor=Decimal("0.02")),
        replace(PROFILE, sells_both_ways=frozenset({"A"})),
        replace(PROFILE, rates=CurrencyRates({("USD", "EUR"): Decimal("0.91")})),
        replace(PROFILE, lead_time_days=0),
    ]

    assert len({digest_of(one) for one in [PROFILE, *others]}) == 5
