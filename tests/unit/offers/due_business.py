"""Our own store of one merchant, as his flows follow it: what is due is planned, sent and shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from affluent.domain.account import Account
from affluent.domain.listing import Listing, SellingList
from affluent.domain.marketplace import MARKETPLACES, Marketplace
from affluent.domain.offer import OfferProfile
from affluent.domain.plan import Change, Plan
from affluent.domain.product import Variant
from affluent.offers.extract import OfferRules, gather_due, keep_due
from affluent.offers.plan import plan_prices, plan_quantities
from affluent.ports.offers import Scope
from affluent.ports.storage import UnitsOfWork
from tests.builders.catalog import PROFILE, US, selling_list
from tests.builders.orders import account
from tests.fakes.clock import NOON

CANADA: Marketplace = next(one for one in MARKETPLACES if one.country == "CA")


@dataclass
class Business:
    units: UnitsOfWork
    account: Account = field(default_factory=account)
    lists: Sequence[SellingList] = field(default_factory=lambda: [selling_list()])
    profiles: Mapping[str, OfferProfile] = field(default_factory=lambda: {"default": PROFILE})
    sku_mappings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def in_store(self, *variants: Variant) -> None:
        with self.units() as work:
            work.variants.save(variants, NOON)
            work.commit()

    def on_amazon(self, *listings: Listing) -> None:
        with self.units() as work:
            work.listings.save(listings, NOON)
            work.commit()

    def rules(self, place: Marketplace) -> OfferRules:
        here, elsewhere = (
            [one for one in self.lists if (one.marketplace_id == place.marketplace_id) is wanted]
            for wanted in (True, False)
        )
        return OfferRules(here, self.profiles, self.sku_mappings, elsewhere)

    def plans(self, place: Marketplace = US, *, dry_run: bool = False) -> list[Plan]:
        """What the flow plans: the quantities, and the prices."""
        rules = self.rules(place)
        gathered = gather_due(self.account, place, rules, self.units, dry_run=dry_run)
        plans = [plan_quantities(gathered.known), plan_prices(gathered.known)]
        if not dry_run:
            keep_due(gathered, plans, self.account.name, place.marketplace_id, self.units)
        return plans

    def changes(self, place: Marketplace = US) -> list[Change]:
        return [change for plan in self.plans(place) for change in plan.changes]

    def quantities(self, place: Marketplace = US) -> dict[str, int]:
        """The quantities that are planned, by SKU; Amazon shows them at once."""
        [quantities, _] = self.plans(place)
        with self.units() as work:
            skus = [change.key for change in quantities.changes]
            known = work.listings.named(self.account.name, place.marketplace_id, skus)
        planned = {change.key: int(change.after["quantity"]) for change in quantities.changes}
        self.on_amazon(*(replace(known[sku], quantity=planned[sku]) for sku in planned))
        return planned

    def marks(self, place: Marketplace = US) -> set[str]:
        """The SKUs that are due."""
        with self.units() as work:
            return set(work.offers.read(self.account.name, place.marketplace_id, Scope()).marks)
