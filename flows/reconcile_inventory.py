"""Compare everything on Amazon with everything intended, and name each difference.

Requires: link_inventory or publish_listings to have run. Nothing is written to Amazon: sync_offers
plans from what this flow has read.
"""

from __future__ import annotations

from dataclasses import asdict

from prefect import flow

from affluent.domain.report import RunReport
from affluent.offers.plan import plan_prices, plan_quantities
from flows.parameters import AccountName, ConfigPath, MarketplaceName
from tasks.artifacts import publish_report, publish_rows
from tasks.inventory import read_known_offers, read_whole_inventory
from tasks.runtime import open_voyage

NAME = "reconcile_inventory"


@flow(name="reconcile-inventory")
def reconcile_inventory(
    account: AccountName, marketplace: MarketplaceName, config: ConfigPath = "affluent.yaml"
) -> RunReport:
    """Read every listing, keep what Amazon shows, and count what sync_offers would change."""
    with open_voyage(NAME, config) as voyage:
        market = voyage.application.marketplace(account, marketplace)
        found = read_whole_inventory(voyage.sender(account, market))
        publish_rows(NAME, "differences", map(asdict, found.differences), "Amazon shows otherwise")
        known = read_known_offers(voyage.application, account, market)
        changes = (*plan_quantities(known).changes, *plan_prices(known).changes)
        drift = len({change.key for change in changes})
        return publish_report(
            RunReport(
                flow=NAME,
                read=found.read,
                planned=drift,
                effective=found.read - drift,
                notes=(
                    f"{len(found.differences)} fields differ from the last reading, "
                    f"{len(found.vanished)} listings are gone from Amazon, "
                    f"{drift} offers differ from the store.",
                ),
            )
        )
