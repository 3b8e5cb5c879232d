"""What stands on Amazon, and what its offers should be."""

from __future__ import annotations

from affluent.bootstrap import Application
from affluent.domain.marketplace import Marketplace
from affluent.domain.plan import Gated, Plan
from affluent.inventory.extract import InventoryRead, read_inventory
from affluent.inventory.verify import Reconciled, reconcile
from affluent.offers.extract import OfferRules, gather_offers
from affluent.offers.gate import gate_offers
from affluent.offers.plan import OffersKnown, plan_prices, plan_quantities
from affluent.submissions.context import Sender
from tasks.runtime import reading


@reading
def read_known_offers(
    application: Application, account: str, marketplace: Marketplace
) -> OffersKnown:
    """Everything that a plan of offers follows from."""
    lists = application.selling_lists(account, marketplace)
    rules = OfferRules(lists, application.offer_profiles, application.sku_mapping(account))
    return gather_offers(application.account(account), marketplace, rules, application.units)


@reading
def check_offers(application: Application, plan: Plan, known: OffersKnown) -> Gated:
    """The gate and the breaker over a plan of offers."""
    return gate_offers(plan, application.gate, known)


@reading
def read_whole_inventory(sender: Sender) -> InventoryRead:
    """Read every listing that should be on Amazon."""
    return read_inventory(sender)


@reading
def keep_differences(found: InventoryRead, known: OffersKnown, sender: Sender) -> Reconciled:
    """Name the cause of each difference from what is intended, and keep it with its age."""
    changes = (*plan_quantities(known).changes, *plan_prices(known).changes)
    return reconcile(found, changes, known.listings, sender)
