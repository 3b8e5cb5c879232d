"""Sale prices: a lower price from one day to another."""

from __future__ import annotations

from datetime import date

from affluent.domain.money import Money
from affluent.domain.offer.limits import Limits
from affluent.domain.offer.offered import SalePrice
from affluent.domain.offer.profile import OfferProfile, SaleRule
from affluent.domain.offer.standing import followed_price, labelled
from affluent.domain.offer.trail import Trail, unpriceable, written
from affluent.domain.product import Variant


def in_store_price(profile: OfferProfile, variant: Variant) -> Money:
    """What the standing price follows from: beside a sale of its own, the price without it."""
    if profile.sale is None or variant.regular_price is None:
        return variant.price
    return variant.regular_price


def sale_price(
    profile: OfferProfile, variant: Variant, standing: Money, limits: Limits
) -> SalePrice | None:
    """The sale price of a variant; None where no sale runs, or none that is below its price.

    Raises Unpriceable where its window cannot be read, or where it lies outside of the limits.
    """
    rule = profile.sale
    if rule is None:
        return None
    window = _window(rule, variant)
    if window is None:
        return None
    trail = _reduced(rule, profile, variant, standing, limits)
    if trail is None:
        return None
    price = limits.fit(trail, "sale_price").money
    return SalePrice(price, *window) if price.amount < standing.amount else None


def _reduced(
    rule: SaleRule, profile: OfferProfile, variant: Variant, standing: Money, limits: Limits
) -> Trail | None:
    if rule.formula is not None:
        reduced = Money(rule.formula.apply(standing.amount), standing.currency)
        trail = Trail(standing, ()).then(reduced, str(rule.formula))
        return labelled(profile.rounding, trail, limits)
    if variant.regular_price is None:
        return None
    return followed_price(profile, variant.price, standing.currency, limits)


def _window(rule: SaleRule, variant: Variant) -> tuple[date, date] | None:
    """The first and the last day; None where the product names none of its own."""
    starts = rule.starts or _day(rule.starts_field, variant)
    ends = rule.ends or _day(rule.ends_field, variant)
    if starts is None or ends is None:
        return None
    if ends < starts:
        raise unpriceable(f"The sale ends on {ends}, before it starts on {starts}.", "sale_price")
    return starts, ends


def _day(name: str, variant: Variant) -> date | None:
    text = variant.custom_fields.get(name, "").strip() if name else ""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"The custom field '{name}' holds '{text}', which is no day such as 2026-11-27."
        raise unpriceable(message, name, text) from None


def sale_words(sale: SalePrice) -> str:
    """The sale as a step that a person reads."""
    return f"on sale at {written(sale.price)} from {sale.starts} to {sale.ends}"
