"""Link what is already on Amazon to the store's products, by SKU. Nothing is written to Amazon.

Requires: extract_catalog to have run; Amazon credentials with the Inventory role.
"""

from __future__ import annotations

from dataclasses import asdict

from prefect import flow

from affluent.domain.report import RunReport
from flows.parameters import AccountName, ConfigPath, DryRun, MarketplaceName
from tasks.artifacts import publish_report, publish_rows
from tasks.catalog import refused_moves
from tasks.inventory import keep_links, plan_links_from_report
from tasks.runtime import open_voyage

NAME = "link_inventory"


@flow(name="link-inventory")
def link_inventory(
    account: AccountName,
    marketplace: MarketplaceName,
    dry_run: DryRun = False,
    config: ConfigPath = "affluent.yaml",
) -> RunReport:
    """Download the account's inventory of the marketplace and link every row whose SKU matches."""
    with open_voyage(NAME, config) as voyage:
        market = voyage.application.marketplace(account, marketplace)
        sender = voyage.sender(account, market)
        plan = plan_links_from_report(voyage.application, account, market, sender)
        publish_rows(NAME, "unlinked", map(asdict, plan.unlinked), "On Amazon, not in the store")
        if not dry_run:
            keep_links(plan, sender)
        return publish_report(
            RunReport(
                flow=NAME,
                read=len(plan.linked) + len(plan.unlinked) + plan.already,
                planned=len(plan.linked),
                unchanged=plan.already,
                held={"unlinked": len(plan.unlinked)} if plan.unlinked else {},
                effective=0 if dry_run else len(plan.linked),
                notes=(
                    *refused_moves(voyage.application, account, market),
                    f"{len(plan.linked)} linked, {len(plan.unlinked)} without a product.",
                ),
            )
        )
