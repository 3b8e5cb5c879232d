"""Reading what a plan of listings follows from: Amazon's matches, schemas, and our own records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from affluent.domain.before_sending import AskingPolicy
from affluent.domain.given import overrides_of
from affluent.domain.listing import (
    CreationProfile,
    Definition,
    Requirements,
)
from affluent.domain.marketplace import Marketplace
from affluent.domain.offer import OfferProfile
from affluent.domain.plan import Plan
from affluent.domain.selection import Selected
from affluent.listings.gate import definition_of
from affluent.listings.matching import matches_of
from affluent.listings.plan import ListingsKnown
from affluent.listings.relisting import resting
from affluent.submissions.context import Sender
from affluent.submissions.endings import endings_of

#: Amazon changes many product types about once a month.
_DEFINITION_LIFE: Final = timedelta(hours=24)


@dataclass(frozen=True)
class Profiles:
    """The merchant's profiles, by name, the price list that his account sells by, Amazon's SKUs
    with the store's where they differ, by account, and how much Amazon is asked beforehand. Units
    of unpaid orders are set aside if they were bought after `unpaid_since`."""

    offers: Mapping[str, OfferProfile]
    creations: Mapping[str, CreationProfile]
    price_list_id: int | None = None
    sku_mappings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    unpaid_since: datetime | None = None
    asking: AskingPolicy = field(default_factory=AskingPolicy)


def gather_known(
    selected: Sequence[Selected], marketplace: Marketplace, profiles: Profiles, sender: Sender
) -> ListingsKnown:
    """Everything that the plan needs, asked in as few calls as Amazon allows."""
    with sender.units() as work:
        listings = {one.sku: one for one in work.listings.of(sender.account, sender.marketplace_id)}
        prices = work.price_lists.prices(profiles.price_list_id, marketplace.currency)
        overrides = overrides_of(work.overrides.all())
        reserved = work.orders.reserved(profiles.sku_mappings, profiles.unpaid_since)
        endings = endings_of(sender.account, sender.marketplace_id, work)
        now = sender.clock.now()
        not_before = resting(endings, sender.account, sender.marketplace_id, now, work)
    taken = {sku for sku, one in listings.items() if one.status.is_taken}
    new = [one.variant.sku for one in selected if one.variant.sku not in taken]
    on_amazon = {one.sku for one in sender.amazon.listings.find(sender.marketplace_id, new)}
    product_types = {profile.product_type for profile in profiles.creations.values()}
    return ListingsKnown(
        overrides=overrides,
        account=sender.account,
        marketplace=marketplace,
        listings=listings,
        on_amazon=on_amazon,
        prices=prices,
        matches=matches_of(selected, listings, profiles.asking.matches_days, sender),
        match_check=profiles.asking.match_check,
        offer_profiles=profiles.offers,
        creation_profiles=profiles.creations,
        definitions={
            name: fetch_definition(name, Requirements.LISTING, sender)
            for name in sorted(product_types)
        },
        reserved=reserved,
        endings=endings,
        not_before=not_before,
    )


def definitions_for(plan: Plan, sender: Sender) -> dict[tuple[str, Requirements], Definition]:
    """Every schema that the plan's items will be judged by."""
    wanted = sorted({definition_of(change.after) for change in plan.changes})
    return {key: fetch_definition(*key, sender) for key in wanted}


def fetch_definition(product_type: str, requirements: Requirements, sender: Sender) -> Definition:
    """A product type's schema, from our own store while it is fresh."""
    now = sender.clock.now()
    key = (sender.account, sender.marketplace_id, product_type, requirements)
    with sender.units() as work:
        kept = work.definitions.get(*key)
    if kept is not None and now - kept[1] < _DEFINITION_LIFE:
        return kept[0]
    definition = sender.amazon.product_types.definition(
        sender.marketplace_id, product_type, requirements
    )
    with sender.units() as work:
        work.definitions.save(sender.account, definition, now)
        work.commit()
    return definition
