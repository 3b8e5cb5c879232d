"""What becomes of an accepted submission: it takes effect late, and the catalog has its say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sandbox.amazon import issues
from sandbox.amazon.catalog.items import Catalog, CatalogItem
from sandbox.amazon.catalog.restricted import Restrictions
from sandbox.amazon.identifiers import NumberSource, gtin14, is_valid_gtin
from sandbox.amazon.issues import Issue
from sandbox.amazon.listings import offer
from sandbox.amazon.listings.family import family_issues
from sandbox.amazon.listings.listing import Listing, ListingBook
from sandbox.amazon.listings.validation import (
    IDENTIFIER,
    find_catalog_item,
    names_an_identity,
)
from sandbox.amazon.product_types.schema import LISTING_OFFER_ONLY
from sandbox.amazon.wire import Json

_CHECKED_IDENTIFIERS = ("ean", "upc", "gtin")


@dataclass(frozen=True)
class Change:
    """An accepted submission for one SKU in one store.

    `requirements` is None for a patch, which leaves the product type of a listing as it is.
    """

    sku: str
    marketplace_id: str
    product_type: str
    requirements: str | None
    apply: Callable[[Json], Json]


class Publisher:
    """Brings changes into effect."""

    def __init__(
        self,
        book: ListingBook,
        catalog: Catalog,
        restrictions: Restrictions,
        numbers: NumberSource,
    ) -> None:
        self._book = book
        self._catalog = catalog
        self._restrictions = restrictions
        self._numbers = numbers

    def publish(self, change: Change, moment: datetime) -> None:
        """Apply the change and match the listing with the catalog."""
        listing = self._book.get(change.sku, change.marketplace_id) or Listing(
            sku=change.sku,
            marketplace_id=change.marketplace_id,
            product_type=change.product_type,
            requirements=None,
            attributes={},
            created_at=moment,
            updated_at=moment,
        )
        if change.requirements is not None:
            listing.product_type = change.product_type
            listing.requirements = change.requirements
        listing.attributes = change.apply(listing.attributes)
        listing.updated_at = moment
        found = self._match(listing) if listing.asin is None else ()
        listing.issues = (*found, *family_issues(listing, self._book))
        self._book.put(listing)

    def _match(self, listing: Listing) -> tuple[Issue, ...]:
        """Give the listing its item of the catalog, or answer what stands against that."""
        item = find_catalog_item(listing.attributes, self._catalog)
        found = tuple(self._catalog_issues(listing, item))
        if not found:
            item = item or self._new_item(listing)
            listing.asin = item.asin
            listing.catalog_name = item.item_name
        return found

    def _catalog_issues(self, listing: Listing, item: CatalogItem | None) -> Iterator[Issue]:
        brands = [str(offer.first_value(listing.attributes, "brand") or "")]
        product_types = [listing.product_type]
        if item is not None:
            brands.append(item.brand)
            product_types.append(item.product_type)
        if any(self._restrictions.covers_brand(brand) for brand in brands):
            yield issues.RESTRICTED_BRAND
        if any(self._restrictions.covers_product_type(name) for name in product_types):
            yield issues.RESTRICTED_PRODUCT_TYPE
        if item is None:
            yield from _issues_of_new_item(listing)

    def _new_item(self, listing: Listing) -> CatalogItem:
        identifiers = {
            str(entry["type"]).upper(): str(entry["value"])
            for entry in offer.entries(listing.attributes, IDENTIFIER)
            if entry.get("type") and entry.get("value")
        }
        key = next((gtin14(value) for value in identifiers.values()), f"sku:{listing.sku}")
        item = CatalogItem(
            asin=self._numbers.asin(key),
            item_name=str(offer.first_value(listing.attributes, "item_name") or ""),
            brand=str(offer.first_value(listing.attributes, "brand") or ""),
            product_type=listing.product_type,
            identifiers=identifiers,
        )
        self._catalog.add(item)
        return item


def _issues_of_new_item(listing: Listing) -> Iterator[Issue]:
    if not names_an_identity(listing.attributes):
        yield issues.missing_attribute(IDENTIFIER)
    elif listing.requirements in (None, LISTING_OFFER_ONLY):
        yield issues.NO_MATCHING_ASIN
    elif any(
        entry.get("type") in _CHECKED_IDENTIFIERS and not is_valid_gtin(str(entry.get("value")))
        for entry in offer.entries(listing.attributes, IDENTIFIER)
    ):
        yield issues.UNREADABLE_IDENTIFIER
