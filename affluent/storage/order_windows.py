"""How far each window of a backfill has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields

from sqlalchemy import select
from sqlalchemy.orm import Session

from affluent.domain.order_window import OrderWindow
from affluent.storage.bulk import Values, delete_rows, upsert
from affluent.storage.order_window_tables import OrderWindowRow


class SqlOrderWindows:
    """The OrderWindows of affluent.ports.orders."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def within(self, whole: OrderWindow) -> list[OrderWindow]:
        """The windows of the same account and marketplaces inside of this one, oldest first."""
        row = OrderWindowRow
        statement = (
            select(row)
            .where(
                row.account == whole.account,
                row.marketplace_ids == ",".join(whole.marketplace_ids),
                row.since >= whole.since,
                row.until <= whole.until,
            )
            .order_by(row.since, row.until)
        )
        return [_from_row(one) for one in self._session.scalars(statement)]

    def save(self, windows: Sequence[OrderWindow]) -> None:
        """Insert or replace, in bulk."""
        upsert(self._session, OrderWindowRow, [_to_row(one) for one in windows])

    def remove(self, window: OrderWindow) -> None:
        """Forget a window that others took the place of."""
        delete_rows(self._session, OrderWindowRow, [_to_row(window)])


def _to_row(window: OrderWindow) -> Values:
    return {
        **asdict(window),
        "marketplace_ids": ",".join(window.marketplace_ids),
        "pages": list(window.pages),
    }


def _from_row(row: OrderWindowRow) -> OrderWindow:
    values = {field.name: getattr(row, field.name) for field in fields(OrderWindow)}
    ids, pages = tuple(row.marketplace_ids.split(",")), tuple(row.pages)
    return OrderWindow(**{**values, "marketplace_ids": ids, "pages": pages})
