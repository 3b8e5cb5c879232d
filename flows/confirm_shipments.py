"""Confirm the store's shipments of Amazon orders on Amazon, with carrier and tracking.

Requires: import_orders to have run; Amazon credentials with an order role.
"""

from __future__ import annotations

from prefect import flow

from affluent.domain.report import RunReport
from affluent.shipments.gate import gate_confirmations
from affluent.shipments.late import late_notes
from affluent.shipments.plan import plan_confirmations
from flows.parameters import AccountName, ConfigPath, DryRun
from flows.reports import gated_report
from tasks.artifacts import publish_gated, publish_report
from tasks.orders import read_packages_back, read_shipments, send_confirmations
from tasks.runtime import open_voyage

NAME = "confirm_shipments"


@flow(name="confirm-shipments")
def confirm_shipments(
    account: AccountName, dry_run: DryRun = False, config: ConfigPath = "affluent.yaml"
) -> RunReport:
    """Tell Amazon of every new or edited shipment, and read its packages back."""
    with open_voyage(NAME, config) as voyage:
        market = voyage.application.account(account).marketplaces[0]
        sender = voyage.sender(account, market)
        gathered = read_shipments(voyage.application, sender)
        policy = voyage.application.shipment_policy
        plan = plan_confirmations(gathered.shipped, policy, gathered.seen_carriers)
        gated = gate_confirmations(plan)
        publish_gated(NAME, gated)
        late = tuple(late_notes(gathered.unshipped, policy, sender.clock.now()))
        report = gated_report(NAME, len(gathered.shipped), gated, late)
        if dry_run:
            return publish_report(report)
        taken = send_confirmations(voyage.application, gated, gathered, sender)
        missing = read_packages_back(taken, sender)
        return publish_report(report.with_effects(voyage.effects(), missing))
