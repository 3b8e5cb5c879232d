"""Downloading what is on Amazon, and holding it against what we know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from affluent.domain.listing import SellingList
from affluent.domain.marketplace import Marketplace
from affluent.links.plan import LinkPlan, LinksKnown, plan_links
from affluent.submissions.context import Sender


def match_inventory(
    marketplace: Marketplace,
    lists: Sequence[SellingList],
    sku_mapping: Mapping[str, str],
    sender: Sender,
) -> LinkPlan:
    """The links of the account's whole inventory of the marketplace, planned row by row.

    `sku_mapping` maps Amazon's SKU to the store's.
    """
    with sender.units() as work:
        variants = work.variants.all()
        listings = work.listings.of(sender.account, sender.marketplace_id)
    known = LinksKnown(
        account=sender.account,
        marketplace=marketplace,
        variants={variant.sku: variant for variant in variants},
        listings={listing.sku: listing for listing in listings},
        lists=lists,
        sku_mapping=sku_mapping,
    )
    return plan_links(sender.amazon.reports.all_listings(sender.marketplace_id), known)
