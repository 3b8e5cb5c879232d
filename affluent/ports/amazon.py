"""What we need of Amazon. Every port is bound to one account; named as Amazon names its APIs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Protocol

from affluent.domain.account import AccountState
from affluent.domain.amazon_catalog import CatalogItem, ProductTypeName, Restriction
from affluent.domain.cancellation import Acknowledgement, AcknowledgementReport
from affluent.domain.fba_stock import FbaStock
from affluent.domain.feed import Feed, FeedMessage, ProcessingReport
from affluent.domain.inventory import ReportRow
from affluent.domain.listing import (
    AmazonListing,
    CatalogMatch,
    Definition,
    Requirements,
    Submission,
)
from affluent.domain.order import (
    AmazonOrder,
    OrderPage,
)
from affluent.domain.plan import Change
from affluent.domain.shipment import ShipmentConfirmation
from affluent.ports.clock import Clock
from affluent.ports.forecast import ForecastPort
from affluent.ports.notifications import NotificationsPort


class ListingsPort(Protocol):
    """Listings Items API 2021-08-01."""

    def put(self, change: Change) -> Submission:
        """Replace a listing whole. Payload: productType, requirements, attributes."""
        ...

    def patch(self, change: Change) -> Submission:
        """Patch top-level attributes. Payload: productType, patches."""
        ...

    def delete(self, change: Change) -> Submission:
        """Take a listing off one marketplace. It has no payload."""
        ...

    def preview(self, change: Change) -> Submission:
        """What Amazon would say to it (VALIDATION_PREVIEW): VALID or INVALID, with the issues.
        Nothing comes of it."""
        ...

    def find(self, marketplace_id: str, skus: Sequence[str]) -> Iterator[AmazonListing]:
        """The listings of any number of SKUs, 20 a call; unknown SKUs are left out."""
        ...


class RestrictionsPort(Protocol):
    """Listings Restrictions API 2021-08-01."""

    def of(
        self, marketplace_id: str, asin: str, condition: str = "new_new", product_type: str = ""
    ) -> tuple[Restriction, ...]:
        """Why the seller may not list this ASIN; none means that he may."""
        ...


class CatalogItemPort(Protocol):
    """Catalog Items API 2022-04-01, by ASIN."""

    def item(self, marketplace_id: str, asin: str) -> CatalogItem | None:
        """What stands behind an ASIN; None where the marketplace has no such item."""
        ...


class CatalogItemsPort(Protocol):
    """Catalog Items API 2022-04-01."""

    def match(self, marketplace_id: str, barcodes: Sequence[str]) -> Iterator[CatalogMatch]:
        """What Amazon's catalog has for any number of barcodes, 20 of one type a call."""
        ...


class ProductTypeSearchPort(Protocol):
    """Product Type Definitions API 2020-09-01: which product types there are."""

    def search(
        self, marketplace_id: str, *, keywords: Sequence[str] = (), item_name: str = ""
    ) -> tuple[ProductTypeName, ...]:
        """By keywords, or as Amazon suggests them for an item's name; without either, all."""
        ...


class ProductTypesPort(ProductTypeSearchPort, Protocol):
    """Product Type Definitions API 2020-09-01."""

    def definition(
        self,
        marketplace_id: str,
        product_type: str,
        requirements: Requirements,
        *,
        known: Definition | None = None,
        announced: bool = False,
    ) -> Definition:
        """The schema that Amazon judges this seller's listings by, or with `announced` the one that
        it is going to, where there is such a one. `known` spares the text that it has."""
        ...


class FbaInventoryPort(Protocol):
    """FBA Inventory API v1."""

    def of(self, marketplace_id: str, skus: Sequence[str] = ()) -> dict[str, FbaStock]:
        """By SKU, what lies in Amazon's fulfilment centres: of these SKUs, or of all."""
        ...


