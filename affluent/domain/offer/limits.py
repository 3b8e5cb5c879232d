"""Floor and ceiling: how low and how high the price of one product may be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from affluent.domain.issue import Reason
from affluent.domain.money import Money, plain
from affluent.domain.offer.conversion import amount_in_field, converted
from affluent.domain.offer.offered import PriceProblem
from affluent.domain.offer.override import OfferOverride
from affluent.domain.offer.profile import OfferProfile, Outside
from affluent.domain.offer.trail import Trail, Unpriceable, unpriceable, written
from affluent.domain.product import Variant


@dataclass(frozen=True, slots=True)
class Limit:
    """A lowest or highest price, and where it comes from, in words."""

    price: Money
    source: str


@dataclass(frozen=True, slots=True)
class Limits:
    """What one product's price must keep to, and what becomes of it otherwise."""

    floor: Limit
    ceiling: Limit
    outside: Outside

    def hold(self, price: Money) -> bool:
        """Whether a price keeps to them."""
        return self.floor.price.amount <= price.amount <= self.ceiling.price.amount

    def fit(self, trail: Trail, field: str = "price") -> Trail:
        """The price within the limits. Raises Unpriceable where one outside is to be held."""
        if self.hold(trail.money):
            return trail
        is_low = trail.money.amount < self.floor.price.amount
        limit, name = (self.floor, "floor") if is_low else (self.ceiling, "ceiling")
        if self.outside is Outside.CLAMP:
            return trail.then(limit.price, f"the {name} of {limit.source}")
        problem = PriceProblem(
            Reason.LOW_PRICE if is_low else Reason.HUGE_PRICE,
            f"The {field.replace('_', ' ')} {trail.money} is {'below' if is_low else 'above'} "
            f"the {name} of {plain(limit.price.amount)} of {limit.source}.",
            field,
            str(trail.money.amount),
        )
        raise Unpriceable(problem)


def limits_of(
    profile: OfferProfile, variant: Variant, currency: str, override: OfferOverride
) -> Limits:
    """The strictest of the limits that count for a product, in whole units of the currency.

    Raises Unpriceable where one cannot be told, or where the floor lies above the ceiling.
    """
    rule, own = profile.limits, f"profile '{profile.name}'"
    floors = [
        _stated(override.floor, profile.floor, own, currency),
        *_in_field(rule.floor_field, variant, currency),
        *_by_cost(profile, variant, currency),
        *_by_map_price(profile, variant, currency),
    ]
    ceilings = [
        _stated(override.ceiling, profile.ceiling, own, currency),
        *_in_field(rule.ceiling_field, variant, currency),
    ]
    floor = max(floors, key=lambda one: one.price.amount)
    ceiling = min(ceilings, key=lambda one: one.price.amount)
    limits = Limits(
        Limit(floor.price.rounded(ROUND_CEILING), floor.source),
        Limit(ceiling.price.rounded(ROUND_FLOOR), ceiling.source),
        rule.outside,
    )
    if limits.floor.price.amount > limits.ceiling.price.amount:
        message = (
            f"The floor of {written(floor.price)} of {floor.source} exceeds the ceiling of "
            f"{written(ceiling.price)} of {ceiling.source}."
        )
        raise unpriceable(message, "floor", plain(floor.price.amount))
    return limits


def _stated(by_hand: Decimal | None, of_profile: Decimal, own: str, currency: str) -> Limit:
    """What the settings say: of the SKU, else of its profile."""
    if by_hand is not None:
        return Limit(Money(by_hand, currency), "the SKU's own settings")
    return Limit(Money(of_profile, currency), own)


def _in_field(name: str, variant: Variant, currency: str) -> Iterator[Limit]:
    """A field that only some products carry limits only those."""
    amount = amount_in_field(variant, name, currency)
    if amount is not None:
        yield Limit(amount, f"the custom field '{name}'")


def _by_cost(profile: OfferProfile, variant: Variant, currency: str) -> Iterator[Limit]:
    """Who asks for a margin must not sell at a loss where the store does not know the cost."""
    margin = profile.limits.margin
    if margin is None:
        return
    if variant.cost is None:
        message = "The product has no cost in the store, which its floor follows from."
        raise unpriceable(message, "cost")
    least = Money(variant.cost.amount * (1 + margin), variant.cost.currency)
    source = f"the cost of {written(variant.cost)} plus {plain(margin * 100)} %"
    yield Limit(converted(least, currency, profile.rates), source)


def _by_map_price(profile: OfferProfile, variant: Variant, currency: str) -> Iterator[Limit]:
    if profile.limits.keeps_map and variant.map_price is not None:
        yield Limit(converted(variant.map_price, currency, profile.rates), "the MAP price")
