"""What the sellers have on Amazon, as last downloaded.

Rows of a million items are read column by column: whole mapped objects would take thrice the time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, case, func, select, update
from sqlalchemy.orm import Session

from affluent.domain.fulfilment import FulfilmentChannel
from affluent.domain.inventory import REPORTS_THAT_END, InventoryItem, LinkState
from affluent.domain.listing import TAKEN
from affluent.domain.money import Money
from affluent.ports.inventory import InventoryQuery, KnownLink
from affluent.storage.bulk import Values, chunks, table_of, upsert
from affluent.storage.inventory_tables import InventoryRow
from affluent.storage.tables import ListingRow

_COLUMNS: Final = table_of(InventoryRow).columns


class SqlInventory:
    """The Inventory of affluent.ports.inventory."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def save(self, items: Sequence[InventoryItem]) -> None:
        """Insert or replace in bulk, by account, marketplace and SKU."""
        upsert(self._session, InventoryRow, [_to_row(item) for item in items])

    def named(
        self, account: str, marketplace_id: str, skus: Sequence[str]
    ) -> dict[str, InventoryItem]:
        """The items of these SKUs, by SKU."""
        here = select(*_COLUMNS).where(*_here(account, marketplace_id))
        return {
            item.sku: item
            for chunk in chunks(skus)
            for item in self._items(here.where(InventoryRow.sku.in_(chunk)))
        }

    def links(self, account: str, marketplace_id: str, skus: Sequence[str]) -> dict[str, KnownLink]:
        """The listings of these SKUs that are sent or linked, by SKU."""
        taken = select(ListingRow.sku, ListingRow.store_sku, ListingRow.channel).where(
            ListingRow.account == account,
            ListingRow.marketplace_id == marketplace_id,
            ListingRow.status.in_(TAKEN),
        )
        return {
            sku: KnownLink(store_sku, channel)
            for chunk in chunks(skus)
            for sku, store_sku, channel in self._session.execute(
                taken.where(ListingRow.sku.in_(chunk))
            ).tuples()
        }

    def present(
        self, account: str, marketplace_id: str, size: int
    ) -> Iterator[list[tuple[str, int]]]:
        """Every SKU that has not ended, with its missed reports, so many at a time."""
        there = select(InventoryRow.sku, InventoryRow.missed).where(
            *_here(account, marketplace_id), _is_present()
        )
        for rows in self._pieces(there, size):
            yield [(row.sku, row.missed) for row in rows]

    def count_present(self, account: str, marketplace_id: str) -> int:
        """How many items have not ended."""
        statement = select(func.count()).where(*_here(account, marketplace_id), _is_present())
        return self._session.scalars(statement).one()

    def miss(
        self, account: str, marketplace_id: str, skus: Sequence[str], last_seen: datetime
    ) -> None:
        """Count one more report that lacked these SKUs."""
        seen = case((InventoryRow.missed == 0, last_seen), else_=InventoryRow.seen_at)
        for chunk in chunks(skus):
            self._session.execute(
                update(InventoryRow)
                .where(*_here(account, marketplace_id), InventoryRow.sku.in_(chunk))
                .values(missed=InventoryRow.missed + 1, seen_at=seen)
                .execution_options(synchronize_session=False)
            )

    def places_of(self, sku: str) -> list[InventoryItem]:
        """The items of one of Amazon's SKUs, wherever they are."""
        found = self._items(select(*_COLUMNS).where(InventoryRow.sku == sku))
        return sorted(found, key=lambda item: (item.account, item.marketplace_id))

    def count(
        self, account: str, marketplace_id: str
    ) -> Mapping[tuple[LinkState, FulfilmentChannel], int]:
        """How many items are in each state and channel."""
        kind = (InventoryRow.state, InventoryRow.channel)
        statement = (
            select(*kind, func.count()).where(*_here(account, marketplace_id)).group_by(*kind)
        )
        counted = self._session.execute(statement).tuples()
        return {(state, channel): count for state, channel, count in counted}

    def find(self, query: InventoryQuery, size: int) -> Iterator[list[InventoryItem]]:
        """The items that a query asks for, in the database's own order of SKUs, in pieces."""
        wanted = select(*_COLUMNS).where(*_here(query.account, query.marketplace_id))
        if query.states:
            wanted = wanted.where(InventoryRow.state.in_(query.states))
        if query.channels:
            wanted = wanted.where(InventoryRow.channel.in_(query.channels))
        for rows in self._pieces(wanted, size):
            yield list(map(_from_row, rows))

    def _items(self, statement: Select[Any]) -> Iterator[InventoryItem]:
        return map(_from_row, self._session.execute(statement))

    def _pieces(self, statement: Select[Any], size: int) -> Iterator[Sequence[Row[Any]]]:
        """By the key and not by a cursor, which no commit in between would outlive."""
        ordered = statement.order_by(InventoryRow.sku).limit(size)
        rows = self._session.execute(ordered).all()
        while rows:
            yield rows
            after = InventoryRow.sku > rows[-1].sku
            rows = self._session.execute(ordered.where(after)).all()


def _here(account: str, marketplace_id: str) -> list[ColumnElement[bool]]:
    return [InventoryRow.account == account, InventoryRow.marketplace_id == marketplace_id]


def _is_present() -> ColumnElement[bool]:
    return InventoryRow.missed < REPORTS_THAT_END


def _to_row(item: InventoryItem) -> Values:
    return {
        "account": item.account,
        "marketplace_id": item.marketplace_id,
        "sku": item.sku,
        "asin": item.asin,
        "title": item.title,
        "price_amount": item.price.amount if item.price else None,
        "price_currency": item.price.currency if item.price else None,
        "quantity": item.quantity,
        "channel": item.channel,
        "channel_code": item.channel_code,
        "status": item.status,
        "barcode": item.barcode,
        "seen_at": item.seen_at,
        "state": item.state,
        "reason": item.reason,
        "store_sku": item.store_sku,
        "missed": item.missed,
    }


def _from_row(row: Row[Any]) -> InventoryItem:
    return InventoryItem(
        account=row.account,
        marketplace_id=row.marketplace_id,
        sku=row.sku,
        asin=row.asin,
        title=row.title,
        price=_price(row.price_amount, row.price_currency),
        quantity=row.quantity,
        channel=row.channel,
        channel_code=row.channel_code,
        status=row.status,
        barcode=row.barcode,
        seen_at=row.seen_at,
        state=row.state,
        reason=row.reason,
        store_sku=row.store_sku,
        missed=row.missed,
    )


def _price(amount: Decimal | None, currency: str | None) -> Money | None:
    return None if amount is None or currency is None else Money(amount, currency)
