"""The sandbox's Amazon as a whole: what it knows, and the hands of the admin port on it."""

from __future__ import annotations

from datetime import timedelta

from sandbox.amazon.agenda import Agenda
from sandbox.amazon.catalog.items import Catalog, CatalogItem
from sandbox.amazon.catalog.restricted import Restrictions
from sandbox.amazon.documents import DocumentStore
from sandbox.amazon.feeds.listings_feed import JSON_LISTINGS_FEED, read_listings_feed
from sandbox.amazon.feeds.order_acknowledgement import (
    ORDER_ACKNOWLEDGEMENT,
    read_order_acknowledgements,
)
from sandbox.amazon.feeds.queue import Feed, FeedQueue, FeedWork, UnreadableFeed
from sandbox.amazon.identifiers import NumberSource
from sandbox.amazon.listings.existing import existing_attributes
from sandbox.amazon.listings.listing import Listing, ListingBook
from sandbox.amazon.listings.publication import Publisher
from sandbox.amazon.listings.submission import Submissions
from sandbox.amazon.listings.validation import find_catalog_item
from sandbox.amazon.listings.view import admin_row
from sandbox.amazon.notifications.book import NotificationBook
from sandbox.amazon.notifications.order_change import tell_of_change
from sandbox.amazon.orders.changes import change_order
from sandbox.amazon.orders.order import Order, OrderBook
from sandbox.amazon.orders.placement import OrderPlacement
from sandbox.amazon.orders.view import INCLUDED_DATA, order_json
from sandbox.amazon.page_tokens import Pages
from sandbox.amazon.product_types.schema import LISTING, ProductType
from sandbox.amazon.reports.merchant_listings import merchant_listings_report
from sandbox.amazon.reports.queue import Report, ReportQueue
from sandbox.amazon.seller import SellerIdentity
from sandbox.amazon.wire import Json, NotFound
from sandbox.clock import SandboxClock

__all__ = ["AmazonState", "SellerIdentity"]

EXISTING_LISTING_AGE = timedelta(days=200)


