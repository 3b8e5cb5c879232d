"""Offer profiles of the settings as domain values."""

from __future__ import annotations

from affluent.domain.offer import OfferProfile
from affluent.domain.offer.formula import Formula, parse_formula
from affluent.domain.offer.profile import BusinessRule, LimitRule, SaleRule, TierRule
from affluent.domain.offer.rates import CurrencyRates
from affluent.domain.offer.rounding import Rounding
from affluent.settings.offers import (
    BusinessSettings,
    LimitSettings,
    OfferProfileSettings,
    RoundingSettings,
    SaleSettings,
)


def offer_profile_of(
    name: str, settings: OfferProfileSettings, rates: CurrencyRates
) -> OfferProfile:
    """One global profile, with the rates that its prices are converted by."""
    return OfferProfile(
        name=name,
        quantity_mode=settings.quantity_mode,
        quantity_value=settings.quantity_value,
        quantity_minimum=settings.quantity_minimum,
        quantity_maximum=settings.quantity_maximum,
        untracked_quantity=settings.untracked_quantity,
        sells_both_ways=settings.sells_both_ways,
        price_mode=settings.price_mode,
        price_value=settings.price_value,
        price_template=tuple(settings.ranges()),
        rounding=_rounding(settings.rounding),
        rates=rates,
        floor=settings.floor,
        ceiling=settings.ceiling,
        limits=_limits(settings.limits),
        sale=_sale(settings.sale),
        business=_business(settings.business),
        largest_move=settings.largest_move,
        largest_share=settings.largest_share,
        lead_time_days=settings.lead_time_days,
        when_gone=settings.when_gone,
        largest_zero_share=settings.largest_zero_share,
    )


def _rounding(settings: RoundingSettings | None) -> Rounding | None:
    if settings is None:
        return None
    return Rounding(settings.step, settings.ending, settings.direction)


def _limits(settings: LimitSettings) -> LimitRule:
    return LimitRule(
        outside=settings.outside,
        floor_field=settings.floor_field,
        ceiling_field=settings.ceiling_field,
        margin=settings.margin,
        keeps_map=settings.map_price,
        told_to_amazon=settings.tell_amazon,
    )


def _sale(settings: SaleSettings | None) -> SaleRule | None:
    if settings is None:
        return None
    return SaleRule(
        formula=_formula(settings.formula),
        starts=settings.starts,
        ends=settings.ends,
        starts_field=settings.starts_field,
        ends_field=settings.ends_field,
    )


def _business(settings: BusinessSettings | None) -> BusinessRule | None:
    if settings is None:
        return None
    tiers = tuple(TierRule(one.units, parse_formula(one.formula)) for one in settings.tiers)
    return BusinessRule(_formula(settings.formula), tiers)


def _formula(text: str | None) -> Formula | None:
    return None if text is None else parse_formula(text)
