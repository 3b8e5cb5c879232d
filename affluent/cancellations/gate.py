"""The gate over cancellations: what has left is never cancelled, and Amazon is told only where the
merchant wants it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from affluent.cancellations.plan import CancelledOrder, order_id_of
from affluent.domain.account import FulfilledBy
from affluent.domain.cancellation import CancellationPolicy
from affluent.domain.issue import Finding, Reason
from affluent.domain.order import OrderStatus
from affluent.domain.plan import Change, Gated, Operation, Plan, sift
from affluent.domain.store_status import CANCELLED


def gate_cancellations(
    plan: Plan, orders: Iterable[CancelledOrder], policy: CancellationPolicy
) -> Gated:
    """Hold what would cancel a shipped order on either side, and what Amazon is not to be told."""
    by_id = {one.record.order_id: one for one in orders}
    return sift(plan, tuple(_findings(plan, by_id, policy)))


def _findings(
    plan: Plan, by_id: Mapping[str, CancelledOrder], policy: CancellationPolicy
) -> Iterator[Finding]:
    for change in plan.changes:
        one = by_id[order_id_of(change.key)]
        if change.operation is Operation.ACKNOWLEDGE_ORDER:
            yield from _not_for_amazon(change, one, policy)
        elif change.payload["status_id"] is not None and one.is_shipped_in_store:
            yield shipped_in_store(change.key)


def shipped_in_store(key: str) -> Finding:
    """Amazon cancelled what the store has sent."""
    return Finding(
        key=key,
        reason=Reason.SHIPPED_IN_STORE,
        message="Amazon shows the order as cancelled, but the store has shipped it.",
        field="status_id",
        value=str(CANCELLED),
    )


def _not_for_amazon(
    change: Change, one: CancelledOrder, policy: CancellationPolicy
) -> Iterator[Finding]:
    record = one.record
    if record.fulfilled_by is FulfilledBy.AMAZON:
        why = "it is shipped by Amazon, and only Amazon or the buyer can cancel it."
        yield _finding(change, Reason.NOT_CANCELLABLE, why)
    elif record.status is not OrderStatus.UNSHIPPED:
        why = f"Amazon shows it as {record.status}, and cancels no such order."
        yield _finding(change, Reason.NOT_CANCELLABLE, why)
    elif one.has_left:
        why = "a shipment of it exists, and Amazon would give all of it back."
        yield _finding(change, Reason.NOT_CANCELLABLE, why)
    elif not policy.to_amazon:
        why = "Amazon is not told, since cancellations.to_amazon is off."
        yield _finding(change, Reason.AMAZON_NOT_TOLD, why)


def _finding(change: Change, reason: Reason, why: str) -> Finding:
    return Finding(
        key=change.key,
        reason=reason,
        message=f"The order was cancelled in the store; {why}",
        field="status",
    )
