"""The gate over orders: only the merchant's own policy holds a paid order back."""

from __future__ import annotations

from collections.abc import Mapping

from affluent.domain.account import FulfilledBy
from affluent.domain.issue import Finding, Reason
from affluent.domain.order import AmazonOrder
from affluent.domain.order_policy import OrderPolicy
from affluent.domain.plan import Gated, Plan, sift
from affluent.orders.draft import SkuResolution


def gate_imports(
    plan: Plan, orders: Mapping[str, AmazonOrder], skus: SkuResolution, policy: OrderPolicy
) -> Gated:
    """Hold orders with lines that match nothing, where the merchant wants that."""
    if not policy.holds_unmatched:
        return sift(plan, ())
    findings = tuple(
        Finding(
            key=change.key,
            reason=Reason.UNMATCHED_SKU,
            message=f"No product of the store has the SKU {line.sku}.",
            field="sku",
            value=line.sku,
        )
        for change in plan.changes
        if orders[change.key].fulfilled_by is FulfilledBy.MERCHANT
        for line in orders[change.key].lines
        if skus.find(line.sku) is None
    )
    return sift(plan, findings)
