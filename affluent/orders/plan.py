"""Which Amazon orders belong into the store, and which wait or stay outside: pure rules."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import replace

from affluent.domain.account import FulfilledBy
from affluent.domain.order import (
    AmazonOrder,
    AmazonOrderLine,
    OrderState,
    OrderStatus,
    RecordedLine,
    RecordedOrder,
)
from affluent.domain.plan import Change, Operation, Plan


def record_order(
    order: AmazonOrder,
    known: RecordedOrder | None,
    account: str,
    order_types: Set[FulfilledBy],
) -> RecordedOrder:
    """What we keep of an order as Amazon shows it now; what we did with it is never undone.

    What is older than what we know already changes nothing: sources overtake each other.
    """
    if known is not None and known.last_updated_at > order.last_updated_at:
        return known
    state, reason = _first_state(order, order_types)
    seen = RecordedOrder(
        account=account,
        order_id=order.order_id,
        marketplace_id=order.marketplace_id,
        status=order.status,
        fulfilled_by=order.fulfilled_by,
        state=state,
        created_at=order.created_at,
        last_updated_at=order.last_updated_at,
        lines=tuple(_line(line) for line in order.lines),
        reason=reason,
        ship_by=order.ship_by,
    )
    if known is None or known.state is OrderState.IGNORED:
        return seen
    if known.state is OrderState.OLD and state is OrderState.RECORDED:
        return replace(seen, state=known.state, reason=known.reason)
    if known.state is OrderState.WAITING and state is OrderState.RECORDED:
        return replace(seen, state=known.state, reason=known.reason)
    if known.store_order_id is not None:
        is_done = known.state is OrderState.IMPORTED and order.status is OrderStatus.SHIPPED
        return replace(
            seen,
            state=OrderState.SHIPPED if is_done else known.state,
            reason=known.reason,
            lines=tuple(_as_in_store(line, order) for line in known.lines),
            store_order_id=known.store_order_id,
        )
    return seen


def record_past_order(
    order: AmazonOrder,
    known: RecordedOrder | None,
    account: str,
    order_types: Set[FulfilledBy],
) -> RecordedOrder:
    """The same for an order that a backfill shows: what nobody knew and what is shipped is old."""
    seen = record_order(order, known, account, order_types)
    is_new = known is None and seen.state is OrderState.RECORDED
    if is_new and order.status is OrderStatus.SHIPPED:
        return replace(seen, state=OrderState.OLD, reason="shipped before it was first seen")
    return seen


def plan_imports(orders: Iterable[AmazonOrder], account: str) -> Plan:
    """One creation for each order, oldest first; the plan holds no buyer's data."""
    return Plan(
        tuple(
            Change(
                operation=Operation.CREATE_ORDER,
                account=account,
                marketplace_id=order.marketplace_id,
                key=order.order_id,
                after={
                    "status": order.status.value,
                    "lines": [{"sku": line.sku, "quantity": line.quantity} for line in order.lines],
                },
                why=f"paid on Amazon, {order.fulfilled_by}",
            )
            for order in sorted(orders, key=lambda one: (one.created_at, one.order_id))
        )
    )


def _line(line: AmazonOrderLine) -> RecordedLine:
    return RecordedLine(
        line.order_item_id, line.sku, line.quantity, cancel_requested=line.cancel_requested
    )


def _as_in_store(line: RecordedLine, order: AmazonOrder) -> RecordedLine:
    """A line as the store's order has it, with what Amazon cancelled of it since."""
    for shown in order.lines:
        if shown.order_item_id == line.order_item_id:
            cancelled = max(0, line.quantity - shown.quantity)
            return replace(line, cancelled=cancelled, cancel_requested=shown.cancel_requested)
    return line


def _first_state(order: AmazonOrder, order_types: Set[FulfilledBy]) -> tuple[OrderState, str]:
    if order.fulfilled_by not in order_types:
        wanted = " and ".join(sorted(order_types))
        return (
            OrderState.IGNORED,
            f"{order.fulfilled_by} order; this account imports {wanted}",
        )
    if order.status is OrderStatus.CANCELLED:
        return OrderState.CANCELLED, "cancelled on Amazon before it was imported"
    if not order.status.is_paid:
        return OrderState.IGNORED, f"not paid yet ({order.status})"
    return OrderState.RECORDED, ""
