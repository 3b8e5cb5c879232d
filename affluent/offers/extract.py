"""Reading what a plan of offers follows from: our own records, under the merchant's rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from affluent.domain.account import Account
from affluent.domain.given import overrides_of
from affluent.domain.listing import SellingList
from affluent.domain.marketplace import Marketplace
from affluent.domain.offer import OfferProfile
from affluent.domain.order import MAY_RESERVE, reserved_units
from affluent.domain.price_list import at_list_price
from affluent.offers.plan import OffersKnown
from affluent.ports.storage import UnitsOfWork


@dataclass(frozen=True)
class OfferRules:
    """The merchant's rules: the lists of one account and marketplace, and his profiles by name.

    `sku_mapping` maps Amazon's SKU to the store's.
    """

    lists: Sequence[SellingList]
    profiles: Mapping[str, OfferProfile]
    sku_mapping: Mapping[str, str]


def gather_offers(
    account: Account, marketplace: Marketplace, rules: OfferRules, units: UnitsOfWork
) -> OffersKnown:
    """Everything that a plan of offers follows from."""
    with units() as work:
        listings = work.listings.of(account.name, marketplace.marketplace_id)
        variants = work.variants.all()
        prices = work.price_lists.prices(account.price_list_id, marketplace.currency)
        overrides = overrides_of(work.overrides.all())
        orders = work.orders.in_states(account.name, MAY_RESERVE)
    # A link outlives the pair of SKUs that it was made by.
    store_skus = {listing.sku: listing.store_sku for listing in listings if listing.store_sku}
    return OffersKnown(
        marketplace=marketplace,
        listings=listings,
        variants={variant.sku: at_list_price(variant, prices) for variant in variants},
        profiles={one.name: rules.profiles[one.offer_profile] for one in rules.lists},
        sync=account.sync,
        overrides=overrides,
        reserved=reserved_units(orders, {**rules.sku_mapping, **store_skus}),
    )
