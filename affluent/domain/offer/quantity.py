"""From the store's stock to the quantity on Amazon."""

from __future__ import annotations

from affluent.domain.offer.profile import OfferProfile, QuantityMode


def free_quantity(in_store: int | None, reserved: int) -> int | None:
    """What the store has and Amazon has not sold already; None where no stock is tracked."""
    return None if in_store is None else in_store - reserved


def offered_quantity(profile: OfferProfile, free_stock: int | None) -> int:
    """The quantity to offer for so many that are free (None: the store tracks no stock)."""
    stock = profile.untracked_quantity if free_stock is None else max(free_stock, 0)
    match profile.quantity_mode:
        case QuantityMode.PRODUCT:
            return stock
        case QuantityMode.CUSTOM:
            return profile.quantity_value
        case QuantityMode.SINGLE:
            return 1
        case QuantityMode.AT_MOST:
            return min(stock, profile.quantity_value)
        case QuantityMode.BUFFER:
            return max(stock - profile.quantity_value, 0)
