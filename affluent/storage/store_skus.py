"""The SKUs of the store's variants, read column by column: a million of them pass through here."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Final

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from affluent.domain.inventory import StoreSku
from affluent.domain.money import Money
from affluent.storage.bulk import chunks
from affluent.storage.catalog_tables import VariantRow

_THERE: Final = (
    select(
        VariantRow.variant_id,
        VariantRow.product_id,
        VariantRow.sku,
        VariantRow.brand,
        VariantRow.barcode,
        VariantRow.price_amount,
        VariantRow.price_currency,
        VariantRow.quantity,
        VariantRow.category_ids,
        VariantRow.custom_fields,
        VariantRow.is_visible,
    )
    .where(VariantRow.gone_at.is_(None))
    .order_by(VariantRow.variant_id)
)


class SqlStoreSkus:
    """The StoreSkus of affluent.ports.inventory."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def named(self, skus: Collection[str]) -> dict[str, list[StoreSku]]:
        """The variants of these SKUs, by SKU; of each the oldest first."""
        found: dict[str, list[StoreSku]] = {}
        for chunk in chunks(sorted(skus)):
            for row in self._session.execute(_THERE.where(VariantRow.sku.in_(chunk))):
                found.setdefault(row.sku, []).append(_from_row(row))
        return found

    def with_ids(self, variant_ids: Collection[int]) -> dict[int, StoreSku]:
        """The variants of these ids."""
        return {
            row.variant_id: _from_row(row)
            for chunk in chunks(sorted(variant_ids))
            for row in self._session.execute(_THERE.where(VariantRow.variant_id.in_(chunk)))
        }

    def slices(self, size: int) -> Iterator[list[tuple[str, str]]]:
        """Every SKU with its barcode, so many at a time."""
        ordered = (
            select(VariantRow.variant_id, VariantRow.sku, VariantRow.barcode)
            .where(VariantRow.gone_at.is_(None))
            .order_by(VariantRow.variant_id)
            .limit(size)
        )
        rows = self._session.execute(ordered).all()
        while rows:
            yield [(row.sku, row.barcode) for row in rows]
            after = VariantRow.variant_id > rows[-1].variant_id
            rows = self._session.execute(ordered.where(after)).all()


def _from_row(row: Row[Any]) -> StoreSku:
    return StoreSku(
        variant_id=row.variant_id,
        product_id=row.product_id,
        sku=row.sku,
        brand=row.brand,
        barcode=row.barcode,
        price=Money(row.price_amount, row.price_currency),
        quantity=row.quantity,
        category_ids=tuple(row.category_ids),
        custom_fields=row.custom_fields,
        is_visible=row.is_visible,
    )
