"""Prices for businesses: one of their own, and lower ones for more units.

They are rounded to the currency's units only: endings would make one price of several tiers.
"""

from __future__ import annotations

from affluent.domain.money import Money
from affluent.domain.offer.formula import Formula
from affluent.domain.offer.limits import Limits
from affluent.domain.offer.offered import BusinessPrice, QuantityTier
from affluent.domain.offer.profile import BusinessRule
from affluent.domain.offer.standing import labelled
from affluent.domain.offer.trail import Trail, written


def business_price(rule: BusinessRule, standing: Money, limits: Limits) -> BusinessPrice:
    """What businesses pay: never more than everybody, and less with each tier.

    A tier that its limits leave no lower price is left out. Raises Unpriceable where a price lies
    outside of the limits.
    """
    own = standing if rule.formula is None else _made(rule.formula, standing, limits)
    price = min(own, standing)
    tiers: list[QuantityTier] = []
    lowest = price
    for tier in rule.tiers:
        reduced = _made(tier.formula, price, limits)
        if reduced < lowest:
            tiers.append(QuantityTier(tier.units, reduced))
            lowest = reduced
    return BusinessPrice(price, tuple(tiers))


def business_words(business: BusinessPrice) -> str:
    """The prices as a step that a person reads."""
    tiers = [f"{written(one.price)} from {one.units} units" for one in business.tiers]
    return ", ".join([f"{written(business.price)} for businesses", *tiers])


def _made(formula: Formula, price: Money, limits: Limits) -> Money:
    reduced = Money(formula.apply(price.amount), price.currency)
    trail = labelled(None, Trail(price, ()).then(reduced, str(formula)), limits)
    return limits.fit(trail, "business_price").money
