"""How an offer is written for Amazon, and for whom a quantity is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from affluent.domain import attributes as amazon
from affluent.domain.fulfilment import FulfilmentChannel, fulfilment_of
from affluent.domain.offer import (
    OfferedPrice,
    OfferProfile,
    allowed_price_notes,
    offered_price,
    price_facts,
)
from affluent.domain.offer.formula import parse_formula
from affluent.domain.offer.profile import BusinessRule, LimitRule, SaleRule, TierRule
from tests.builders.catalog import US, usd, variant

SALE = SaleRule(starts=date(2026, 11, 27), ends=date(2026, 11, 30))
BUSINESS = BusinessRule(
    parse_formula("-2%"), (TierRule(5, parse_formula("-5%")), TierRule(20, parse_formula("-10%")))
)


def offered(profile: OfferProfile, **fields: Any) -> OfferedPrice:
    return offered_price(profile, variant(**fields), US)


def test_an_offer_is_written_in_amazon_s_form() -> None:
    profile = OfferProfile(
        "one",
        sale=replace(SALE, formula=parse_formula("=15")),
        business=BUSINESS,
        limits=LimitRule(told_to_amazon=True),
        floor=Decimal(10),
    )
    made = offered(profile, price=usd(100))
    place = {"marketplace_id": US.marketplace_id, "currency": "USD"}

    def schedule(value: float, **window: str) -> list[Any]:
        return [{"schedule": [{"value_with_tax": value, **window}]}]

    everyone, businesses = amazon.purchasable_offer(made, US.marketplace_id)

    assert everyone == {
        **place,
        "audience": "ALL",
        "our_price": schedule(100),
        "discounted_price": schedule(15, start_at="2026-11-27", end_at="2026-11-30"),
        "minimum_seller_allowed_price": schedule(10),
        "maximum_seller_allowed_price": schedule(100_000),
    }
    levels = [{"lower_bound": 5, "value": 93.1}, {"lower_bound": 20, "value": 88.2}]
    assert businesses == {
        **place,
        "audience": "B2B",
        "our_price": schedule(98),
        "quantity_discount_plan": [{"schedule": [{"discount_type": "fixed", "levels": levels}]}],
    }
    [note] = allowed_price_notes([made, replace(made, minimum_allowed=None)])
    assert note.startswith("1 SKUs tell Amazon")
    assert "not removed" in note
    assert price_facts(made, profile) == {
        "price": "100.00",
        "currency": "USD",
        "sale_price": "15.00",
        "sale_window": "2026-11-27/2026-11-30",
        "business_prices": "1: 98.00, 5: 93.10, 20: 88.20",
        "allowed_prices": "10.00/100000.00",
    }


def test_businesses_are_offered_what_the_schema_allows() -> None:
    made = offered(OfferProfile("one", business=BUSINESS))

    def audiences(*names: str, tiers: int) -> list[list[str]]:
        fields = {"audience": {"enum": names}, "quantity_discount_plan": {"maxItems": tiers}}
        offer = {"items": {"properties": fields}}
        support = amazon.business_support({"properties": {"purchasable_offer": offer}})
        return [sorted(one) for one in amazon.purchasable_offer(support.of(made), "M")]

    plain = ["audience", "currency", "marketplace_id", "our_price"]
    assert audiences("ALL", tiers=0) == [plain]
    assert audiences("ALL", "B2B", tiers=0) == [plain, plain]
    assert audiences("ALL", "B2B", tiers=1) == [plain, [*plain, "quantity_discount_plan"]]


@pytest.mark.behaviour("N15")
@pytest.mark.parametrize(
    ("channel", "is_declared", "who", "takes_quantity"),
    [
        ("DEFAULT", False, FulfilmentChannel.MERCHANT, True),
        ("DEFAULT", True, FulfilmentChannel.MERCHANT, True),
        ("AMAZON_NA", False, FulfilmentChannel.AMAZON, False),
        ("AMAZON_NA", True, FulfilmentChannel.BOTH, True),
    ],
)
def test_a_quantity_is_the_merchant_s_only_where_he_ships(
    channel: str, is_declared: bool, who: FulfilmentChannel, takes_quantity: bool
) -> None:
    found = fulfilment_of(channel, is_declared)

    assert (found, found.takes_quantity) == (who, takes_quantity)


def test_a_handling_time_is_written_without_a_quantity() -> None:
    [entry] = amazon.handling_time(3)

    assert entry == {"fulfillment_channel_code": "DEFAULT", "lead_time_to_ship_max_days": 3}
