"""The gate over confirmations: what Amazon would refuse waits for the merchant."""

from __future__ import annotations

from collections.abc import Iterator

from affluent.domain.issue import Finding, Reason
from affluent.domain.plan import Change, Gated, Plan, sift


def gate_confirmations(plan: Plan) -> Gated:
    """Hold shipments without a tracking number, and those of lines that Amazon's order lacks."""
    return sift(plan, tuple(finding for change in plan.changes for finding in _flaws(change)))


def _flaws(change: Change) -> Iterator[Finding]:
    if not change.payload["tracking_number"]:
        yield Finding(
            key=change.key,
            reason=Reason.NO_TRACKING,
            message="The shipment has no tracking number yet; Amazon needs one.",
            field="tracking_number",
        )
    if not change.payload["quantities"]:
        yield Finding(
            key=change.key,
            reason=Reason.UNMATCHED_SKU,
            message="No line of the shipment belongs to a line of the Amazon order.",
            field="items",
        )
