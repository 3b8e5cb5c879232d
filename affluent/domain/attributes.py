"""Amazon's attributes as values: how offers and identifiers are written on a listing.

Every attribute is an array of objects with selectors (marketplace_id, language_tag, audience,
fulfillment_channel_code). Source: the product-type definitions and
developer-docs.amazon.com/sp-api/docs/manage-purchasable-offer.
"""

from __future__ import annotations

from typing import Any

from affluent.domain.listing import MERCHANT_CHANNEL
from affluent.domain.money import Money, json_number
from affluent.domain.offer.offered import OfferedPrice

IDENTIFIER = "externally_assigned_product_identifier"
ASIN = "merchant_suggested_asin"
OFFER = "purchasable_offer"
AVAILABILITY = "fulfillment_availability"
CONDITION = "condition_type"

_BARCODE_TYPES = {8: "ean", 12: "upc", 13: "ean", 14: "gtin"}

_CONDITIONS = {"New": "new_new", "Used": "used_good", "Refurbished": "refurbished_refurbished"}


def purchasable_offer(offered: OfferedPrice, marketplace_id: str) -> list[dict[str, Any]]:
    """The standing price of the offer to everyone; empty where there is no price."""
    if offered.price is None:
        return []
    return [
        {
            "marketplace_id": marketplace_id,
            "currency": offered.currency,
            "audience": "ALL",
            "our_price": _schedule(offered.price),
        }
    ]


def fulfillment_availability(quantity: int, lead_time_days: int | None) -> list[dict[str, Any]]:
    """What the merchant can ship himself; 0 is sent as 0."""
    entry: dict[str, Any] = {"fulfillment_channel_code": MERCHANT_CHANNEL, "quantity": quantity}
    if lead_time_days is not None:
        entry["lead_time_to_ship_max_days"] = lead_time_days
    return [entry]


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


def _schedule(price: Money) -> list[dict[str, Any]]:
    return [{"schedule": [{"value_with_tax": json_number(price.amount)}]}]
