"""The gate over confirmations: what Amazon would refuse waits for the merchant."""

from __future__ import annotations

from collections.abc import Iterator

from affluent.domain.issue import Finding, Reason
from affluent.domain.plan import Change, Gated, Plan, sift


def gate_confirmations(plan: Plan) -> Gated:
    """Hold shipments without a tracking number, and those of which Amazon's order has nothing."""
    return sift(plan, tuple(finding for change in plan.changes for finding in _flaws(change)))


def _flaws(change: Change) -> Iterator[Finding]:
    if not change.payload["tracking_number"]:
        yield _without_tracking(change)
    if not change.payload["quantities"]:
        yield _without_units(change)


def _without_tracking(change: Change) -> Finding:
    if change.payload["shipment_id"]:
        return Finding(
            key=change.key,
            reason=Reason.NO_TRACKING,
            message="The shipment has no tracking number yet; Amazon needs one.",
            field="tracking_number",
        )
    return Finding(
        key=change.key,
        reason=Reason.NO_SHIPMENT,
        message="The order is Shipped in the store without a shipment record; Amazon needs a "
        "carrier and a tracking number.",
        field="shipments",
    )


def _without_units(change: Change) -> Finding:
    if change.payload["left_out"]:
        return Finding(
            key=change.key,
            reason=Reason.NO_UNITS_LEFT,
            message="Amazon's order has no units left for this shipment: its other packages hold "
            "all that was ordered.",
            field="items",
        )
    return Finding(
        key=change.key,
        reason=Reason.UNMATCHED_SKU,
        message="No line of the shipment belongs to a line of the Amazon order.",
        field="items",
    )
