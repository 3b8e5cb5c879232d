"""What stands on Amazon, and what its offers should be."""

from __future__ import annotations

from affluent.bootstrap import Application
from affluent.domain.marketplace import Marketplace
from affluent.domain.plan import Gated, Plan
from affluent.inventory.extract import InventoryRead, read_inventory
from affluent.inventory.verify import Reconciled, reconcile
from affluent.offers.extract import Gathered, OfferRules, gather_due, gather_offers, keep_due
from affluent.offers.gate import gate_offers
from affluent.offers.plan import OffersKnown, plan_prices, plan_quantities
from affluent.submissions.context import Sender
from tasks.runtime import reading


@reading
def read_known_offers(
    application: Application, account: str, marketplace: Marketplace
) -> OffersKnown:
    """Everything that a plan of all offers follows from."""
    rules = _offer_rules(application, account, marketplace)
    return gather_offers(application.account(account), marketplace, rules, application.units)


@reading
def read_due_offers(
    application: Application,
    account: str,
    marketplace: Marketplace,
    everything: bool,
    dry_run: bool,
) -> Gathered:
    """What a plan of the offers that may differ follows from; or of everything."""
    return gather_due(
        application.account(account),
        marketplace,
        _offer_rules(application, account, marketplace),
        application.units,
        everything=everything,
        dry_run=dry_run,
    )


@reading
def keep_due_offers(gathered: Gathered, plans: list[Plan], sender: Sender) -> None:
    """Let the next run plan what differs, and what changes from now on."""
    keep_due(gathered, plans, sender.account, sender.marketplace_id, sender.units)


@reading
def check_offers(
    application: Application, plan: Plan, known: OffersKnown, approved_hash: str
) -> Gated:
    """The gate and the breaker over a plan of offers."""
    return gate_offers(plan, application.gate, known, approved_hash)


@reading
def read_whole_inventory(sender: Sender) -> InventoryRead:
    """Read every listing that should be on Amazon."""
    return read_inventory(sender)


@reading
def keep_differences(found: InventoryRead, known: OffersKnown, sender: Sender) -> Reconciled:
    """Name the cause of each difference from what is intended, and keep it with its age."""
    changes = (*plan_quantities(known).changes, *plan_prices(known).changes)
    return reconcile(found, changes, known.listings, sender)


def _offer_rules(application: Application, account: str, marketplace: Marketplace) -> OfferRules:
    others = [one for one in application.account(account).marketplaces if one != marketplace]
    return OfferRules(
        lists=application.selling_lists(account, marketplace),
        profiles=application.offer_profiles,
        sku_mappings=application.sku_mappings(),
        lists_elsewhere=[
            one for other in others for one in application.selling_lists(account, other)
        ],
        unpaid_since=application.unpaid_since(),
    )
