"""Import an account's paid Amazon orders into the store, each exactly once.

Requires: Amazon credentials with an order role; store credentials that may create orders.
"""

from __future__ import annotations

from collections import Counter

from prefect import flow

from affluent.domain.order import OrderState
from affluent.domain.report import RunReport
from affluent.orders.plan import plan_imports
from flows.parameters import AccountName, ConfigPath, DryRun
from flows.reports import gated_report
from tasks.artifacts import publish_gated, publish_link, publish_report
from tasks.orders import check_imports, create_orders, find_skus, read_orders, read_orders_back
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
        skus = find_skus(application, account, recorded)
        plan = plan_imports(recorded.orders.values(), account)
        gated = check_imports(application, plan, recorded, skus)
        publish_gated(NAME, gated)
        publish_link(NAME, market, "orders-v3", "The account's orders on Amazon")
        report = gated_report(NAME, recorded.read, gated)
        if dry_run:
            return publish_report(report)
        outcomes = create_orders(application, gated, recorded, skus, voyage.run)
        wrong = read_orders_back(application, outcomes)
        states = Counter(one.state for one in outcomes)
        return publish_report(
            report.with_orders(
                imported=states[OrderState.IMPORTED] - len(wrong),
                waiting=states[OrderState.WAITING],
                notes=tuple(f"{one.order_id} waits: {one.reason}" for one in outcomes if one.reason)
                + tuple(
                    f"{order} stands {count} times in the store" for order, count in wrong.items()
                ),
            )
        )
