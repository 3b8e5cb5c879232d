"""Reading what a plan of offers follows from: our own records, under the merchant's rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from affluent.domain.account import Account
from affluent.domain.collecting import few_collections
from affluent.domain.digest import digest_of
from affluent.domain.given import overrides_of
from affluent.domain.listing import SellingList
from affluent.domain.marketplace import Marketplace
from affluent.domain.offer import FEWEST_SOLD_OUT, OfferProfile
from affluent.domain.plan import Plan
from affluent.domain.price_list import at_list_price
from affluent.offers.deciding import decided_elsewhere
from affluent.offers.plan import OffersKnown
from affluent.offers.riding import gather_riding
from affluent.ports.offers import Scope
from affluent.ports.storage import UnitOfWork, UnitsOfWork


@dataclass(frozen=True)
class OfferRules:
    """The merchant's rules: the lists of one account and marketplace, and his profiles by name.

    `sku_mappings` map Amazon's SKU to the store's, by account. `lists_elsewhere` are those of the
    account's other marketplaces, which share its stock. Units of unpaid orders are set aside if
    they were bought after `unpaid_since`.
    """

    lists: Sequence[SellingList]
    profiles: Mapping[str, OfferProfile]
    sku_mappings: Mapping[str, Mapping[str, str]]
    lists_elsewhere: Sequence[SellingList] = ()
    unpaid_since: datetime | None = None

    def by_list(self) -> dict[str, OfferProfile]:
        """The profile of each list of this marketplace."""
        return {one.name: self.profiles[one.offer_profile] for one in self.lists}

    def by_list_elsewhere(self) -> dict[str, OfferProfile]:
        """The profile of each list of the other marketplaces."""
        return {one.name: self.profiles[one.offer_profile] for one in self.lists_elsewhere}


@dataclass(frozen=True)
class Gathered:
    """What a plan of offers follows from, and the marks that brought each SKU into it."""

    known: OffersKnown
    marks: Mapping[str, Sequence[int]] = field(default_factory=dict)


def gather_offers(
    account: Account, marketplace: Marketplace, rules: OfferRules, units: UnitsOfWork
) -> OffersKnown:
    """Everything that a plan of all offers follows from."""
    with units() as work:
        return _gather(account, marketplace, rules, work, Scope(everything=True)).known


def gather_due(
    account: Account,
    marketplace: Marketplace,
    rules: OfferRules,
    units: UnitsOfWork,
    *,
    everything: bool = False,
    dry_run: bool = False,
) -> Gathered:
    """What a plan follows from of the offers that may differ: something that they follow from has
    changed since a plan found them in step, or units of theirs are set aside.

    A change of the rules marks whole lists; a dry run reads them and marks nothing.
    """
    place = (account.name, marketplace.marketplace_id)
    with units() as work:
        changed = _changed_rules(account, marketplace, rules, work)
        if not dry_run:
            work.offers.follow(*place, changed)
            work.commit()
        return _gather(
            account, marketplace, rules, work, Scope(lists=changed.keys(), everything=everything)
        )


def keep_due(
    gathered: Gathered, plans: Sequence[Plan], account: str, marketplace_id: str, units: UnitsOfWork
) -> None:
    """Take the marks off what the plans found in step.

    What differs stays due until Amazon shows it otherwise, and so does what has units set aside:
    it must be noticed when they are not any more.
    """
    due = {change.key for plan in plans for change in plan.changes} | gathered.known.set_aside()
    read = {mark for sku, marks in gathered.marks.items() for mark in marks}
    kept = {max(marks) for sku, marks in gathered.marks.items() if sku in due}
    with units() as work:
        work.offers.remove(read - kept)
        work.offers.add(account, marketplace_id, due - gathered.marks.keys())
        work.commit()


@few_collections()
def _gather(
    account: Account,
    marketplace: Marketplace,
    rules: OfferRules,
    work: UnitOfWork,
    scope: Scope,
) -> Gathered:
    place = (account.name, marketplace.marketplace_id)
    reserved = work.orders.reserved(rules.sku_mappings, rules.unpaid_since)
    scope = Scope(scope.lists, reserved.keys(), scope.everything)
    due = work.offers.read(*place, scope)
    ids = None if scope.everything else [one.variant_id for one in due.variants]
    prices = work.price_lists.prices(account.price_list_id, marketplace.currency, ids)
    siblings = {}
    if rules.lists_elsewhere:
        siblings = work.offers.elsewhere(*place, [one.sku for one in due.listings])
    # Of equal SKUs the oldest variant counts.
    variants = sorted(due.variants, key=lambda one: one.variant_id, reverse=True)
    known = OffersKnown(
        marketplace=marketplace,
        listings=due.listings,
        variants={variant.sku: at_list_price(variant, prices) for variant in variants},
        profiles=rules.by_list(),
        sync=account.sync,
        overrides=overrides_of(work.overrides.all()),
        reserved=reserved,
        gone=due.gone,
        decided_elsewhere=decided_elsewhere(
            due.listings, siblings, rules.by_list_elsewhere(), account.marketplaces
        ),
        lost_lists=_lost_lists(account, marketplace, rules, work),
        in_stock=work.offers.in_stock(*place) if len(due.listings) >= FEWEST_SOLD_OUT else 0,
        riding=gather_riding(*place, work),
    )
    return Gathered(known, due.marks)


def _changed_rules(
    account: Account, marketplace: Marketplace, rules: OfferRules, work: UnitOfWork
) -> dict[str, str]:
    """The new digest of each list whose rules have changed; an empty one for a lost list."""
    shared = [
        account.sync,
        account.price_list_id,
        [one.marketplace_id for one in account.marketplaces],
        {name: profile.quantity_mode for name, profile in rules.by_list_elsewhere().items()},
    ]
    now = {name: digest_of([profile, shared]) for name, profile in rules.by_list().items()}
    known = work.offers.rules(account.name, marketplace.marketplace_id)
    lost = {name: "" for name in known if name not in now}
    return {name: digest for name, digest in (now | lost).items() if known.get(name) != digest}


def _lost_lists(
    account: Account, marketplace: Marketplace, rules: OfferRules, work: UnitOfWork
) -> tuple[str, ...]:
    """The lists that exist no longer though offers stand in them."""
    place = (account.name, marketplace.marketplace_id)
    gone = sorted(work.offers.rules(*place).keys() - rules.by_list().keys())
    return tuple(name for name in gone if work.offers.has_offers(*place, name))
