"""Compare everything on Amazon with everything intended, and name each difference.

Requires: link_inventory or publish_listings to have run. Nothing is written to Amazon: sync_offers
plans from what this flow has read, but for hand changes that `reconcile.hand_changes` keeps.
"""

from __future__ import annotations

from dataclasses import asdict

from prefect import flow

from affluent.domain.difference import WHOLE_LISTING
from affluent.domain.report import RunReport
from affluent.inventory.verify import Reconciled
from flows.parameters import AccountName, ConfigPath, MarketplaceName
from tasks.artifacts import publish_report, publish_rows
from tasks.inventory import keep_differences, read_known_offers, read_whole_inventory
from tasks.runtime import open_voyage

NAME = "reconcile_inventory"


@flow(name="reconcile-inventory")
def reconcile_inventory(
    account: AccountName, marketplace: MarketplaceName, config: ConfigPath = "affluent.yaml"
) -> RunReport:
    """Read every listing, keep what Amazon shows, and name the cause of every difference."""
    with open_voyage(NAME, config) as voyage:
        market = voyage.application.marketplace(account, marketplace)
        sender = voyage.sender(account, market)
        found = read_whole_inventory(sender)
        known = read_known_offers(voyage.application, account, market)
        reconciled = keep_differences(found, known, sender)
        publish_rows(NAME, "causes", reconciled.by_cause(), "Why Amazon shows something else")
        publish_rows(
            NAME, "differences", map(asdict, reconciled.differences), "Amazon shows otherwise"
        )
        return publish_report(_report(reconciled))


def _report(reconciled: Reconciled) -> RunReport:
    drift = len({one.sku for one in reconciled.differences if one.field != WHOLE_LISTING})
    causes = ", ".join(f"{row['count']} {row['cause']}" for row in reconciled.by_cause())
    way = (
        "Read by the report of all listings, which shows no issues; what differs was looked up."
        if reconciled.by_report
        else "Read by searches for our SKUs; what is not ours is told by link_inventory."
    )
    return RunReport(
        flow=NAME,
        read=reconciled.read,
        planned=drift,
        effective=reconciled.read - drift,
        notes=(f"Differences: {causes or 'none'}.", way),
    )
