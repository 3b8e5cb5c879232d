"""Amazon's attributes as values: how offers and identifiers are written on a listing.

Every attribute is an array of objects with selectors (marketplace_id, language_tag, audience,
fulfillment_channel_code). Source: the product-type definitions and
developer-docs.amazon.com/sp-api/docs/manage-purchasable-offer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from affluent.domain.listing import MERCHANT_CHANNEL
from affluent.domain.money import Money, json_number
from affluent.domain.offer.offered import OfferedPrice, QuantityTier

IDENTIFIER = "externally_assigned_product_identifier"
ASIN = "merchant_suggested_asin"
OFFER = "purchasable_offer"
AVAILABILITY = "fulfillment_availability"
CONDITION = "condition_type"
TITLE = "item_name"
MAIN_IMAGE = "main_product_image_locator"

_EVERYONE: Final = "ALL"
_BUSINESSES: Final = "B2B"

_BARCODE_TYPES = {8: "ean", 12: "upc", 13: "ean", 14: "gtin"}

_CONDITIONS = {"New": "new_new", "Used": "used_good", "Refurbished": "refurbished_refurbished"}


@dataclass(frozen=True, slots=True)
class BusinessSupport:
    """What a product type's schema lets this seller offer to businesses."""

    price: bool = True
    tiers: bool = True

    def of(self, offered: OfferedPrice) -> OfferedPrice:
        """The offer without what may not be offered to businesses."""
        if offered.business is None or (self.price and self.tiers):
            return offered
        return replace(
            offered, business=replace(offered.business, tiers=()) if self.price else None
        )


NO_BUSINESS: Final = BusinessSupport(price=False, tiers=False)


def business_support(schema: Mapping[str, Any]) -> BusinessSupport:
    """What the schema of a product type says: its audiences, and whether tiers may be named."""
    offer = schema.get("properties", {}).get(OFFER, {}).get("items", {}).get("properties", {})
    audiences = offer.get("audience", {}).get("enum", [_BUSINESSES])
    tiers = offer.get("quantity_discount_plan", {})
    return BusinessSupport(_BUSINESSES in audiences, tiers.get("maxItems", 1) > 0)


def purchasable_offer(offered: OfferedPrice, marketplace_id: str) -> list[dict[str, Any]]:
    """The offer to everyone, and that to businesses, if any. Empty where there is no price."""
    if offered.price is None:
        return []
    place = {"marketplace_id": marketplace_id, "currency": offered.currency}
    standing = {**place, "audience": _EVERYONE, "our_price": _schedule(offered.price)}
    if offered.sale is not None:
        window = {
            "start_at": offered.sale.starts.isoformat(),
            "end_at": offered.sale.ends.isoformat(),
        }
        standing["discounted_price"] = _schedule(offered.sale.price, window)
    if offered.minimum_allowed is not None:
        standing["minimum_seller_allowed_price"] = _schedule(offered.minimum_allowed)
    if offered.maximum_allowed is not None:
        standing["maximum_seller_allowed_price"] = _schedule(offered.maximum_allowed)
    if offered.business is None:
        return [standing]
    tiers = _discounts(offered.business.tiers)
    business = {"audience": _BUSINESSES, "our_price": _schedule(offered.business.price), **tiers}
    return [standing, {**place, **business}]


def fulfillment_availability(quantity: int, lead_time_days: int | None) -> list[dict[str, Any]]:
    """What the merchant can ship himself; 0 is sent as 0."""
    entry: dict[str, Any] = {"fulfillment_channel_code": MERCHANT_CHANNEL, "quantity": quantity}
    if lead_time_days is not None:
        entry["lead_time_to_ship_max_days"] = lead_time_days
    return [entry]


def handling_time(lead_time_days: int) -> list[dict[str, Any]]:
    """The handling time alone, for a merge that leaves the quantity as it is."""
    return [
        {
            "fulfillment_channel_code": MERCHANT_CHANNEL,
            "lead_time_to_ship_max_days": lead_time_days,
        }
    ]


def kept_by_amazon(channel: str) -> list[dict[str, Any]]:
    """What Amazon keeps and ships itself: it counts the units, so none are written."""
    return [{"fulfillment_channel_code": channel}]


def product_identifier(barcode: str, marketplace_id: str) -> list[dict[str, Any]]:
    """The barcode, as the merchant typed it, with the type that its length tells."""
    kind = _BARCODE_TYPES.get(len(barcode), "gtin")
    return [{"type": kind, "value": barcode, "marketplace_id": marketplace_id}]


def suggested_asin(asin: str, marketplace_id: str) -> list[dict[str, Any]]:
    """The ASIN that the offer belongs to."""
    return [{"value": asin, "marketplace_id": marketplace_id}]


def condition_type(condition: str, marketplace_id: str) -> list[dict[str, Any]]:
    """Amazon's condition for the store's (New, Used, Refurbished)."""
    return [{"value": _CONDITIONS.get(condition, "new_new"), "marketplace_id": marketplace_id}]


def _schedule(price: Money, window: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
    return [{"schedule": [{"value_with_tax": json_number(price.amount), **(window or {})}]}]


def _discounts(tiers: Sequence[QuantityTier]) -> dict[str, Any]:
    """Amazon's plan of discounts; `fixed` means that each value is a price."""
    levels = [{"lower_bound": one.units, "value": json_number(one.price.amount)} for one in tiers]
    plan = [{"schedule": [{"discount_type": "fixed", "levels": levels}]}]
    return {"quantity_discount_plan": plan} if levels else {}