class AmazonState:
    """Everything that Amazon keeps of one seller, and of its own catalog."""

    def __init__(self, clock: SandboxClock, seller: SellerIdentity, *, seed: int = 1) -> None:
        self.seller = seller
        self.agenda = Agenda(clock)
        self.documents = DocumentStore(clock)
        self.product_types: dict[str, ProductType] = {}
        self.announced_types: dict[str, ProductType] = {}
        self._registered_types: dict[str, ProductType] = {}
        self.pages = Pages(clock)
        self._clock = clock
        self._numbers = NumberSource(seed)
        self.reset()

    def reset(self) -> None:
        """Empty everything but the product types as they were registered, which stay compiled."""
        self.agenda.clear()
        self.product_types.update(self._registered_types)
        self.announced_types.clear()
        self.catalog = Catalog()
        self.restrictions = Restrictions()
        self.listing_book = ListingBook()
        self.notifications = NotificationBook()
        self.order_book = OrderBook(self._tell_of_change)
        self.documents.clear()
        publisher = Publisher(self.listing_book, self.catalog, self.restrictions, self._numbers)
        self.submissions = Submissions(
            self.agenda, self.listing_book, self.catalog, self.product_types, publisher
        )
        self.feeds = FeedQueue(self.agenda, self.documents, self._read_feed)
        self.reports = ReportQueue(self.agenda, self.documents, self._write_report)
        self._placement = OrderPlacement(
            self.seller, self.order_book, self.listing_book, self._numbers
        )
        self.pages.clear()

    def register_product_type(
        self, name: str, schema: Json, offer_only_schema: Json, display_name: str
    ) -> None:
        """Make a product type known, with its schemas for LISTING and LISTING_OFFER_ONLY."""
        registered = ProductType(name, display_name, schema, offer_only_schema)
        self.product_types[name] = self._registered_types[name] = registered

    def change_product_type(
        self, name: str, requirements: str, changes: Json, *, announced: bool
    ) -> None:
        """Change a schema by a JSON merge patch (RFC 7396): at once, or in the release candidate.

        What was announced before comes into force with a change at once. Raises NotFound.
        """
        current = self.announced_types.pop(name, None) or self.product_types.get(name)
        if current is None:
            raise NotFound
        types = self.announced_types if announced else self.product_types
        types[name] = current.changed(requirements, changes)

    def add_catalog_item(
        self,
        *,
        asin: str,
        identifiers: dict[str, str],
        item_name: str,
        brand: str,
        product_type: str,
    ) -> None:
        """Add an item to Amazon's catalog; `identifiers` is by type, as {"EAN": "…"}."""
        self.catalog.add(CatalogItem(asin, item_name, brand, product_type, dict(identifiers)))

    def add_existing_listing(
        self,
        *,
        sku: str,
        asin: str,
        product_type: str,
        item_name: str,
        price: str,
        currency: str,
        quantity: int | None,
        fulfillment_channel_code: str,
        marketplace_id: str,
        attributes: Json | None = None,
    ) -> None:
        """Add a listing made earlier in Seller Central; FBA stock is `quantity` as well."""
        made = existing_attributes(
            asin=asin,
            item_name=item_name,
            price=price,
            currency=currency,
            quantity=quantity,
            fulfillment_channel_code=fulfillment_channel_code,
            marketplace_id=marketplace_id,
        )
        created_at = self._clock.now() - EXISTING_LISTING_AGE
        listing = Listing(
            sku=sku,
            marketplace_id=marketplace_id,
            product_type=product_type,
            requirements=LISTING,
            attributes={**made, **(attributes or {})},
            created_at=created_at,
            updated_at=created_at,
            asin=asin,
            catalog_name=item_name,
        )
        listing.amazon_quantity = (quantity or 0) if listing.is_fulfilled_by_amazon else 0
        self.listing_book.put(listing)

    def restrict_brand(self, brand: str) -> None:
        """From now on the seller needs an approval for the brand."""
        self.restrictions.restrict_brand(brand)

    def restrict_product_type(self, name: str) -> None:
        """From now on the seller needs an approval for the product type."""
        self.restrictions.restrict_product_type(name)

    def place_order(self, order: Json) -> Json:
        """Place an order as a buyer would; gives it in its 2026-01-01 form. Raises BadRequest."""
        self.agenda.catch_up()
        return order_json(self._placement.place(order, self._clock.now()), INCLUDED_DATA)

    def change_order(self, order_id: str, change: Json) -> Json:
        """Move an order on, as when a payment goes through, or cancel some of it. Raises
        BadRequest."""
        order = self.order_book.get(order_id)
        change_order(order, change, self._clock.now())
        return order_json(order, INCLUDED_DATA)

    def listings(self) -> list[Json]:
        """All listings in effect, for the admin port."""
        self.agenda.catch_up()
        return [admin_row(listing) for listing in self.listing_book]

    def orders(self) -> list[Json]:
        """All orders with all their data, for the admin port."""
        self.agenda.catch_up()
        return [order_json(order, INCLUDED_DATA) for order in self.order_book]

    def asin_of(self, sku: str, marketplace_id: str, attributes: Json) -> str | None:
        """The ASIN that the SKU has, or that these attributes would match."""
        listing = self.listing_book.get(sku, marketplace_id)
        if listing is not None and listing.asin:
            return listing.asin
        item = find_catalog_item(attributes, self.catalog)
        return item.asin if item else None

    def notifications_sent(self) -> list[Json]:
        """Every notification that subscribers were sent, oldest first."""
        self.agenda.catch_up()
        return list(self.notifications.sent)

    def _tell_of_change(self, order: Order) -> None:
        tell_of_change(self.notifications, self.seller.seller_id, order, self._clock.now())

    def _read_feed(self, feed: Feed) -> FeedWork:
        if feed.feed_type == JSON_LISTINGS_FEED:
            return read_listings_feed(
                feed, self.seller.seller_id, self.submissions, self.listing_book
            )
        if feed.feed_type == ORDER_ACKNOWLEDGEMENT:
            return read_order_acknowledgements(feed, self.order_book)
        raise UnreadableFeed(feed.feed_type)

    def _write_report(self, report: Report) -> bytes:
        listings = (
            listing
            for listing in self.listing_book
            if listing.marketplace_id == report.marketplace_ids[0]
        )
        return merchant_listings_report(listings, self._numbers)
