"""No setting is lost on its way to the rules: each one that is written reaches the domain."""

from __future__ import annotations

from dataclasses import Field, fields
from typing import Any

import pytest

from affluent.domain.account import Account
from affluent.domain.listing import SellingList
from affluent.domain.offer import OfferProfile
from affluent.domain.offer.rates import CurrencyRates
from affluent.domain.order_policy import OrderPolicy
from affluent.domain.shipment_policy import ShipmentPolicy
from affluent.settings.backfill import BackfillSettings
from affluent.settings.models import AccountSettings
from affluent.settings.offer_values import offer_profile_of
from affluent.settings.offers import OfferProfileSettings
from affluent.settings.orders import OrderSettings
from affluent.settings.section import Section
from affluent.settings.selling import SellingListSettings
from affluent.settings.shipments import ShipmentSettings, shipment_policy_of
from affluent.settings.values import account_of, order_policy_of, selling_list_of

PROFILE = {
    "quantity_mode": "buffer",
    "quantity_value": 2,
    "quantity_minimum": 3,
    "quantity_maximum": 40,
    "untracked_quantity": 5,
    "sells_both_ways": ["A"],
    "price_mode": "template",
    "price_value": "1.1",
    "price_template": [{"formula": "x1.2"}],
    "rounding": {"ending": "0.99"},
    "floor": 2,
    "ceiling": 900,
    "limits": {
        "outside": "clamp",
        "floor_field": "low",
        "ceiling_field": "high",
        "margin": "0.2",
        "map_price": True,
        "tell_amazon": True,
    },
    "sale": {"starts": "2026-11-27", "ends": "2026-11-30"},
    "business": {"formula": "-2%"},
    "largest_move": "0.4",
    "largest_share": "0.1",
    "largest_zero_share": "0.2",
    "when_gone": "leave",
    "lead_time_days": 3,
}
PLACE = {"name": "L", "account": "shop", "marketplace": "US"}
SELLING_LIST = PLACE | {
    "offer_profile": "other",
    "creation_profiles": {0: "luggage"},
    "send": "feed",
    "categories": [1],
    "include_subcategories": False,
    "brands": ["B"],
    "custom_fields": {"season": "summer"},
    "skus": ["A"],
    "price": {"min": 1},
    "in_stock_only": True,
    "exclude_categories": [2],
    "exclude_brands": ["C"],
    "exclude_skus": ["D"],
    "exclude_price": {"max": 1},
    "asins": {"A": "B000000001"},
    "when_left": "end",
    "variations": True,
}
ORDERS = {
    "status_id": 7,
    "payment_method": "Market",
    "hold_unmatched": True,
    "shortage": "custom_line",
    "unanswered": "custom_line",
    "option_answers": {"A": {"Engraving": "none"}},
    "email": {"way": "fixed", "address": "amazon@example.com"},
    "reserve_pending_days": 0,
    "first_days": 3,
}
BACKFILL = {"create": False, "status_id": 2, "touches_stock": True}
SHIPMENTS = {
    "carriers": {"Bike Ned": "DHL"},
    "untracked_number": "none",
    "without_record": "confirm",
    "warn_hours": 5,
}
SECRET = {"env": "NAME"}
ACCOUNT_AT_LEAST = {
    "name": "shop",
    "seller_id": "S",
    "region": "na",
    "marketplaces": ["US"],
    "client_id": SECRET,
    "client_secret": SECRET,
    "refresh_token": SECRET,
}
ACCOUNT = ACCOUNT_AT_LEAST | {
    "order_types": ["FBA"],
    "sync": {"quantity": False, "price": False},
    "price_list_id": 2,
    "longest_plan_hours": 4.5,
}


def profile(written: dict[str, Any]) -> OfferProfile:
    return offer_profile_of("p", OfferProfileSettings(**written), CurrencyRates())


def selling_list(written: dict[str, Any]) -> SellingList:
    return selling_list_of(SellingListSettings(**written))


def account(written: dict[str, Any]) -> Account:
    return account_of(AccountSettings(**written))


def shipments(written: dict[str, Any]) -> ShipmentPolicy:
    return shipment_policy_of(ShipmentSettings(**written))


def orders(written: dict[str, Any], backfill: dict[str, Any]) -> OrderPolicy:
    return order_policy_of(OrderSettings(**written), BackfillSettings(**backfill))


def alike(one: Any, other: Any) -> set[str]:
    """The names of the fields that two values of a kind have in common."""
    found: tuple[Field[Any], ...] = fields(one)
    return {field.name for field in found if getattr(one, field.name) == getattr(other, field.name)}


@pytest.mark.parametrize(
    ("usual", "written", "not_of_the_section"),
    [
        (profile({}), profile(PROFILE), {"name", "rates"}),
        (profile({}).limits, profile(PROFILE).limits, set()),
        (
            selling_list(PLACE),
            selling_list(SELLING_LIST),
            {"name", "account", "marketplace_id"},
        ),
        (orders({}, {}), orders(ORDERS, BACKFILL), {"takes_stock"}),
        (orders({}, {}).old, orders(ORDERS, BACKFILL).old, set()),
        (shipments({}), shipments(SHIPMENTS), set()),
        (account(ACCOUNT_AT_LEAST), account(ACCOUNT), {"name", "seller_id", "marketplaces"}),
    ],
    ids=["offer profile", "limits", "selling list", "orders", "backfill", "shipments", "account"],
)
def test_every_setting_reaches_the_rules(
    usual: Any, written: Any, not_of_the_section: set[str]
) -> None:
    assert alike(usual, written) == not_of_the_section


@pytest.mark.parametrize(
    ("section", "written"),
    [
        (OfferProfileSettings, PROFILE),
        (SellingListSettings, SELLING_LIST),
        (OrderSettings, ORDERS),
        (BackfillSettings, BACKFILL),
        (ShipmentSettings, SHIPMENTS),
    ],
)
def test_the_settings_above_are_all_that_a_section_has(
    section: type[Section], written: dict[str, Any]
) -> None:
    assert set(written) == set(section.model_fields)
