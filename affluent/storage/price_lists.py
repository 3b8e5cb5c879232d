"""The store's price lists, as far as an account names one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, and_, func, or_, select, update
from sqlalchemy.orm import Session

from affluent.domain.money import Money
from affluent.domain.price_list import PriceRecord
from affluent.storage.bulk import chunks, upsert
from affluent.storage.catalog_tables import PriceRecordRow
from affluent.storage.marks import mark_variants


class SqlPriceLists:
    """The PriceLists of affluent.ports.snapshot.

    A record that is gone stays as a row without amounts, so that `changed_at` tells of it too.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def save(
        self, price_list_id: int, currency: str, records: Sequence[PriceRecord], seen_at: datetime
    ) -> int:
        """Insert or update in bulk; answers how many records differ from what was known."""
        by_variant = {record.variant_id: record for record in records}
        known = self._known(price_list_id, currency, list(by_variant))
        changed = [
            record
            for variant_id, record in by_variant.items()
            if known.get(variant_id) != (record.price, record.sale_price)
        ]
        rows = [
            {
                "price_list_id": price_list_id,
                "currency": currency,
                "variant_id": record.variant_id,
                "price": record.price,
                "sale_price": record.sale_price,
                "changed_at": seen_at,
                "seen_at": seen_at,
            }
            for record in changed
        ]
        upsert(self._session, PriceRecordRow, rows)
        mark_variants(self._session, [record.variant_id for record in changed])
        same = by_variant.keys() - {record.variant_id for record in changed}
        self._see(price_list_id, currency, sorted(same), seen_at)
        return len(changed)

    def count(self, price_list_id: int, currency: str) -> int:
        """How many records of the list are known in this currency and not gone."""
        statement = select(func.count()).select_from(PriceRecordRow)
        return self._session.scalars(statement.where(_is_there(price_list_id, currency))).one()

    def mark_gone(
        self, price_list_id: int, currency: str, not_seen_since: datetime, at: datetime
    ) -> int:
        """Mark what a whole reading no longer found; answers how many."""
        unseen = and_(_is_there(price_list_id, currency), PriceRecordRow.seen_at < not_seen_since)
        gone = self._session.scalars(select(PriceRecordRow.variant_id).where(unseen))
        mark_variants(self._session, gone.all())
        statement = (
            update(PriceRecordRow)
            .where(unseen)
            .values(price=None, sale_price=None, changed_at=at)
            .execution_options(synchronize_session=False)
        )
        return cast(CursorResult[Any], self._session.execute(statement)).rowcount

    def prices(
        self, price_list_id: int | None, currency: str, variant_ids: Sequence[int] | None = None
    ) -> dict[int, Money]:
        """What the list asks in this currency, by variant id, whole or for some variants."""
        if price_list_id is None:
            return {}
        found = self._known(price_list_id, currency, variant_ids)
        records = [PriceRecord(one, currency, *amounts) for one, amounts in found.items()]
        return {record.variant_id: record.asked for record in records if record.asked is not None}

    def _known(
        self, price_list_id: int, currency: str, variant_ids: Sequence[int] | None
    ) -> dict[int, tuple[Decimal | None, Decimal | None]]:
        statement = select(
            PriceRecordRow.variant_id, PriceRecordRow.price, PriceRecordRow.sale_price
        ).where(_is_there(price_list_id, currency))
        statements = (
            [statement]
            if variant_ids is None
            else [
                statement.where(PriceRecordRow.variant_id.in_(chunk))
                for chunk in chunks(variant_ids)
            ]
        )
        return {
            variant_id: (price, sale_price)
            for one in statements
            for variant_id, price, sale_price in self._session.execute(one)
        }

    def _see(
        self, price_list_id: int, currency: str, variant_ids: Sequence[int], at: datetime
    ) -> None:
        for chunk in chunks(variant_ids):
            self._session.execute(
                update(PriceRecordRow)
                .where(_is_there(price_list_id, currency), PriceRecordRow.variant_id.in_(chunk))
                .values(seen_at=at)
                .execution_options(synchronize_session=False)
            )


def _is_there(price_list_id: int, currency: str) -> ColumnElement[bool]:
    return and_(
        PriceRecordRow.price_list_id == price_list_id,
        PriceRecordRow.currency == currency,
        or_(PriceRecordRow.price.is_not(None), PriceRecordRow.sale_price.is_not(None)),
    )
