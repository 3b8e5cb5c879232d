"""From the store's price to the price on Amazon."""

from __future__ import annotations

from affluent.domain.marketplace import Marketplace
from affluent.domain.money import Money
from affluent.domain.offer.offered import OfferedPrice
from affluent.domain.offer.profile import OfferProfile, PriceMode
from affluent.domain.product import Variant


def offered_price(
    profile: OfferProfile, variant: Variant, marketplace: Marketplace
) -> OfferedPrice:
    """The price to offer for a variant on a marketplace, and how it came about."""
    currency = marketplace.currency
    amount = variant.price.amount
    steps: tuple[str, ...] = (f"the store's price is {variant.price}",)
    match profile.price_mode:
        case PriceMode.PRODUCT:
            pass
        case PriceMode.CUSTOM:
            amount, steps = profile.price_value, (f"the profile's price is {profile.price_value}",)
        case PriceMode.RATIO:
            amount = amount * profile.price_value
            steps = (*steps, f"x{profile.price_value}")
    return OfferedPrice(
        currency=currency,
        price=Money(amount, currency).rounded(),
        steps=steps,
        floor=Money(profile.floor, currency),
        ceiling=Money(profile.ceiling, currency),
    )
