"""Offers: how price and quantity on Amazon follow from the store's.

Everything here is a pure rule on decimals. A quantity of 0 is a quantity: it is sent as 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from affluent.domain.money import Money


class QuantityMode(StrEnum):
    """How the offered quantity follows from the store's."""

    PRODUCT = "product"
    CUSTOM = "custom"
    SINGLE = "single"
    AT_MOST = "at_most"
    BUFFER = "buffer"


class PriceMode(StrEnum):
    """How the offered price follows from the store's."""

    PRODUCT = "product"
    CUSTOM = "custom"
    RATIO = "ratio"


@dataclass(frozen=True, slots=True)
class OfferProfile:
    """A global profile: the rules for quantity and price of the lists that name it.

    `quantity_value` is the constant, the cap or the buffer; `price_value` the constant or the
    factor. `untracked_quantity` is offered where the store tracks no stock. An item whose price
    lies outside `floor` and `ceiling`, or moves by more than `largest_move` (0.5 is 50 %), is
    held; a batch in which more than `largest_share` of the prices move that far is stopped.
    """

    name: str
    quantity_mode: QuantityMode = QuantityMode.PRODUCT
    quantity_value: int = 0
    untracked_quantity: int = 0
    price_mode: PriceMode = PriceMode.PRODUCT
    price_value: Decimal = Decimal(1)
    floor: Decimal = Decimal("0.01")
    ceiling: Decimal = Decimal(100_000)
    largest_move: Decimal = Decimal("0.5")
    largest_share: Decimal = Decimal("0.2")
    lead_time_days: int | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """What Amazon should show: a price, and a quantity where the merchant ships himself."""

    price: Money
    quantity: int | None


def free_quantity(in_store: int | None, reserved: int) -> int | None:
    """What the store has and Amazon has not sold already; None where no stock is tracked."""
    return None if in_store is None else in_store - reserved


def offered_quantity(profile: OfferProfile, in_store: int | None) -> int:
    """The quantity to offer for so many in the store (None: the store tracks no stock)."""
    stock = profile.untracked_quantity if in_store is None else max(in_store, 0)
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


def offered_price(profile: OfferProfile, in_store: Money, currency: str) -> Money:
    """The price to offer, rounded to the currency's smallest unit."""
    match profile.price_mode:
        case PriceMode.PRODUCT:
            return Money(in_store.amount, currency).rounded()
        case PriceMode.CUSTOM:
            return Money(profile.price_value, currency).rounded()
        case PriceMode.RATIO:
            return Money(in_store.amount * profile.price_value, currency).rounded()
