"""The attributes of a listing that was made by hand in Seller Central."""

from __future__ import annotations

from sandbox.amazon.marketplaces import MARKETPLACES, is_amazon_fulfillment
from sandbox.amazon.wire import Json


def existing_attributes(
    *,
    asin: str,
    item_name: str,
    price: str,
    currency: str,
    quantity: int | None,
    fulfillment_channel_code: str,
    marketplace_id: str,
) -> Json:
    """A new-condition offer on an ASIN; with Amazon's fulfilment it carries no quantity."""
    channel: Json = {"fulfillment_channel_code": fulfillment_channel_code}
    if quantity is not None and not is_amazon_fulfillment(fulfillment_channel_code):
        channel["quantity"] = quantity
    here = {"marketplace_id": marketplace_id}
    language = MARKETPLACES[marketplace_id].language
    return {
        "item_name": [{"value": item_name, "language_tag": language, **here}],
        "condition_type": [{"value": "new_new", **here}],
        "merchant_suggested_asin": [{"value": asin, **here}],
        "purchasable_offer": [
            {
                "currency": currency,
                "audience": "ALL",
                "our_price": [{"schedule": [{"value_with_tax": float(price)}]}],
                **here,
            }
        ],
        "fulfillment_availability": [channel],
    }
