"""The course of a price of the store: template, factor, conversion, and last the rounding.

A price is rounded after it was converted, because it is the buyer who sees its ending: rounded
before, it would lose the ending again.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from affluent.domain.issue import Reason
from affluent.domain.money import Money, plain
from affluent.domain.offer.conversion import converted
from affluent.domain.offer.limits import Limits
from affluent.domain.offer.offered import PriceProblem
from affluent.domain.offer.override import OfferOverride
from affluent.domain.offer.profile import OfferProfile, PriceMode
from affluent.domain.offer.rounding import Direction, Rounding
from affluent.domain.offer.template import range_for
from affluent.domain.offer.trail import Trail, Unpriceable, unpriceable, written

#: Beyond this no price was meant, and decimals are no longer exact.
_ABSURD: Final = Decimal(10) ** 12


def standing_price(
    profile: OfferProfile,
    in_store: Money,
    currency: str,
    limits: Limits,
    override: OfferOverride,
) -> Trail:
    """The price of an offer, before its limits. Raises Unpriceable where none can be made."""
    if override.price is not None:
        by_hand = Money(override.price, currency)
        return _whole(Trail(by_hand, (f"{written(by_hand)} set by hand",)))
    if profile.price_mode is PriceMode.CUSTOM:
        constant = Money(profile.price_value, currency)
        return _whole(Trail(constant, (f"{written(constant)} by profile '{profile.name}'",)))
    return followed_price(profile, in_store, currency, limits)


def followed_price(profile: OfferProfile, in_store: Money, currency: str, limits: Limits) -> Trail:
    """What the rules make of a price of the store. Raises Unpriceable where that is none."""
    trail = _priced(Trail(in_store, (f"{written(in_store)} in the store",)))
    if profile.price_mode is PriceMode.TEMPLATE:
        trail = _by_template(profile, trail)
    if profile.price_mode in (PriceMode.TEMPLATE, PriceMode.RATIO):
        times = Money(trail.money.amount * profile.price_value, trail.money.currency)
        trail = _priced(trail.then(times, f"x{plain(profile.price_value)}"))
    exchanged = converted(trail.money, currency, profile.rates)
    trail = trail.then(exchanged, f"the exchange to {currency}")
    return labelled(profile.rounding, trail, limits)


def labelled(rounding: Rounding | None, trail: Trail, limits: Limits) -> Trail:
    """The price as it stands on the label, in whole units of its currency.

    A price within its limits is not rounded out of them: it goes to the label price on its other
    side, or keeps the units of its currency where none fits.
    """
    whole = _whole(trail)
    if rounding is None:
        return whole
    sides = (rounding, rounding.towards(Direction.UP), rounding.towards(Direction.DOWN))
    labels = [one.apply(trail.money) for one in sides]
    label = labels[0]
    if limits.hold(whole.money):
        label = next((one for one in labels if limits.hold(one)), whole.money)
    return trail.then(label, f"rounding to {rounding}")


def _by_template(profile: OfferProfile, trail: Trail) -> Trail:
    in_store = trail.money
    found = range_for(in_store.amount, profile.price_template)
    if found is None:
        message = (
            f"The price template of profile '{profile.name}' has no range for {written(in_store)}."
        )
        raise unpriceable(message, "price_template", plain(in_store.amount))
    for step in found.formula.steps:
        trail = trail.then(Money(step.apply(trail.money.amount), in_store.currency), str(step))
    return _priced(trail)


def _whole(trail: Trail) -> Trail:
    """Rounded to the currency's units."""
    _priced(trail)
    return _priced(trail.then(trail.money.rounded(), "rounding"))


def _priced(trail: Trail) -> Trail:
    """The trail, if it stands at an amount that can be a price. Raises Unpriceable otherwise."""
    price = trail.money
    if price.amount <= 0:
        message = f"The price {written(price)} is not above 0."
        raise Unpriceable(PriceProblem(Reason.ZERO_PRICE, message, value=plain(price.amount)))
    if price.amount >= _ABSURD:
        message = "The price has more than twelve digits before its point."
        raise unpriceable(message, "price")
    return trail
