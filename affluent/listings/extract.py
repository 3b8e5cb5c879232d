"""Reading what a plan of listings follows from: Amazon's matches, schemas, and our own records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from affluent.domain.before_sending import AskingPolicy
from affluent.domain.creation_profile import CreationProfile
from affluent.domain.given import overrides_of
from affluent.domain.marketplace import Marketplace
from affluent.domain.offer import OfferProfile
from affluent.domain.selection import Selected
from affluent.listings.families import possible_parents
from affluent.listings.known import ListingsKnown
from affluent.listings.matching import matches_of
from affluent.listings.relisting import resting
from affluent.listings.schemas import creation_definitions
from affluent.submissions.context import Sender
from affluent.submissions.endings import endings_of


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
    parents = possible_parents(selected)
    new = [sku for sku in (*(one.variant.sku for one in selected), *parents) if sku not in taken]
    on_amazon = {one.sku for one in sender.amazon.listings.find(sender.marketplace_id, new)}
    definitions, unusable = creation_definitions(profiles.creations, sender)
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
        definitions=definitions,
        unusable=unusable,
        reserved=reserved,
        endings=endings,
        not_before=not_before,
    )


def rules_alone(marketplace: Marketplace, profiles: Profiles, sender: Sender) -> ListingsKnown:
    """The merchant's rules without anything that is on Amazon: every product is a new one."""
    definitions, unusable = creation_definitions(profiles.creations, sender)
    return ListingsKnown(
        account=sender.account,
        marketplace=marketplace,
        listings={},
        on_amazon=frozenset(),
        prices={},
        matches={},
        offer_profiles=profiles.offers,
        creation_profiles=profiles.creations,
        definitions=definitions,
        unusable=unusable,
        reserved={},
    )
