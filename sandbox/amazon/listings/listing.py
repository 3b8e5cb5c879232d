"""A listing in one store, and the book of all listings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from sandbox.amazon.issues import Issue
from sandbox.amazon.listings import offer
from sandbox.amazon.marketplaces import MARKETPLACES, is_amazon_fulfillment
from sandbox.amazon.wire import Json

BUYABLE = "BUYABLE"
DISCOVERABLE = "DISCOVERABLE"
REST_OF_A_REMOVED_SKU = timedelta(hours=24)


@dataclass
class Listing:
    """What is in effect for a SKU in one store; without an ASIN it is only half a listing.

    `requirements` is None as long as the SKU was only ever patched. `amazon_quantity` is the
    stock in Amazon's fulfilment centres. `catalog_name` is the name of the matched item.
    """

    sku: str
    marketplace_id: str
    product_type: str
    requirements: str | None
    attributes: Json
    created_at: datetime
    updated_at: datetime
    asin: str | None = None
    catalog_name: str = ""
    issues: tuple[Issue, ...] = ()
    amazon_quantity: int = 0

    @property
    def title(self) -> str:
        """The seller's item name, or else the catalog's."""
        return offer.first_value(self.attributes, "item_name") or self.catalog_name

    @property
    def price(self) -> Decimal | None:
        """The price for all shoppers."""
        found = offer.price(self.attributes, self.marketplace_id)
        return found[0] if found else None

    @property
    def currency(self) -> str:
        """The offer's currency, or else the store's."""
        found = offer.price(self.attributes, self.marketplace_id)
        return (found and found[1]) or MARKETPLACES[self.marketplace_id].currency

    @property
    def fulfillment_channel_code(self) -> str:
        """DEFAULT where the seller ships, AMAZON_NA and the like where Amazon does."""
        return offer.availability(self.attributes)[0]

    @property
    def quantity(self) -> int | None:
        """What the seller ships himself; None where Amazon alone keeps the stock."""
        return offer.availability(self.attributes)[1]

    @property
    def is_fulfilled_by_amazon(self) -> bool:
        """Whether the stock lies with Amazon."""
        return is_amazon_fulfillment(self.fulfillment_channel_code)

    @property
    def parent_skus(self) -> list[str]:
        """The SKUs of the variation parents that it names."""
        return [
            entry["parent_sku"]
            for entry in offer.entries(self.attributes, "child_parent_sku_relationship")
            if "parent_sku" in entry
        ]

    @property
    def status(self) -> list[str]:
        """BUYABLE with price and stock and no error; DISCOVERABLE once it has an ASIN."""
        if self.asin is None:
            return []
        has_error = any(issue.severity == "ERROR" for issue in self.issues)
        has_stock = self.is_fulfilled_by_amazon or (self.quantity or 0) > 0
        if self.price is not None and has_stock and not has_error:
            return [BUYABLE, DISCOVERABLE]
        return [DISCOVERABLE]


class ListingBook:
    """All listings in effect, by SKU and store."""

    def __init__(self) -> None:
        self._by_sku: dict[str, dict[str, Listing]] = {}
        self._removed: dict[tuple[str, str], datetime] = {}

    def get(self, sku: str, marketplace_id: str) -> Listing | None:
        """The SKU's listing in this store."""
        return self._by_sku.get(sku, {}).get(marketplace_id)

    def in_marketplaces(self, sku: str, marketplace_ids: list[str]) -> list[Listing]:
        """The SKU's listings in these stores, in their order."""
        stores = self._by_sku.get(sku, {})
        return [stores[marketplace] for marketplace in marketplace_ids if marketplace in stores]

    def put(self, listing: Listing) -> None:
        """Add the listing; the quantity holds for the SKU in every store of the region."""
        stores = self._by_sku.setdefault(listing.sku, {})
        stores[listing.marketplace_id] = listing
        shared = listing.attributes.get("fulfillment_availability")
        for sibling in stores.values():
            if sibling is not listing and shared is not None:
                sibling.attributes = {**sibling.attributes, "fulfillment_availability": shared}

    def remove(self, sku: str, marketplace_id: str, moment: datetime) -> None:
        """Remove the SKU's listing from this store, if it is there; its SKU must rest then."""
        stores = self._by_sku.get(sku, {})
        if stores.pop(marketplace_id, None) is not None:
            self._removed[sku, marketplace_id] = moment
        if not stores:
            self._by_sku.pop(sku, None)

    def must_rest(self, sku: str, marketplace_id: str, moment: datetime) -> bool:
        """Whether the SKU was removed from this store so lately that it cannot be listed again."""
        removed = self._removed.get((sku, marketplace_id))
        return removed is not None and moment < removed + REST_OF_A_REMOVED_SKU

    def skus(self) -> list[str]:
        """All SKUs, oldest first."""
        return list(self._by_sku)

    def __iter__(self) -> Iterator[Listing]:
        for stores in self._by_sku.values():
            yield from stores.values()
