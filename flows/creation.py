"""From recorded orders to orders of the store, alike in every flow that records some."""

from __future__ import annotations

from affluent.domain.report import RunReport
from affluent.orders.extract import Recorded
from affluent.orders.plan import plan_imports
from flows.reports import gated_report
from tasks.artifacts import publish_gated
from tasks.orders import check_imports, create_orders, find_skus, read_orders_back
from tasks.runtime import Voyage


def create_recorded(
    flow: str, voyage: Voyage, account: str, recorded: Recorded, dry_run: bool
) -> RunReport:
    """Plan, gate, create and read back; a dry run ends with the gate."""
    application = voyage.application
    skus = find_skus(application, account, recorded)
    plan = plan_imports(recorded.orders.values(), account)
    gated = check_imports(application, plan, recorded, skus)
    publish_gated(flow, gated)
    told = tuple(
        f"{order} waits, and Amazon does not show it any more: {words}"
        for order, words in recorded.refused.items()
    )
    report = gated_report(flow, recorded.read, gated, (*recorded.notes, *told))
    if dry_run:
        return report
    outcomes = create_orders(application, gated, recorded, skus, voyage.run)
    wrong = read_orders_back(application, outcomes)
    imported = sum(one.store_order_id is not None for one in outcomes)
    return report.with_orders(
        imported=imported - len(wrong),
        waiting=len(outcomes) - imported + len(recorded.refused),
        notes=tuple(
            f"{one.order_id}, bought {one.created_at:%Y-%m-%d %H:%M} UTC, waits: {one.reason}"
            for one in outcomes
            if one.reason
        )
        + tuple(f"{order} stands {count} times in the store" for order, count in wrong.items()),
    )
