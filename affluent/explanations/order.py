"""What we know of one Amazon order: where it stands, why, and its timeline. No buyer's data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from affluent.domain.account import FulfilledBy
from affluent.domain.effect import LogEntry
from affluent.domain.order import OrderState, OrderStatus, RecordedLine, RecordedOrder
from affluent.explanations.places import country_of
from affluent.explanations.reasons import ExplainedReason, explain_reasons
from affluent.ports.storage import UnitOfWork


@dataclass(frozen=True, slots=True)
class OrderExplanation:
    """One order of one account; the timeline is oldest first."""

    order_id: str
    account: str
    marketplace: str
    status: OrderStatus
    state: OrderState
    fulfilled_by: FulfilledBy
    created_at: datetime
    ship_by: datetime | None
    store_order_id: int | None
    lines: tuple[RecordedLine, ...]
    reasons: tuple[ExplainedReason, ...]
    timeline: tuple[LogEntry, ...]


def explain_order(order_id: str, work: UnitOfWork) -> tuple[OrderExplanation, ...]:
    """The order in every account that has it; empty where none does."""
    return tuple(_explain(order, work) for order in work.orders.by_id(order_id))


def _explain(order: RecordedOrder, work: UnitOfWork) -> OrderExplanation:
    return OrderExplanation(
        order_id=order.order_id,
        account=order.account,
        marketplace=country_of(order.marketplace_id),
        status=order.status,
        state=order.state,
        fulfilled_by=order.fulfilled_by,
        created_at=order.created_at,
        ship_by=order.ship_by,
        store_order_id=order.store_order_id,
        lines=order.lines,
        reasons=explain_reasons([order.reason] if order.reason else []),
        timeline=tuple(
            entry for entry in work.ledger.log(order.order_id) if entry.account == order.account
        ),
    )
