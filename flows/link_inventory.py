"""Link what is already on Amazon to the store's products, by SKU. Nothing is written to Amazon.

Requires: extract_catalog to have run; Amazon credentials with the Inventory role.
"""

from __future__ import annotations

from typing import Annotated

from prefect import flow

from affluent.domain.report import RunReport
from affluent.links.report import link_run_report
from flows.parameters import AccountName, ConfigPath, DryRun, MarketplaceName, described
from tasks.artifacts import publish_report, publish_rows
from tasks.catalog import refused_moves
from tasks.links import describe_unlinked, download_report, link_downloaded
from tasks.runtime import open_voyage

NAME = "link_inventory"
MayShrink = Annotated[
    bool, described("Believe a report that has lost more than half of what was known.")
]


@flow(name="link-inventory")
def link_inventory(
    account: AccountName,
    marketplace: MarketplaceName,
    may_shrink: MayShrink = False,
    dry_run: DryRun = False,
    config: ConfigPath = "affluent.yaml",
) -> RunReport:
    """Download the account's inventory of the marketplace and link every row whose SKU matches."""
    with open_voyage(NAME, config) as voyage:
        application = voyage.application
        market = application.marketplace_looked_into(account, marketplace)
        sender = voyage.sender(account, market)
        with download_report(sender, may_shrink) as report:
            tally = link_downloaded(report, application, account, market, sender, dry_run)
        unlinked = describe_unlinked(tally, sender)
        publish_rows(NAME, "unlinked", unlinked, "On Amazon, not in the store")
        refused = refused_moves(application, account, market)
        return publish_report(link_run_report(NAME, tally, refused, dry_run=dry_run))
