"""What a merchant gave for single SKUs: SKU pairs, ASINs, overrides and endings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Generic, TypeVar

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from affluent.domain.ending import Ending
from affluent.domain.given import GivenAsin, GivenOverride
from affluent.domain.offer.override import OfferOverride
from affluent.domain.sku_mapping import SkuPair
from affluent.storage.bulk import Values, delete_rows, upsert
from affluent.storage.marks import mark_variants
from affluent.storage.schema import Base
from affluent.storage.selling_tables import EndingRow, GivenAsinRow, OverrideRow, SkuMappingRow

Item = TypeVar("Item")
Row = TypeVar("Row", bound=Base)


class SqlGiven(Generic[Item, Row]):
    """The Given of affluent.ports.selling, in the table of one row class."""

    def __init__(
        self,
        session: Session,
        model: type[Row],
        to_row: Callable[[Item], Values],
        from_row: Callable[[Row], Item],
    ) -> None:
        self._session = session
        self._model = model
        self._to_row = to_row
        self._from_row = from_row

    def save(self, items: Sequence[Item], at: datetime) -> None:
        """Insert or replace in bulk, by key."""
        upsert(self._session, self._model, [self._to_row(item) | {"at": at} for item in items])

    def remove(self, items: Sequence[Item]) -> None:
        """Forget what is kept by the keys of these, in bulk."""
        delete_rows(self._session, self._model, [self._to_row(item) for item in items])

    def all(self) -> list[Item]:
        """Every value, by key."""
        keys = [column.name for column in inspect(self._model).primary_key]
        rows = self._session.scalars(select(self._model))
        # The databases sort text in different ways, so it is sorted here.
        ordered = sorted(rows, key=lambda row: [getattr(row, name) for name in keys])
        return [self._from_row(row) for row in ordered]


class SqlOverrides(SqlGiven[GivenOverride, OverrideRow]):
    """Overrides; what they are given for, or taken from, is due."""

    def save(self, items: Sequence[GivenOverride], at: datetime) -> None:
        """Insert or replace in bulk, by key."""
        super().save(items, at)
        self._mark(items)

    def remove(self, items: Sequence[GivenOverride]) -> None:
        """Forget what is kept by the keys of these, in bulk."""
        super().remove(items)
        self._mark(items)

    def _mark(self, items: Sequence[GivenOverride]) -> None:
        mark_variants(self._session, skus=[item.store_sku for item in items])


def sku_mappings(session: Session) -> SqlGiven[SkuPair, SkuMappingRow]:
    """SKU pairs, by account and Amazon's SKU."""
    return SqlGiven(session, SkuMappingRow, asdict, _sku_pair)


def asins(session: Session) -> SqlGiven[GivenAsin, GivenAsinRow]:
    """ASINs, by account, marketplace and SKU of the store."""
    return SqlGiven(session, GivenAsinRow, asdict, _asin)


def overrides(session: Session) -> SqlOverrides:
    """Overrides, by selling list and SKU of the store."""
    return SqlOverrides(session, OverrideRow, _override_values, _override)


def endings(session: Session) -> SqlGiven[Ending, EndingRow]:
    """Decisions to end listings, by account, marketplace and SKU."""
    return SqlGiven(session, EndingRow, asdict, _ending)


def _sku_pair(row: SkuMappingRow) -> SkuPair:
    return SkuPair(row.amazon_sku, row.store_sku, row.account, row.source)


def _asin(row: GivenAsinRow) -> GivenAsin:
    return GivenAsin(row.account, row.marketplace_id, row.store_sku, row.asin, row.source)


def _ending(row: EndingRow) -> Ending:
    return Ending(row.account, row.marketplace_id, row.sku, row.way, row.why, row.relisting)


def _override_values(given: GivenOverride) -> Values:
    values = asdict(given)
    override: Values = values.pop("override")
    return override | values


def _override(row: OverrideRow) -> GivenOverride:
    override = OfferOverride(row.price, row.quantity, row.lead_time_days, row.floor, row.ceiling)
    return GivenOverride(row.selling_list, row.store_sku, override, row.source)
