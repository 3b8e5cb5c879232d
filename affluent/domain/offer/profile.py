"""What a merchant decides about price and quantity."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Final

from affluent.domain.digest import digest_of
from affluent.domain.fulfilment import fulfilment_of
from affluent.domain.listing import Listing
from affluent.domain.offer.formula import Formula
from affluent.domain.offer.rates import CurrencyRates
from affluent.domain.offer.rounding import Rounding
from affluent.domain.offer.template import PriceRange

#: So many offers may always sell out at once: a smaller batch says nothing of its source.
FEWEST_SOLD_OUT: Final = 20


class QuantityMode(StrEnum):
    """How the offered quantity follows from the store's."""

    PRODUCT = "product"
    CUSTOM = "custom"
    SINGLE = "single"
    AT_MOST = "at_most"
    BUFFER = "buffer"
    PERCENT = "percent"


class PriceMode(StrEnum):
    """How the offered price follows from the store's."""

    PRODUCT = "product"
    CUSTOM = "custom"
    RATIO = "ratio"
    TEMPLATE = "template"


class Outside(StrEnum):
    """What becomes of a price outside of its floor and ceiling."""

    HOLD = "hold"
    CLAMP = "clamp"


@dataclass(frozen=True, slots=True)
class LimitRule:
    """Limits that a product brings beside its profile's floor and ceiling; the strictest counts.

    `floor_field` and `ceiling_field` name custom fields that may hold amounts. `margin` is how
    much a price must be above the product's cost (0.2 is 20 %). `keeps_map` makes the product's
    MAP price a floor. What the store says is in the store's currency.
    """

    outside: Outside = Outside.HOLD
    floor_field: str = ""
    ceiling_field: str = ""
    margin: Decimal | None = None
    keeps_map: bool = False
    told_to_amazon: bool = False


@dataclass(frozen=True, slots=True)
class SaleRule:
    """A lower price for a while: the store's own sale price, or what `formula` makes of the price.

    The window is the same for all products, or stands in the custom fields named here.
    """

    formula: Formula | None = None
    starts: date | None = None
    ends: date | None = None
    starts_field: str = ""
    ends_field: str = ""


@dataclass(frozen=True, slots=True)
class TierRule:
    """What a formula makes of the business price for at least so many units."""

    units: int
    formula: Formula


@dataclass(frozen=True, slots=True)
class BusinessRule:
    """What a formula makes of the price for businesses; without one it is everybody's price."""

    formula: Formula | None = None
    tiers: tuple[TierRule, ...] = ()


class WhenGone(StrEnum):
    """What becomes of the stock of a product that the store has, or shows, no longer."""

    ZERO = "zero"
    LEAVE = "leave"


@dataclass(frozen=True)
class OfferProfile:
    """A global profile: the rules for quantity and price of the lists that name it.

    `quantity_value` is the constant, the cap, the buffer or the percentage. A quantity below
    `quantity_minimum` is offered as 0, none is above `quantity_maximum`. `untracked_quantity`
    stands for the stock where the store tracks none. Of the SKUs in `sells_both_ways` the
    merchant ships units of his own beside those that Amazon keeps.

    `price_value` is the constant, or the factor after a template. An item whose price lies outside
    of `floor` and `ceiling` (in the marketplace's currency), or moves by more than `largest_move`
    (0.5 is 50 %), is held; a batch in which more than `largest_share` of the prices move that far
    is stopped, and so is one in which more than `largest_zero_share` of what is in stock falls to
    zero. `when_gone` says what becomes of the stock of what the store has, or shows, no longer.
    """

    name: str
    quantity_mode: QuantityMode = QuantityMode.PRODUCT
    quantity_value: int = 0
    quantity_minimum: int = 0
    quantity_maximum: int | None = None
    untracked_quantity: int = 0
    sells_both_ways: frozenset[str] = frozenset()
    price_mode: PriceMode = PriceMode.PRODUCT
    price_value: Decimal = Decimal(1)
    price_template: tuple[PriceRange, ...] = ()
    rounding: Rounding | None = None
    rates: CurrencyRates = field(default_factory=CurrencyRates)
    floor: Decimal = Decimal("0.01")
    ceiling: Decimal = Decimal(100_000)
    limits: LimitRule = LimitRule()
    sale: SaleRule | None = None
    business: BusinessRule | None = None
    largest_move: Decimal = Decimal("0.5")
    largest_share: Decimal = Decimal("0.2")
    lead_time_days: int | None = None
    when_gone: WhenGone = WhenGone.ZERO
    largest_zero_share: Decimal = Decimal("0.3")

    @cached_property
    def version(self) -> str:
        """A fingerprint of everything that the profile says, in twelve hexadecimal digits; the
        rates are told by the steps of each price."""
        return digest_of(replace(self, rates=CurrencyRates()))[:12]

    def offers_own_units(self, listing: Listing) -> bool:
        """Whether a quantity of the merchant's may be written: never of what Amazon alone keeps."""
        return fulfilment_of(listing.channel, listing.sku in self.sells_both_ways).takes_quantity
