"""Create the orders that waited for stock, as soon as the store has it.

Requires: store credentials that may create orders; Amazon credentials with an order role for orders
that are not kept sealed.
"""

from __future__ import annotations

from prefect import flow

from affluent.domain.report import RunReport
from flows.creation import create_recorded
from flows.parameters import AccountName, ConfigPath, DryRun
from tasks.artifacts import publish_report
from tasks.orders import read_stocked
from tasks.runtime import open_voyage

NAME = "retry_orders"


@flow(name="retry-orders")
def retry_orders(
    account: AccountName, dry_run: DryRun = False, config: ConfigPath = "affluent.yaml"
) -> RunReport:
    """Ask for the stock of what waits, in one call, and create what the store can take by now."""
    with open_voyage(NAME, config) as voyage:
        application = voyage.application
        sender = voyage.sender(account, application.account(account).marketplaces[0])
        recorded = read_stocked(application, account, sender)
        return publish_report(create_recorded(NAME, voyage, account, recorded, dry_run))
