"""From the store's price to the whole price of an offer."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from affluent.domain.issue import Reason
from affluent.domain.marketplace import Marketplace
from affluent.domain.money import Money
from affluent.domain.offer.business import business_price, business_words
from affluent.domain.offer.limits import Limits, limits_of
from affluent.domain.offer.offered import OfferedPrice
from affluent.domain.offer.override import NO_OVERRIDE, OfferOverride
from affluent.domain.offer.profile import OfferProfile
from affluent.domain.offer.sale import in_store_price, sale_price, sale_words
from affluent.domain.offer.standing import standing_price
from affluent.domain.offer.trail import Unpriceable
from affluent.domain.product import Variant


def offered_price(
    profile: OfferProfile,
    variant: Variant,
    marketplace: Marketplace,
    override: OfferOverride = NO_OVERRIDE,
) -> OfferedPrice:
    """The price to offer for a variant on a marketplace, and how it came about.

    The order: template, factor, conversion, rounding; floor and ceiling have the last word.
    """
    currency = marketplace.currency
    offered = OfferedPrice(currency, None)
    try:
        limits = limits_of(profile, variant, currency, override)
        offered = replace(offered, floor=limits.floor.price, ceiling=limits.ceiling.price)
        in_store = in_store_price(profile, variant)
        trail = standing_price(profile, in_store, currency, limits, override)
        offered = replace(offered, price=trail.money, steps=trail.steps)
        trail = limits.fit(trail)
        offered = replace(offered, price=trail.money, steps=trail.steps)
        return _with_company(offered, trail.money, profile, variant, limits)
    except Unpriceable as end:
        # A whole batch without prices is told by its zeros.
        is_nothing = end.problem.reason is Reason.ZERO_PRICE
        nothing = Money(Decimal(0), currency).rounded() if is_nothing else None
        return replace(offered, price=offered.price or nothing, problem=end.problem)


def _with_company(
    offered: OfferedPrice,
    standing: Money,
    profile: OfferProfile,
    variant: Variant,
    limits: Limits,
) -> OfferedPrice:
    """What stands beside the price: a sale, prices for businesses, the limits for Amazon."""
    if sale := sale_price(profile, variant, standing, limits):
        offered = replace(offered, sale=sale, steps=(*offered.steps, sale_words(sale)))
    if profile.business is not None:
        business = business_price(profile.business, standing, limits)
        steps = (*offered.steps, business_words(business))
        offered = replace(offered, business=business, steps=steps)
    if profile.limits.told_to_amazon:
        lowest, highest = limits.floor.price, limits.ceiling.price
        offered = replace(offered, minimum_allowed=lowest, maximum_allowed=highest)
    return offered
