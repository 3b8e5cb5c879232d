"""Send at once what must not wait, beside whatever else is sent for the account.

Requires: extract_catalog, and publish_listings or link_inventory, to have run.
"""

from __future__ import annotations

from prefect import flow

from affluent.domain.report import RunReport
from affluent.offers.plan import plan_prices, plan_quantities
from affluent.offers.urgent import only_urgent
from affluent.submissions.rush import RUSH
from affluent.submissions.telling import tell
from flows.parameters import AccountName, ConfigPath, DryRun, MarketplaceName
from flows.reports import gated_report, joined
from tasks.artifacts import publish_gated, publish_report
from tasks.feeds import send_urgent_offers
from tasks.inventory import check_offers, read_due_offers
from tasks.runtime import open_voyage

NAME = RUSH


@flow(name="rush-offers")
def rush_offers(
    account: AccountName,
    marketplace: MarketplaceName,
    dry_run: DryRun = False,
    config: ConfigPath = "affluent.yaml",
) -> RunReport:
    """Send quantities that fell to zero and prices below their floor; leave the rest to a sync."""
    with open_voyage(NAME, config) as voyage:
        application = voyage.application
        market = application.marketplace(account, marketplace)
        sender = voyage.sender(account, market)
        # As a dry run reads them: what is due stays due, until a sync finds it in step.
        known = read_due_offers(application, account, market, everything=False, dry_run=True).known
        quantities, prices = (
            only_urgent(check_offers(application, plan, known, ""))
            for plan in (plan_quantities(known), plan_prices(known))
        )
        both = joined(quantities, prices)
        publish_gated(NAME, both)
        report = gated_report(NAME, len(known.listings), both)
        if not dry_run:
            send_urgent_offers(quantities, prices, sender)
            report = tell(report, sender)
        return publish_report(report)
