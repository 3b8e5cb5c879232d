"""What stands on Amazon: downloading and linking it, and what its offers should be."""

from __future__ import annotations

from affluent.bootstrap import Application
from affluent.domain.marketplace import Marketplace
from affluent.domain.offer import OfferProfile
from affluent.domain.order import MAY_RESERVE, reserved_units
from affluent.domain.plan import Gated, Plan
from affluent.inventory.verify import Reconciled, read_inventory
from affluent.links.apply import apply_links
from affluent.links.plan import LinkPlan, LinksKnown, plan_links
from affluent.offers.gate import gate_offers
from affluent.offers.plan import OffersKnown
from affluent.submissions.context import Sender
from tasks.runtime import reading, writing


@reading
def plan_links_from_report(
    application: Application, account: str, marketplace: Marketplace, sender: Sender
) -> LinkPlan:
    """Download the account's inventory of the marketplace and plan its links."""
    with application.units() as work:
        variants = {variant.sku: variant for variant in work.variants.all()}
        listings = {one.sku: one for one in work.listings.of(account, marketplace.marketplace_id)}
    known = LinksKnown(
        account=account,
        marketplace=marketplace,
        variants=variants,
        listings=listings,
        lists=application.selling_lists(account, marketplace),
        sku_mapping=application.sku_mapping,
    )
    rows = sender.amazon.reports.all_listings(marketplace.marketplace_id)
    return plan_links(rows, known)


@writing
def keep_links(plan: LinkPlan, sender: Sender) -> None:
    """Save the planned links in our own store."""
    apply_links(plan, sender.units, sender.clock.now())


@reading
def read_known_offers(
    application: Application, account: str, marketplace: Marketplace
) -> OffersKnown:
    """Everything that a plan of offers follows from."""
    profiles = application.offer_profiles
    lists = application.selling_lists(account, marketplace)
    mapping = application.sku_mapping
    with application.units() as work:
        return OffersKnown(
            marketplace=marketplace,
            listings=work.listings.of(account, marketplace.marketplace_id),
            variants={variant.sku: variant for variant in work.variants.all()},
            profiles={one.name: profiles[one.offer_profile] for one in lists},
            sync=application.account(account).sync,
            reserved=reserved_units(work.orders.in_states(account, MAY_RESERVE), mapping),
        )


@reading
def check_offers(application: Application, plan: Plan, known: OffersKnown) -> Gated:
    """The gate and the breaker over a plan of offers."""
    by_sku: dict[str, OfferProfile] = {
        listing.sku: known.profiles[listing.selling_list]
        for listing in known.listings
        if listing.selling_list in known.profiles
    }
    return gate_offers(plan, application.gate, by_sku)


@reading
def read_whole_inventory(sender: Sender) -> Reconciled:
    """Read every listing that should be on Amazon."""
    with sender.units() as work:
        listings = work.listings.of(sender.account, sender.marketplace_id)
    return read_inventory(listings, sender)
