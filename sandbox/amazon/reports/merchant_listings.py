"""GET_MERCHANT_LISTINGS_ALL_DATA: every listing of one store as tab-separated text.

https://developer-docs.amazon.com/sp-api/docs/inventory-reports-attributes
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sandbox.amazon.identifiers import NumberSource
from sandbox.amazon.listings import offer
from sandbox.amazon.listings.listing import BUYABLE, Listing
from sandbox.amazon.listings.validation import IDENTIFIER
from sandbox.amazon.marketplaces import MARKETPLACES
from sandbox.amazon.wire import amount_text

MERCHANT_LISTINGS_ALL_DATA = "GET_MERCHANT_LISTINGS_ALL_DATA"

COLUMNS = (
    "item-name",
    "item-description",
    "listing-id",
    "seller-sku",
    "price",
    "quantity",
    "open-date",
    "image-url",
    "item-is-marketplace",
    "product-id-type",
    "zshop-shipping-fee",
    "item-note",
    "item-condition",
    "zshop-category1",
    "zshop-browse-path",
    "zshop-storefront-feature",
    "asin1",
    "asin2",
    "asin3",
    "will-ship-internationally",
    "expedited-shipping",
    "zshop-boldface",
    "product-id",
    "bid-for-featured-placement",
    "add-delete",
    "pending-quantity",
    "fulfillment-channel",
    "merchant-shipping-group",
    "status",
)
_PRODUCT_ID_TYPES = {"asin": "1", "upc": "3", "ean": "4"}
_CONDITION_NEW = "11"
_BYTE_ORDER_MARK = "\ufeff"


def merchant_listings_report(listings: Iterable[Listing], numbers: NumberSource) -> bytes:
    """The report, in UTF-8 with a byte order mark; rows of FBA listings have no quantity."""
    lines = ["\t".join(COLUMNS)]
    for listing in listings:
        row = _row(listing, numbers)
        lines.append("\t".join(_flat(row.get(column, "")) for column in COLUMNS))
    return (_BYTE_ORDER_MARK + "\r\n".join(lines) + "\r\n").encode()


def _row(listing: Listing, numbers: NumberSource) -> dict[str, str]:
    price = listing.price
    quantity = None if listing.is_fulfilled_by_amazon else listing.quantity
    product_id_type, product_id = _product_id(listing)
    return {
        "item-name": listing.title,
        "item-description": str(offer.first_value(listing.attributes, "product_description") or ""),
        "listing-id": numbers.digits("listing", listing.sku, 10),
        "seller-sku": listing.sku,
        "price": "" if price is None else amount_text(price, listing.currency),
        "quantity": "" if quantity is None else str(quantity),
        "open-date": _open_date(listing.created_at, listing.marketplace_id),
        "item-is-marketplace": "y",
        "product-id-type": product_id_type,
        "item-condition": _CONDITION_NEW,
        "asin1": listing.asin or "",
        "will-ship-internationally": "n",
        "expedited-shipping": "n",
        "product-id": product_id,
        "pending-quantity": "" if listing.is_fulfilled_by_amazon else "0",
        "fulfillment-channel": listing.fulfillment_channel_code,
        "merchant-shipping-group": str(
            offer.first_value(listing.attributes, "merchant_shipping_group") or ""
        ),
        "status": _status(listing),
    }


def _product_id(listing: Listing) -> tuple[str, str]:
    for entry in offer.entries(listing.attributes, IDENTIFIER):
        if entry.get("type") in _PRODUCT_ID_TYPES:
            return _PRODUCT_ID_TYPES[entry["type"]], str(entry.get("value", ""))
    return _PRODUCT_ID_TYPES["asin"], listing.asin or ""


def _status(listing: Listing) -> str:
    if BUYABLE in listing.status:
        return "Active"
    return "Inactive" if listing.asin else "Incomplete"


def _open_date(moment: datetime, marketplace_id: str) -> str:
    is_european = MARKETPLACES[marketplace_id].region == "eu"
    return moment.strftime("%d/%m/%Y %H:%M:%S UTC" if is_european else "%Y-%m-%d %H:%M:%S UTC")


def _flat(text: str) -> str:
    return " ".join(text.split()) if any(mark in text for mark in "\t\r\n") else text
