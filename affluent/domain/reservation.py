"""Units that Amazon has sold and that the store does not know of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from affluent.domain.account import FulfilledBy
from affluent.domain.order import TO_CREATE, OrderState, OrderStatus, RecordedOrder


def reserved_units(
    orders: Iterable[RecordedOrder],
    sku_mapping: Mapping[str, str],
    unpaid_since: datetime | None = None,
) -> dict[str, int]:
    """Units, by store SKU, that are sold on Amazon though the store does not know of it yet.

    The store still counts them as stock; Amazon no longer does. To offer them again would sell
    them twice. An unpaid order counts if it was bought after `unpaid_since`, where that is given.
    """
    reserved: dict[str, int] = {}
    for order in orders:
        is_ours = order.fulfilled_by is FulfilledBy.MERCHANT
        if is_ours and _is_unknown_to_store(order, unpaid_since):
            for line in order.lines:
                sku = sku_mapping.get(line.sku, line.sku)
                reserved[sku] = reserved.get(sku, 0) + line.quantity
    return reserved


def _is_unknown_to_store(order: RecordedOrder, unpaid_since: datetime | None) -> bool:
    if order.state is OrderState.IGNORED and order.status is OrderStatus.PENDING:
        return unpaid_since is None or order.created_at > unpaid_since
    return order.state in TO_CREATE