class FeedsPort(Protocol):
    """Feeds API 2021-06-30, JSON_LISTINGS_FEED."""

    def parts(self, messages: Iterable[FeedMessage]) -> Iterator[list[FeedMessage]]:
        """The messages, in order, in as few feeds as Amazon takes."""
        ...

    def upload(self, messages: Iterable[FeedMessage]) -> str:
        """Create and fill a feed document; answers its id. Nothing takes effect yet."""
        ...

    def create(self, document_id: str, marketplace_id: str) -> str:
        """Submit an uploaded document; answers the feed id."""
        ...

    def status(self, feed_id: str) -> Feed:
        """Where the feed stands now."""
        ...

    def unfinished(self) -> tuple[Feed, ...]:
        """The account's listing feeds that are still queued or in progress."""
        ...

    def report(self, feed: Feed) -> ProcessingReport:
        """The processing report of a feed that is done."""
        ...


class AcknowledgementsPort(Protocol):
    """Feeds API 2021-06-30, POST_ORDER_ACKNOWLEDGEMENT_DATA: how a seller cancels orders."""

    def upload(self, messages: Sequence[Acknowledgement]) -> str:
        """Create and fill a feed document; answers its id. Nothing takes effect yet."""
        ...

    def create(self, document_id: str, marketplace_id: str) -> str:
        """Submit an uploaded document; answers the feed id. OutcomeUnknown where that is lost."""
        ...

    def status(self, feed_id: str) -> Feed:
        """Where the feed stands now."""
        ...

    def unfinished(self) -> tuple[Feed, ...]:
        """The account's feeds of this type that are still queued or in progress."""
        ...

    def report(self, feed: Feed) -> AcknowledgementReport:
        """What became of the messages of a feed that is done; NotFound where it does not tell."""
        ...


class ReportsPort(Protocol):
    """Reports API 2021-06-30."""

    def all_listings(
        self, marketplace_id: str, *, max_age_seconds: float = 0.0
    ) -> Iterator[ReportRow]:
        """GET_MERCHANT_LISTINGS_ALL_DATA, asked for, waited for and streamed row by row.

        A report that was asked for within `max_age_seconds` is read in place of a new one.
        """
        ...


class AmazonOrdersPort(Protocol):
    """Orders API 2026-01-01, and confirmShipment of v0."""

    def updated_since(self, marketplace_ids: Sequence[str], since: datetime) -> Iterator[OrderPage]:
        """Every page of the orders updated since then, with buyer and recipient where allowed."""
        ...

    def bought_page(
        self, marketplace_ids: Sequence[str], since: datetime, until: datetime, token: str = ""
    ) -> OrderPage:
        """One page of the orders that were bought in a span of time, with the token of the next.
        Refused where Amazon does not take the token any more."""
        ...

    def order(self, order_id: str) -> AmazonOrder:
        """One order, with everything that the account's roles let us see."""
        ...

    def confirm(self, confirmation: ShipmentConfirmation) -> str:
        """Confirm or edit one package; answers Amazon's request id."""
        ...


class SellersPort(Protocol):
    """Sellers API v1."""

    def state(self) -> tuple[AccountState, tuple[str, ...]]:
        """Active with the ids of the marketplaces the seller takes part in, or Expired."""
        ...


class AmazonPorts(Protocol):
    """Everything of one Amazon account."""

    @property
    def listings(self) -> ListingsPort:
        """Listings Items API."""
        ...

    @property
    def restrictions(self) -> RestrictionsPort:
        """Listings Restrictions API."""
        ...

    @property
    def catalog_items(self) -> CatalogItemsPort:
        """Catalog Items API."""
        ...

    @property
    def notifications(self) -> NotificationsPort:
        """Notifications API."""
        ...

    @property
    def product_types(self) -> ProductTypesPort:
        """Product Type Definitions API."""
        ...

    @property
    def feeds(self) -> FeedsPort:
        """Feeds API."""
        ...

    @property
    def acknowledgements(self) -> AcknowledgementsPort:
        """Feeds API, for order acknowledgements."""
        ...

    @property
    def reports(self) -> ReportsPort:
        """Reports API."""
        ...

    @property
    def orders(self) -> AmazonOrdersPort:
        """Orders API."""
        ...

    @property
    def sellers(self) -> SellersPort:
        """Sellers API."""
        ...

    @property
    def forecast(self) -> ForecastPort:
        """The account's quotas, before they are used."""
        ...

    @property
    def clock(self) -> Clock:
        """The account's time: real, or the sandbox's faster one."""
        ...
