"""Listings: one SKU of one account on one marketplace, and how they come to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from affluent.domain.ending import WhenLeft
from affluent.domain.issue import Issue
from affluent.domain.money import Money
from affluent.domain.price_span import ANY_PRICE, PriceSpan
from affluent.domain.variation import ALONE, Kinship, Parentage

#: The fulfilment channel code of stock that the merchant ships himself.
MERCHANT_CHANNEL: Final = "DEFAULT"
#: Amazon's generic product type, good for offers on what its catalog knows.
GENERIC_PRODUCT_TYPE: Final = "PRODUCT"


class ListingStatus(StrEnum):
    """Where a listing stands with us."""

    DRAFT = "draft"
    HELD = "held"
    PENDING = "pending"
    LINKED = "linked"
    ERROR = "error"
    ENDED = "ended"

    @property
    def is_taken(self) -> bool:
        """Whether the SKU is in use on Amazon by us: sent or linked, in error or not."""
        return self in TAKEN

    @property
    def is_on_amazon(self) -> bool:
        """Whether Amazon shows it: taken, and not merely on its way."""
        return self in (ListingStatus.LINKED, ListingStatus.ERROR)


#: The statuses of a SKU that is in use on Amazon by us.
TAKEN: Final = frozenset({ListingStatus.PENDING, ListingStatus.LINKED, ListingStatus.ERROR})


class Requirements(StrEnum):
    """Amazon's requirement sets of a product type."""

    LISTING = "LISTING"
    LISTING_OFFER_ONLY = "LISTING_OFFER_ONLY"


class SubmissionPath(StrEnum):
    """How a selling list is sent: single calls, one feed, or whichever is foretold faster."""

    AUTO = "auto"
    FEED = "feed"
    SINGLE = "single"


@dataclass(frozen=True, slots=True)
class SellingList:
    """Products chosen for one account and marketplace; both are locked once made.

    A product is in when one of `category_ids`, `brands`, `custom_fields` (name to the values that
    count) or `skus` names it; all of them empty means every product. `prices` and `in_stock_only`
    narrow what is not named by its SKU, and the excluded are out whatever else names them.
    `asins` gives an ASIN to a SKU that has no barcode. `creation_profiles` maps a category id to
    the profile that creates what Amazon does not know; key 0 stands for every other category.
    With `include_subcategories`, a category stands for all that lie below it, too. `when_left` says
    what becomes of what stands in no list any more, `variations` whether variants become a tree.
    """

    name: str
    account: str
    marketplace_id: str
    offer_profile: str = "default"
    creation_profiles: Mapping[int, str] = field(default_factory=dict)
    path: SubmissionPath = SubmissionPath.AUTO
    category_ids: frozenset[int] = frozenset()
    include_subcategories: bool = True
    brands: frozenset[str] = frozenset()
    custom_fields: Mapping[str, frozenset[str]] = field(default_factory=dict)
    skus: frozenset[str] = frozenset()
    prices: PriceSpan = ANY_PRICE
    in_stock_only: bool = False
    excluded_category_ids: frozenset[int] = frozenset()
    excluded_brands: frozenset[str] = frozenset()
    excluded_skus: frozenset[str] = frozenset()
    excluded_prices: PriceSpan = ANY_PRICE
    asins: Mapping[str, str] = field(default_factory=dict)
    when_left: WhenLeft = WhenLeft.KEEP
    variations: bool = False

    @property
    def names_nothing(self) -> bool:
        """Whether no rule names products, so that the list takes in every one."""
        return not (self.category_ids or self.brands or self.custom_fields or self.skus)


@dataclass(frozen=True, slots=True)
class Definition:
    """Amazon's schema of one product type, for one marketplace and requirement set.

    `version` is Amazon's name for it; one that `is_announced` is not in force yet.
    """

    product_type: str
    requirements: Requirements
    marketplace_id: str
    checksum: str
    schema: Mapping[str, Any]
    version: str = ""
    is_announced: bool = False


@dataclass(frozen=True, slots=True)
class CatalogMatch:
    """An ASIN that Amazon's catalog has for a barcode."""

    barcode: str
    asin: str
    product_type: str
    brand: str
    item_name: str


@dataclass(frozen=True, slots=True)
class Listing:
    """What we know of one listing.

    `price` and `quantity` are the effective ones, last read from Amazon. `store_sku` and
    `variant_id` are the store's side of the link, unset while unlinked. `fingerprint` is that of
    the content last sent: what has not changed since is not sent again. `beside_price` and
    `lead_time_days` are what Amazon last took of ours beside the price, and as handling time.
    `changed_on_amazon_at` is Amazon's own time of the listing's last change, whoever made it.
    """

    account: str
    marketplace_id: str
    sku: str
    status: ListingStatus
    selling_list: str = ""
    store_sku: str = ""
    variant_id: int | None = None
    asin: str = ""
    product_type: str = ""
    barcode: str = ""
    created_by_us: bool = False
    channel: str = MERCHANT_CHANNEL
    price: Money | None = None
    quantity: int | None = None
    buyable: bool = False
    reasons: tuple[str, ...] = ()
    fingerprint: str = ""
    beside_price: str = ""
    lead_time_days: int | None = None
    updated_at: datetime | None = None
    changed_on_amazon_at: datetime | None = None
    kinship: Kinship = ALONE

    @property
    def fulfilled_by_amazon(self) -> bool:
        """Whether Amazon keeps and ships its stock (FBA)."""
        return self.channel != MERCHANT_CHANNEL

    @property
    def was_seen(self) -> bool:
        """Whether Amazon has ever shown an offer of it, or the page of a parent."""
        is_offered = self.price is not None or self.quantity is not None
        return is_offered or (self.kinship.parentage is Parentage.PARENT and bool(self.asin))


@dataclass(frozen=True, slots=True)
class AmazonListing:
    """A listing as Amazon answers it now: getListingsItem, searchListingsItems.

    `price` is the effective price of the seller's own offer, `quantity` the effective quantity that
    the seller ships himself; None where Amazon shows none. `channel` is Amazon's own where it keeps
    units, whether or not the seller ships some as well; `parent_skus` are its parents in a tree of
    variations. `changed_at` is when it last changed.
    """

    sku: str
    marketplace_id: str
    asin: str
    product_type: str
    title: str
    statuses: frozenset[str]
    channel: str
    price: Money | None
    quantity: int | None
    issues: tuple[Issue, ...] = ()
    changed_at: datetime | None = None
    parent_skus: tuple[str, ...] = ()


class SubmissionStatus(StrEnum):
    """Amazon's answer to a put or patch. ACCEPTED is a receipt, not an effect."""

    ACCEPTED = "ACCEPTED"
    INVALID = "INVALID"
    VALID = "VALID"


@dataclass(frozen=True, slots=True)
class Submission:
    """Amazon's receipt for one put or patch."""

    sku: str
    status: SubmissionStatus
    submission_id: str
    request_id: str
    issues: tuple[Issue, ...] = ()
