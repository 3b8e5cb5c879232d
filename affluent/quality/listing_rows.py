"""The columns that the suites over listings judge: one row per planned listing.

A column is None where its rule does not apply; expectations pass over missing values.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from affluent.domain.listing import Requirements
from affluent.domain.offer import OfferProfile
from affluent.domain.plan import Change
from affluent.quality.barcodes import has_good_check_digit, is_well_formed
from affluent.quality.new_pages import new_page_columns
from affluent.quality.row import Row

#: Amazon's limit of item_name, which we measure in bytes of UTF-8.
LONGEST_NAME: Final = 200


def listing_row(change: Change, profile: OfferProfile) -> Row:
    """The row of a PUT_LISTING change."""
    after = change.after
    identity = _identity_columns(after)
    return {
        "sku": change.key,
        **identity,
        **price_columns(after, profile),
        "quantity": after["quantity"],
        **_content_columns(after["name"]),
        **new_page_columns(change, identity["usable_barcode"]),
    }


def price_columns(after: Mapping[str, Any], profile: OfferProfile) -> Row:
    """A price and what its profile allows for it.

    There is no price where none could be made. The limits are not asked of a price of 0.
    """
    price = None if after["price"] is None else amount(after["price"])
    return {
        "price": price,
        "asked_price": price if price is not None and price > 0 else None,
        "currency": after["currency"],
        "floor": _limit(after, "floor", profile.floor),
        "ceiling": _limit(after, "ceiling", profile.ceiling),
        "profile": profile.name,
    }


def _limit(after: Mapping[str, Any], name: str, of_profile: Decimal) -> Decimal:
    """The limit of this product, where its change names one."""
    own = after.get(name)
    return of_profile if own is None else amount(own)


def amount(text: str) -> Decimal:
    """A price as written; what is no number is worth 0."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return Decimal(0)
    return value if value.is_finite() else Decimal(0)


def _identity_columns(after: Mapping[str, Any]) -> Row:
    barcode, asin, candidates = after["barcode"], after["asin"], after["candidates"]
    checkable = barcode if is_well_formed(barcode) else None
    usable = checkable if checkable and has_good_check_digit(checkable) else None
    is_unmatched = after["requirements"] == Requirements.LISTING_OFFER_ONLY and not asin
    return {
        "identifier": barcode or asin or None,
        "barcode": barcode or None,
        "checkable_barcode": checkable,
        "usable_barcode": usable,
        "unmatched_barcode": usable if is_unmatched and candidates <= 1 else None,
        "undecided_matches": 0 if asin else candidates,
    }


def _content_columns(name: str) -> Row:
    return {
        "name": name if name.strip() else None,
        "name_bytes": len(name.encode("utf-8", "surrogatepass")),
    }
