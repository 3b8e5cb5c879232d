"""What we know of one SKU: the store's side, every listing of it, and the log of what we sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from affluent.domain.account import FulfilledBy
from affluent.domain.effect import LogEntry
from affluent.domain.listing import Listing, ListingStatus
from affluent.domain.money import Money
from affluent.domain.product import Variant
from affluent.domain.variation import Kinship
from affluent.explanations.market import unfinished_feeds
from affluent.explanations.obstacles import Obstacle, Standing, SyncRules, obstacles
from affluent.explanations.places import country_of
from affluent.explanations.reasons import ExplainedReason, explain_reasons
from affluent.explanations.times import Freshness, freshness
from affluent.ports.storage import UnitOfWork


@dataclass(frozen=True, slots=True)
class StoreSide:
    """The store's variant, as last extracted; a quantity of None is untracked stock."""

    sku: str
    name: str
    barcode: str
    price: Money
    quantity: int | None


@dataclass(frozen=True, slots=True)
class ListingExplanation:
    """One listing: `price` and `quantity` are the effective ones, last read from Amazon.

    `obstacles` say why it is not in sync, in the order of the check-list; empty where nothing is
    known to stand in the way, or where the account is not in the settings any more.
    """

    account: str
    marketplace: str
    sku: str
    status: ListingStatus
    selling_list: str
    asin: str
    product_type: str
    kinship: Kinship
    fulfilled_by: FulfilledBy
    price: Money | None
    quantity: int | None
    buyable: bool
    updated_at: datetime | None
    store: StoreSide | None
    reasons: tuple[ExplainedReason, ...]
    obstacles: tuple[Obstacle, ...]
    freshness: Freshness


@dataclass(frozen=True, slots=True)
class SkuExplanation:
    """Everything about one SKU, Amazon's or the store's; the log is oldest first."""

    sku: str
    store: StoreSide | None
    listings: tuple[ListingExplanation, ...]
    log: tuple[LogEntry, ...]

    @property
    def is_known(self) -> bool:
        """Whether we know anything of the SKU."""
        return bool(self.store or self.listings or self.log)


def explain_sku(
    sku: str, work: UnitOfWork, rules: Mapping[str, SyncRules] = MappingProxyType({})
) -> SkuExplanation:
    """What our store knows of the SKU, under each account's rules."""
    listings = work.listings.by_sku(sku)
    variants = work.variants.by_skus([sku, *map(_store_sku, listings)])
    return SkuExplanation(
        sku=sku,
        store=_store_side(variants.get(sku)),
        listings=tuple(
            _explain(_standing(listing, variants, work), rules.get(listing.account))
            for listing in listings
        ),
        log=_log(dict.fromkeys([sku, *(listing.sku for listing in listings)]), work),
    )


def _standing(listing: Listing, variants: Mapping[str, Variant], work: UnitOfWork) -> Standing:
    account, marketplace_id = listing.account, listing.marketplace_id
    return Standing(
        listing=listing,
        variant=variants.get(_store_sku(listing)),
        writes=work.history.latest_writes(account, marketplace_id, [listing.sku]),
        differences=[
            one
            for one in work.differences.of_sku(listing.sku)
            if (one.account, one.marketplace_id) == (account, marketplace_id)
        ],
        feeds=unfinished_feeds(account, work),
    )


def _explain(standing: Standing, rules: SyncRules | None) -> ListingExplanation:
    listing = standing.listing
    by_amazon = listing.fulfilled_by_amazon
    return ListingExplanation(
        account=listing.account,
        marketplace=country_of(listing.marketplace_id),
        sku=listing.sku,
        status=listing.status,
        selling_list=listing.selling_list,
        asin=listing.asin,
        product_type=listing.product_type,
        kinship=listing.kinship,
        fulfilled_by=FulfilledBy.AMAZON if by_amazon else FulfilledBy.MERCHANT,
        price=listing.price,
        quantity=listing.quantity,
        buyable=listing.buyable,
        updated_at=listing.updated_at,
        store=_store_side(standing.variant),
        reasons=explain_reasons(listing.reasons),
        obstacles=tuple(obstacles(standing, rules)) if rules else (),
        freshness=freshness(standing),
    )


def _store_sku(listing: Listing) -> str:
    return listing.store_sku or listing.sku


def _store_side(variant: Variant | None) -> StoreSide | None:
    if variant is None:
        return None
    return StoreSide(variant.sku, variant.name, variant.barcode, variant.price, variant.quantity)


def _log(keys: Mapping[str, None], work: UnitOfWork) -> tuple[LogEntry, ...]:
    entries = (entry for key in keys for entry in work.ledger.log(key))
    return tuple(sorted(entries, key=lambda entry: entry.at))
