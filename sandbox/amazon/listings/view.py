"""A listing in the form of Listings Items 2021-08-01, and in the admin port's own form."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sandbox.amazon.listings import offer
from sandbox.amazon.listings.family import relationships
from sandbox.amazon.listings.listing import Listing, ListingBook
from sandbox.amazon.wire import Json, amount_text, money, timestamp

_IMAGE_SIDE = 1000
_AUDIENCE_NAMES = {offer.DEFAULT_AUDIENCE: "Sell on Amazon", "B2B": "Amazon Business"}


def item_json(listings: Sequence[Listing], included: Sequence[str], book: ListingBook) -> Json:
    """One SKU in one or more stores, with the data sets that were asked for."""
    body: Json = {"sku": listings[0].sku}
    for name in included:
        if name == "attributes":
            body[name] = listings[0].attributes
        elif name == "fulfillmentAvailability":
            body[name] = _fulfillment_availability(listings[0])
        elif name == "relationships":
            body[name] = [relationships(listing, book) for listing in listings]
        else:
            body[name] = [part for listing in listings for part in _DATA_SETS[name](listing)]
    return body


def admin_row(listing: Listing) -> Json:
    """One listing for the admin port."""
    price = listing.price
    return {
        "sku": listing.sku,
        "asin": listing.asin,
        "marketplaceId": listing.marketplace_id,
        "productType": listing.product_type,
        "status": listing.status,
        "price": None if price is None else amount_text(price, listing.currency),
        "currency": listing.currency,
        "quantity": listing.quantity,
        "fulfillmentChannelCode": listing.fulfillment_channel_code,
        "title": listing.title,
        "createdAt": timestamp(listing.created_at),
        "lastUpdatedAt": timestamp(listing.updated_at),
        "issues": _issues(listing),
    }


def _summaries(listing: Listing) -> list[Json]:
    summary: Json = {
        "marketplaceId": listing.marketplace_id,
        "productType": listing.product_type,
        "status": listing.status,
        "createdDate": timestamp(listing.created_at),
        "lastUpdatedDate": timestamp(listing.updated_at),
    }
    if listing.asin:
        summary["asin"] = listing.asin
    if listing.title:
        summary["itemName"] = listing.title
    condition = offer.first_value(listing.attributes, "condition_type")
    if condition:
        summary["conditionType"] = condition
    image = next(offer.entries(listing.attributes, "main_product_image_locator"), {})
    if "media_location" in image:
        summary["mainImage"] = {
            "link": image["media_location"],
            "height": _IMAGE_SIDE,
            "width": _IMAGE_SIDE,
        }
    return [summary]


def _issues(listing: Listing) -> list[Json]:
    return [issue.as_json(listing.marketplace_id) for issue in listing.issues]


def _offers(listing: Listing) -> list[Json]:
    return [
        {
            "marketplaceId": listing.marketplace_id,
            "offerType": "B2C" if audience == offer.DEFAULT_AUDIENCE else "B2B",
            "price": money(amount, currency or listing.currency),
            "audience": {
                "value": audience,
                "displayName": _AUDIENCE_NAMES.get(audience, audience),
            },
        }
        for audience, amount, currency in offer.prices(listing.attributes, listing.marketplace_id)
    ]


def _fulfillment_availability(listing: Listing) -> list[Json]:
    return [
        {"fulfillmentChannelCode": code} | ({} if quantity is None else {"quantity": quantity})
        for code, quantity in offer.channels(listing.attributes)
    ]


def _product_types(listing: Listing) -> list[Json]:
    return [{"marketplaceId": listing.marketplace_id, "productType": listing.product_type}]


_DATA_SETS: dict[str, Callable[[Listing], list[Json]]] = {
    "summaries": _summaries,
    "issues": _issues,
    "offers": _offers,
    "procurement": lambda _: [],
    "productTypes": _product_types,
}
INCLUDED_DATA = ("attributes", "fulfillmentAvailability", "relationships", *_DATA_SETS)
