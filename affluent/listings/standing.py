"""How a listing stands on Amazon against what would be sent of it. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from affluent.domain import attributes as amazon
from affluent.domain.listing import Listing, ListingStatus
from affluent.domain.plan import Change
from affluent.domain.product import Variant


def content_fingerprint(change: Change) -> str:
    """SHA-256 of what a put says about the product; price and quantity are the offers' affair,
    and the product type may be a generic one that Amazon replaces by its own."""
    attributes = {
        name: value
        for name, value in change.payload["attributes"].items()
        if name not in (amazon.OFFER, amazon.AVAILABILITY)
    }
    content = [change.payload["requirements"], attributes]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def is_tied(listing: Listing | None, variant: Variant) -> bool:
    """Whether the listing keeps the ASIN, or the creation, that it was sent or linked with.

    Amazon's catalog knows the barcodes of our own creations, too, so it is not asked about them.
    A barcode that was mended after Amazon refused the listing is looked up anew.
    """
    if listing is None or not listing.status.is_taken:
        return False
    if not (listing.asin or listing.created_by_us):
        return False
    return listing.status is ListingStatus.LINKED or listing.barcode == variant.barcode


def stands(listing: Listing | None, fingerprint: str, again: bool) -> bool:
    """Whether the listing needs no put: it was sent as it is now, or it is not ours to write."""
    if listing is None or listing.status is ListingStatus.PENDING:
        return False
    if not listing.fingerprint:
        return True
    is_tried = listing.status is not ListingStatus.ERROR or not again
    return is_tried and listing.fingerprint == fingerprint


def sold_as_another_sku(listings: Iterable[Listing]) -> AbstractSet[int | None]:
    """The variants that are linked to a SKU of Amazon's that is not their own."""
    return {one.variant_id for one in listings if one.status.is_taken and one.sku != one.store_sku}
