"""Hold the three sources of an account's orders against each other, and import what was lost.

Requires: Amazon credentials with an order role; store credentials that may create orders.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from prefect import flow
from pydantic import Field

from affluent.domain.report import RunReport
from flows.creation import create_recorded
from flows.parameters import AccountName, ConfigPath, DryRun
from tasks.artifacts import publish_report, publish_rows
from tasks.orders import read_gaps, sweep
from tasks.runtime import open_voyage

NAME = "reconcile_orders"

Days = Annotated[
    int,
    Field(ge=1, le=90, json_schema_extra={"description": "How many days are searched again."}),
]


@flow(name="reconcile-orders")
def reconcile_orders(
    account: AccountName,
    days: Days = 30,
    dry_run: DryRun = False,
    config: ConfigPath = "affluent.yaml",
) -> RunReport:
    """Search everything again, import what no source had shown, and name what each one lacks."""
    back = timedelta(days=days)
    with open_voyage(NAME, config) as voyage:
        market = voyage.application.account(account).marketplaces[0]
        sender = voyage.sender(account, market)
        recorded = sweep(voyage.application, account, sender, back)
        gaps = read_gaps(account, sender, back)
        publish_rows(
            NAME,
            "gaps",
            [
                {
                    "order": gap.order_id,
                    "status": gap.status.value,
                    "missing from": gap.missing_from.value,
                    "repaired by": gap.repaired_by.value,
                    "since": gap.since.isoformat(timespec="seconds"),
                }
                for gap in gaps
            ],
            "What one source lacks and another one showed",
        )
        report = create_recorded(NAME, voyage, account, recorded, dry_run)
        now = sender.clock.now()
        return publish_report(report.noting(*(gap.told(now) for gap in gaps)))
