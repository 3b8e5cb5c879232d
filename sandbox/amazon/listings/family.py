"""Variation families: which listings belong together, and what a child lacks that has no parent."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox.amazon import issues
from sandbox.amazon.issues import Issue
from sandbox.amazon.listings import offer
from sandbox.amazon.listings.listing import Listing, ListingBook
from sandbox.amazon.wire import Json

_PARENTAGE = "parentage_level"
_THEME = "variation_theme"


def relationships(listing: Listing, book: ListingBook) -> Json:
    """The families of a listing in its store, as parent or as child."""
    found = [{"childSkus": children}] if (children := _children(listing, book)) else []
    found += [{"parentSkus": parents}] if (parents := _parents(listing, book)) else []
    theme = _theme(listing)
    told = [{"type": "VARIATION", **one, **theme} for one in found]
    return {"marketplaceId": listing.marketplace_id, "relationships": told}


def family_issues(listing: Listing, book: ListingBook) -> Iterator[Issue]:
    """An issue for each parent that a child names and that this store does not have."""
    known = _parents(listing, book)
    for sku in listing.parent_skus:
        if sku not in known:
            yield issues.unknown_parent(sku)


def _parents(listing: Listing, book: ListingBook) -> list[str]:
    return [sku for sku in listing.parent_skus if _is_parent(book.get(sku, listing.marketplace_id))]


def _children(listing: Listing, book: ListingBook) -> list[str]:
    if not _is_parent(listing):
        return []
    return [
        one.sku
        for one in book
        if one.marketplace_id == listing.marketplace_id and listing.sku in one.parent_skus
    ]


def _is_parent(listing: Listing | None) -> bool:
    """Whether it stands as a parent: one without an ASIN is only half a listing."""
    if listing is None or listing.asin is None:
        return False
    return bool(offer.first_value(listing.attributes, _PARENTAGE) == "parent")


def _theme(listing: Listing) -> Json:
    """The theme with the attributes that it is named after."""
    name = next((one["name"] for one in offer.entries(listing.attributes, _THEME)), "")
    if not name:
        return {}
    return {"variationTheme": {"attributes": name.lower().split("/"), "theme": name}}
