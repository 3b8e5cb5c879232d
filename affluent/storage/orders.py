"""The Amazon orders that we have recorded."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, and_, func, or_, select, update
from sqlalchemy.orm import Session

from affluent.domain.order import (
    TO_CREATE,
    OrderState,
    OrderStatus,
    RecordedLine,
    RecordedOrder,
)
from affluent.domain.reservation import reserved_units
from affluent.storage.bulk import Values, chunks, upsert
from affluent.storage.catalog_tables import VariantRow
from affluent.storage.due_offers import sold_variant
from affluent.storage.tables import ListingRow, OrderRow


class SqlOrders:
    """The Orders of affluent.ports.orders."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def save(self, orders: Sequence[RecordedOrder], at: datetime) -> None:
        """Insert or update in bulk; never forgets a store_order_id, nor what Amazon showed later
        than these orders."""
        rows = [_to_row(order, at) for order in orders]
        newest = "last_updated_at"
        upsert(self._session, OrderRow, rows, lasting={"store_order_id"}, newest=newest)

    def enter_store(self, order: RecordedOrder) -> bool:
        """Note the store_order_id; True where none was known yet, to one worker and once."""
        statement = (
            update(OrderRow)
            .where(
                OrderRow.account == order.account,
                OrderRow.order_id == order.order_id,
                OrderRow.store_order_id.is_(None),
            )
            .values(store_order_id=order.store_order_id)
            .execution_options(synchronize_session=False)
        )
        return cast(CursorResult[Any], self._session.execute(statement)).rowcount == 1

    def get(self, account: str, order_id: str) -> RecordedOrder | None:
        """One order."""
        statement = select(OrderRow).where(
            OrderRow.account == account, OrderRow.order_id == order_id
        )
        row = self._session.scalars(statement).one_or_none()
        return order_from(row) if row else None

    def in_states(self, account: str, states: Iterable[OrderState]) -> list[RecordedOrder]:
        """The account's orders in any of these states, oldest first."""
        statement = (
            select(OrderRow)
            .where(OrderRow.account == account, OrderRow.state.in_(list(states)))
            .order_by(OrderRow.created_at, OrderRow.order_id)
        )
        return [order_from(row) for row in self._session.scalars(statement)]

    def reserved(
        self,
        sku_mappings: Mapping[str, Mapping[str, str]],
        unpaid_since: datetime | None = None,
    ) -> dict[str, int]:
        """Units, by the store's SKU of now, of the orders of every account that the store does not
        know of yet; of the unpaid ones, those bought since then."""
        statement = select(OrderRow).where(
            or_(
                OrderRow.state.in_(TO_CREATE),
                and_(OrderRow.state == OrderState.IGNORED, OrderRow.status == OrderStatus.PENDING),
            )
        )
        orders: dict[str, list[RecordedOrder]] = defaultdict(list)
        for row in self._session.scalars(statement):
            orders[row.account].append(order_from(row))
        reserved: Counter[str] = Counter()
        for account, ones in orders.items():
            skus = sorted({line.sku for one in ones for line in one.lines})
            # A link outlives the pair of SKUs that it was made by.
            store_skus = {**sku_mappings.get(account, {}), **self._sold_as(account, skus)}
            reserved.update(reserved_units(ones, store_skus, unpaid_since))
        return dict(reserved)

    def _sold_as(self, account: str, skus: Sequence[str]) -> dict[str, str]:
        """The store's SKU of what the account sells as these SKUs."""
        return {
            sku: store_sku
            for chunk in chunks(skus)
            for sku, store_sku in self._session.execute(
                select(ListingRow.sku, func.coalesce(VariantRow.sku, ListingRow.store_sku))
                .outerjoin(VariantRow, VariantRow.variant_id == sold_variant())
                .where(ListingRow.account == account, ListingRow.sku.in_(chunk))
            )
            if store_sku
        }

    def named(self, account: str, order_ids: Sequence[str]) -> dict[str, RecordedOrder]:
        """The account's orders of these ids that are known, asked for in bulk."""
        return {
            row.order_id: order_from(row)
            for some in chunks(order_ids)
            for row in self._session.scalars(
                select(OrderRow).where(OrderRow.account == account, OrderRow.order_id.in_(some))
            )
        }

    def updated_since(self, account: str, since: datetime) -> list[RecordedOrder]:
        """The account's orders that Amazon updated since then, oldest update first."""
        statement = (
            select(OrderRow)
            .where(OrderRow.account == account, OrderRow.last_updated_at >= since)
            .order_by(OrderRow.last_updated_at, OrderRow.order_id)
        )
        return [order_from(row) for row in self._session.scalars(statement)]

    def count_bought_since(self, account: str, since: datetime) -> int:
        """How many of the account's orders that we know were bought since then."""
        statement = select(func.count()).where(
            OrderRow.account == account, OrderRow.created_at >= since
        )
        return self._session.scalars(statement).one()

    def by_id(self, order_id: str) -> list[RecordedOrder]:
        """The orders with this Amazon order id, whatever the account."""
        statement = select(OrderRow).where(OrderRow.order_id == order_id)
        return sorted(
            map(order_from, self._session.scalars(statement)), key=lambda row: row.account
        )


def _to_row(order: RecordedOrder, at: datetime) -> Values:
    return {
        "account": order.account,
        "order_id": order.order_id,
        "marketplace_id": order.marketplace_id,
        "status": order.status,
        "fulfilled_by": order.fulfilled_by,
        "state": order.state,
        "created_at": order.created_at,
        "last_updated_at": order.last_updated_at,
        "lines": [asdict(line) for line in order.lines],
        "store_order_id": order.store_order_id,
        "reason": order.reason,
        "ship_by": order.ship_by,
        "saved_at": at,
        "has_cancellations": any(line.cancelled or line.cancel_requested for line in order.lines),
    }


def order_from(row: OrderRow) -> RecordedOrder:
    """The order of a row."""
    return RecordedOrder(
        account=row.account,
        order_id=row.order_id,
        marketplace_id=row.marketplace_id,
        status=row.status,
        fulfilled_by=row.fulfilled_by,
        state=row.state,
        created_at=row.created_at,
        last_updated_at=row.last_updated_at,
        lines=tuple(RecordedLine(**line) for line in row.lines),
        store_order_id=row.store_order_id,
        reason=row.reason,
        ship_by=row.ship_by,
    )
