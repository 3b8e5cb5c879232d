"""What the rules make of a product: the values that plans of listings and offers speak of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from affluent.domain.issue import Finding, Reason
from affluent.domain.money import Money
from affluent.domain.offer.profile import OfferProfile


@dataclass(frozen=True, slots=True)
class PriceProblem:
    """Why a price must not leave, in words for the merchant."""

    reason: Reason
    message: str
    field: str = "price"
    value: str = ""

    def finding(self, sku: str) -> Finding:
        """The finding that holds a change of this SKU."""
        return Finding(sku, self.reason, self.message, self.field, self.value)


@dataclass(frozen=True, slots=True)
class SalePrice:
    """A lower price from one day to another, both included."""

    price: Money
    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class QuantityTier:
    """What each unit costs a business that buys at least so many."""

    units: int
    price: Money


@dataclass(frozen=True, slots=True)
class BusinessPrice:
    """What businesses pay: a price of their own, and lower ones for more units."""

    price: Money
    tiers: tuple[QuantityTier, ...] = ()


@dataclass(frozen=True, slots=True)
class OfferedPrice:
    """The price to offer, and everything that stands beside it.

    `price` is None where none can be made. A `problem` says why nothing of this may leave, be it
    that there is no price or that it lies outside of `floor` and `ceiling`, which hold for this
    product. `steps` tell how the price came about. `minimum_allowed` and `maximum_allowed` are
    told to Amazon, which never lets them be removed again. All is in `currency`, the marketplace's.
    """

    currency: str
    price: Money | None
    steps: tuple[str, ...] = ()
    floor: Money | None = None
    ceiling: Money | None = None
    sale: SalePrice | None = None
    business: BusinessPrice | None = None
    minimum_allowed: Money | None = None
    maximum_allowed: Money | None = None
    problem: PriceProblem | None = None

    @property
    def why(self) -> str:
        """The steps as one text."""
        return ", ".join(self.steps)


def price_facts(offered: OfferedPrice, profile: OfferProfile) -> dict[str, str | None]:
    """What a person, and the gate, read of a price in a change: amounts as text.

    The limits are named where they are the product's own, and not simply those of its profile.
    """
    price = None if offered.price is None else str(offered.price.amount)
    facts = {"price": price, "currency": offered.currency}
    if offered.floor is not None and offered.floor.amount != profile.floor:
        facts["floor"] = str(offered.floor.amount)
    if offered.ceiling is not None and offered.ceiling.amount != profile.ceiling:
        facts["ceiling"] = str(offered.ceiling.amount)
    return facts


@dataclass(frozen=True, slots=True)
class Offer:
    """What Amazon should show: a price, and a quantity where the merchant ships himself."""

    price: OfferedPrice
    quantity: int | None
