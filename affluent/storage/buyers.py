"""Buyers' data at rest: sealed rows, and the erasing of those that were removed."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import asdict
from datetime import datetime
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Engine,
    and_,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.orm import Session

from affluent.domain.order import OrderState
from affluent.domain.safekeeping import Holding, SealedOrder
from affluent.storage.bulk import chunks, table_of, upsert
from affluent.storage.buyer_tables import BuyerRow
from affluent.storage.columns import POSTGRESQL
from affluent.storage.tables import OrderRow


class SqlKeptBuyers:
    """The KeptBuyers of affluent.ports.safekeeping."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def save(self, orders: Sequence[SealedOrder]) -> None:
        """Insert or replace in bulk."""
        upsert(self._session, BuyerRow, [asdict(order) for order in orders])

    def of(self, account: str, order_ids: Sequence[str]) -> dict[str, SealedOrder]:
        """Those of these orders that are kept, by order id."""
        return {
            row.order_id: _from_row(row)
            for some in chunks(order_ids)
            for row in self._session.scalars(
                select(BuyerRow).where(BuyerRow.account == account, BuyerRow.order_id.in_(some))
            )
        }

    def forget(self, account: str, order_ids: Sequence[str]) -> None:
        """Remove these orders, in bulk."""
        for some in chunks(order_ids):
            self._delete(and_(BuyerRow.account == account, BuyerRow.order_id.in_(some)))

    def forget_order(self, order_id: str) -> int:
        """Remove one order, whatever the account."""
        return self._delete(BuyerRow.order_id == order_id)

    def sealed_otherwise(self, key_id: str, after: tuple[str, str], size: int) -> list[SealedOrder]:
        """The next so many orders that another key has sealed."""
        place = tuple_(BuyerRow.account, BuyerRow.order_id)
        statement = (
            select(BuyerRow)
            .where(BuyerRow.key_id != key_id, place > after)
            .order_by(BuyerRow.account, BuyerRow.order_id)
            .limit(size)
        )
        return [_from_row(row) for row in self._session.scalars(statement)]

    def reseal(self, orders: Sequence[tuple[SealedOrder, SealedOrder]]) -> int:
        """Put each second in the place of its first, unless somebody has touched that."""
        statement = (
            update(table_of(BuyerRow))
            .where(
                BuyerRow.account == bindparam("of_account"),
                BuyerRow.order_id == bindparam("of_order"),
                BuyerRow.content == bindparam("before"),
            )
            .values(key_id=bindparam("by_key"), content=bindparam("after"))
        )
        rows = [
            {
                "of_account": before.account,
                "of_order": before.order_id,
                "before": before.content,
                "by_key": after.key_id,
                "after": after.content,
            }
            for before, after in orders
        ]
        if not rows:
            return 0
        done = self._session.execute(statement, rows)
        return cast(CursorResult[Any], done).rowcount

    def count_overdue(self, counted_before: datetime, wanted: Set[OrderState]) -> int:
        """How many rows `purge` would remove."""
        statement = select(func.count()).where(_overdue(counted_before, wanted))
        return self._session.scalars(statement.select_from(BuyerRow)).one()

    def purge(self, counted_before: datetime, wanted: Set[OrderState]) -> int:
        """Remove what is past its time, and what no order needs any more."""
        return self._delete(_overdue(counted_before, wanted))

    def holdings(self) -> list[Holding]:
        """What is kept, by account and key."""
        statement = (
            select(
                BuyerRow.account,
                BuyerRow.key_id,
                func.count(),
                func.min(BuyerRow.stored_at),
                func.min(BuyerRow.counted_from),
                func.max(BuyerRow.counted_from),
            )
            .group_by(BuyerRow.account, BuyerRow.key_id)
            .order_by(BuyerRow.account, BuyerRow.key_id)
        )
        return [Holding(*row) for row in self._session.execute(statement)]

    def handed_over(self) -> dict[str, int]:
        """How many orders stand in the store, by account."""
        statement = (
            select(OrderRow.account, func.count().label("orders"))
            .where(OrderRow.store_order_id.is_not(None))
            .group_by(OrderRow.account)
            .order_by(OrderRow.account)
        )
        return {row.account: row.orders for row in self._session.execute(statement)}

    def _delete(self, condition: ColumnElement[bool]) -> int:
        statement = delete(BuyerRow).where(condition).execution_options(synchronize_session=False)
        return cast(CursorResult[Any], self._session.execute(statement)).rowcount


class SqlEraser:
    """The Eraser of affluent.ports.safekeeping.

    SQLite overwrites removed rows itself (secure_delete), but for what lies in the -wal file.
    PostgreSQL leaves them in their pages; the table is small, so it is written anew.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def erase(self) -> bool:
        """Leave no byte of removed rows in the database's own files."""
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            if self._engine.dialect.name == POSTGRESQL:
                connection.execute(text("VACUUM (FULL) buyers"))
                return True
            is_busy = connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).first()
            return is_busy is not None and not is_busy[0]


def _overdue(counted_before: datetime, wanted: Set[OrderState]) -> ColumnElement[bool]:
    is_wanted = exists().where(
        OrderRow.account == BuyerRow.account,
        OrderRow.order_id == BuyerRow.order_id,
        OrderRow.state.in_(list(wanted)),
    )
    return or_(BuyerRow.counted_from <= counted_before, ~is_wanted)


def _from_row(row: BuyerRow) -> SealedOrder:
    return SealedOrder(
        account=row.account,
        order_id=row.order_id,
        key_id=row.key_id,
        content=row.content,
        stored_at=row.stored_at,
        counted_from=row.counted_from,
    )
