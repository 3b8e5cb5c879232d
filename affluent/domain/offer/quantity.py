"""From the store's stock to the quantity on Amazon."""

from __future__ import annotations

from affluent.domain.offer.override import NO_OVERRIDE, OfferOverride
from affluent.domain.offer.profile import OfferProfile, QuantityMode


def free_quantity(in_store: int | None, reserved: int) -> int | None:
    """What the store has and Amazon has not sold already; None where no stock is tracked."""
    return None if in_store is None else in_store - reserved


def offered_quantity(
    profile: OfferProfile, free_stock: int | None, override: OfferOverride = NO_OVERRIDE
) -> int:
    """The quantity to offer for so many that are free (None: the store tracks no stock)."""
    if override.quantity is not None:
        return override.quantity
    stock = profile.untracked_quantity if free_stock is None else max(free_stock, 0)
    match profile.quantity_mode:
        case QuantityMode.CUSTOM:
            return profile.quantity_value
        case QuantityMode.SINGLE:
            return 1
        case QuantityMode.PRODUCT:
            return _bounded(profile, stock)
        case QuantityMode.AT_MOST:
            return _bounded(profile, min(stock, profile.quantity_value))
        case QuantityMode.BUFFER:
            return _bounded(profile, max(stock - profile.quantity_value, 0))
        case QuantityMode.PERCENT:
            return _bounded(profile, stock * profile.quantity_value // 100)


def _bounded(profile: OfferProfile, quantity: int) -> int:
    """Nothing where it is too little to be worth an offer; never more than the maximum."""
    if quantity < profile.quantity_minimum:
        return 0
    most = profile.quantity_maximum
    return quantity if most is None else min(quantity, most)
