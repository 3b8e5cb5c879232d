"""What the rules make of a product: the values that plans of listings and offers speak of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from affluent.domain.issue import Finding, Reason
from affluent.domain.money import Money
from affluent.domain.offer.profile import OfferProfile

_COMPANY: Final = ("sale_price", "sale_window", "business_prices", "allowed_prices")


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
    return facts | _company_facts(offered)


def beside_price(facts: Mapping[str, object]) -> str:
    """What stands beside the price in the facts of a change, as a text to compare it by."""
    return "; ".join(f"{name} {facts[name]}" for name in _COMPANY if name in facts)


def _company_facts(offered: OfferedPrice) -> dict[str, str]:
    """What stands beside the price, as far as something does."""
    facts = {}
    if offered.sale is not None:
        facts["sale_price"] = str(offered.sale.price.amount)
        facts["sale_window"] = f"{offered.sale.starts}/{offered.sale.ends}"
    if offered.business is not None:
        prices = {1: offered.business.price} | {
            tier.units: tier.price for tier in offered.business.tiers
        }
        facts["business_prices"] = ", ".join(
            f"{units}: {price.amount}" for units, price in prices.items()
        )
    if offered.minimum_allowed is not None and offered.maximum_allowed is not None:
        lowest, highest = offered.minimum_allowed.amount, offered.maximum_allowed.amount
        facts["allowed_prices"] = f"{lowest}/{highest}"
    return facts


def price_findings(offers: Mapping[str, OfferedPrice]) -> tuple[Finding, ...]:
    """What holds the prices of a plan, by SKU."""
    return tuple(
        offered.problem.finding(sku)
        for sku, offered in offers.items()
        if offered.problem is not None
    )


def allowed_price_notes(offers: Iterable[OfferedPrice]) -> tuple[str, ...]:
    """The warning of a plan that tells Amazon limits, which cannot be taken back."""
    count = sum(one.minimum_allowed is not None for one in offers)
    if not count:
        return ()
    return (
        f"{count} SKUs tell Amazon their lowest and highest allowed price: Amazon lets these be "
        "changed later, but not removed.",
    )


@dataclass(frozen=True, slots=True)
class Offer:
    """What Amazon should show: a price, and a quantity where the merchant ships himself."""

    price: OfferedPrice
    quantity: int | None
