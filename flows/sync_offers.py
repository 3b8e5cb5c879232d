"""Keep price and quantity of linked listings in step with the store.

Requires: extract_catalog, and publish_listings or link_inventory, to have run.
"""

from __future__ import annotations

from prefect import flow

from affluent.domain.report import RunReport
from affluent.offers.plan import plan_prices, plan_quantities
from affluent.submissions.telling import tell
from flows.parameters import AccountName, ConfigPath, DryRun, MarketplaceName
from flows.reports import gated_report, joined, refuse_if_stopped
from tasks.artifacts import publish_gated, publish_report
from tasks.catalog import refused_moves
from tasks.feeds import read_offers_back, send_offers, settle_earlier_runs
from tasks.inventory import check_offers, read_known_offers
from tasks.runtime import open_voyage

NAME = "sync_offers"


@flow(name="sync-offers")
def sync_offers(
    account: AccountName,
    marketplace: MarketplaceName,
    dry_run: DryRun = False,
    config: ConfigPath = "affluent.yaml",
) -> RunReport:
    """Send what changed, quantities first; a price batch that moves too far is stopped whole."""
    with open_voyage(NAME, config) as voyage:
        application = voyage.application
        market = application.marketplace(account, marketplace)
        sender = voyage.sender(account, market)
        settle_earlier_runs(sender)
        known = read_known_offers(application, account, market)
        quantities = check_offers(application, plan_quantities(known), known)
        prices = check_offers(application, plan_prices(known), known)
        both = joined(quantities, prices)
        publish_gated(NAME, both)
        notes = refused_moves(application, account, market)
        report = gated_report(NAME, len(known.listings), both, notes)
        if dry_run:
            return publish_report(report)
        taken = send_offers(quantities, prices, sender)
        read_offers_back(taken, sender)
        report = tell(report, sender)
        publish_report(report)
        refuse_if_stopped(both)
        return report
