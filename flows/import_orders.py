"""Import an account's paid Amazon orders into the store, each exactly once.

Requires: Amazon credentials with an order role; store credentials that may create orders.
"""

from __future__ import annotations

from prefect import flow

from affluent.domain.report import RunReport
from flows.creation import create_recorded
from flows.parameters import AccountName, ConfigPath, DryRun
from tasks.artifacts import publish_link, publish_report
from tasks.orders import read_orders
from tasks.runtime import open_voyage

NAME = "import_orders"


@flow(name="import-orders")
def import_orders(
    account: AccountName, dry_run: DryRun = False, config: ConfigPath = "affluent.yaml"
) -> RunReport:
    """Record what Amazon shows, then create what is paid and not in the store yet."""
    with open_voyage(NAME, config) as voyage:
        application = voyage.application
        market = application.account(account).marketplaces[0]
        recorded = read_orders(application, account, voyage.sender(account, market))
        publish_link(NAME, market, "orders-v3", "The account's orders on Amazon")
        return publish_report(create_recorded(NAME, voyage, account, recorded, dry_run))
