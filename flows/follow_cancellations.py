"""Follow cancellations and refunds from either side to the other.

Requires: import_orders to have run; store credentials that may change orders.
"""

from __future__ import annotations

from prefect import flow

from affluent.cancellations.gate import gate_cancellations
from affluent.cancellations.plan import plan_cancellations
from affluent.domain.report import RunReport
from flows.parameters import AccountName, ConfigPath, DryRun
from flows.reports import gated_report
from tasks.artifacts import publish_gated, publish_report
from tasks.cancellations import follow, read_back, read_cancellations
from tasks.runtime import open_voyage

NAME = "follow_cancellations"


@flow(name="follow-cancellations")
def follow_cancellations(
    account: AccountName, dry_run: DryRun = False, config: ConfigPath = "affluent.yaml"
) -> RunReport:
    """Cancel or flag in the store what is cancelled on Amazon, and the other way where wanted."""
    with open_voyage(NAME, config) as voyage:
        market = voyage.application.account(account).marketplaces[0]
        sender = voyage.sender(account, market)
        gathered = read_cancellations(voyage.application, sender)
        policy = voyage.application.cancellation_policy
        plan = plan_cancellations(gathered.orders, policy)
        gated = gate_cancellations(plan, gathered.orders, policy)
        publish_gated(NAME, gated)
        report = gated_report(NAME, len(gathered.orders), gated)
        if dry_run:
            return publish_report(report)
        follow(voyage.application, gated, gathered, sender)
        waiting = read_back(voyage.application, sender)
        return publish_report(report.with_effects(voyage.effects(), waiting))
