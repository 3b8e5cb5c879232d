"""The snapshot of the store's catalog."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, case, func, select, update
from sqlalchemy.orm import Session

from affluent.domain.money import Money
from affluent.domain.product import Size, Variant
from affluent.storage.bulk import Values, chunks, upsert
from affluent.storage.catalog_tables import VariantRow
from affluent.storage.columns import to_json


class SqlVariants:
    """The Variants of affluent.ports.storage."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def save(self, variants: Sequence[Variant], seen_at: datetime) -> int:
        """Insert or update in bulk; answers how many rows differ from what was known.

        A variant that was gone and is back differs.
        """
        rows = {variant.variant_id: _to_row(variant, seen_at) for variant in variants}
        known = self._known_hashes(list(rows))
        changed = [row for key, row in rows.items() if known.get(key) != row["content_hash"]]
        upsert(self._session, VariantRow, changed)
        changed_ids = {row["variant_id"] for row in changed}
        self._see([key for key in rows if key not in changed_ids], seen_at)
        return len(changed)

    def count(self) -> int:
        """How many variants are known and not gone."""
        return self._session.scalars(
            select(func.count()).select_from(VariantRow).where(_is_there())
        ).one()

    def mark_gone(self, not_seen_since: datetime, at: datetime) -> int:
        """Mark what a full extraction no longer found; answers how many."""
        statement = (
            update(VariantRow)
            .where(_is_there(), VariantRow.seen_at < not_seen_since)
            .values(gone_at=at, changed_at=at)
            .execution_options(synchronize_session=False)
        )
        return cast(CursorResult[Any], self._session.execute(statement)).rowcount

    def take(self, units: Mapping[str, int], at: datetime) -> None:
        """Lower the known stock by units that an order of ours has taken, by SKU."""
        for sku, taken in units.items():
            left = VariantRow.quantity - taken
            self._session.execute(
                update(VariantRow)
                .where(VariantRow.sku == sku, VariantRow.quantity.is_not(None))
                # Without a hash, the next extraction writes what the store says.
                .values(quantity=case((left > 0, left), else_=0), content_hash="", changed_at=at)
                .execution_options(synchronize_session=False)
            )

    def all(self) -> list[Variant]:
        """Every variant that is known and not gone, by product and variant id."""
        statement = (
            select(VariantRow)
            .where(_is_there())
            .order_by(VariantRow.product_id, VariantRow.variant_id)
        )
        return [_from_row(row) for row in self._session.scalars(statement)]

    def by_skus(self, skus: Sequence[str]) -> dict[str, Variant]:
        """The variants of these SKUs that are not gone; of equal SKUs the oldest variant."""
        found: dict[str, Variant] = {}
        for chunk in chunks(skus):
            statement = (
                select(VariantRow)
                .where(_is_there(), VariantRow.sku.in_(chunk))
                .order_by(VariantRow.variant_id)
            )
            for row in self._session.scalars(statement):
                found.setdefault(row.sku, _from_row(row))
        return found

    def _known_hashes(self, variant_ids: Sequence[int]) -> dict[int, str]:
        known: dict[int, str] = {}
        for chunk in chunks(variant_ids):
            statement = select(VariantRow.variant_id, VariantRow.content_hash).where(
                _is_there(), VariantRow.variant_id.in_(chunk)
            )
            known.update(
                (row.variant_id, row.content_hash) for row in self._session.execute(statement)
            )
        return known

    def _see(self, variant_ids: Sequence[int], seen_at: datetime) -> None:
        for chunk in chunks(variant_ids):
            self._session.execute(
                update(VariantRow)
                .where(VariantRow.variant_id.in_(chunk))
                .values(seen_at=seen_at)
                .execution_options(synchronize_session=False)
            )


def _is_there() -> ColumnElement[bool]:
    return VariantRow.gone_at.is_(None)


def _to_row(variant: Variant, seen_at: datetime) -> Values:
    content: Values = {
        "variant_id": variant.variant_id,
        "product_id": variant.product_id,
        "sku": variant.sku,
        "name": variant.name,
        "description": variant.description,
        "brand": variant.brand,
        "price_amount": variant.price.amount,
        "price_currency": variant.price.currency,
        "quantity": variant.quantity,
        "barcode": variant.barcode,
        "mpn": variant.mpn,
        "condition": variant.condition,
        "is_visible": variant.is_visible,
        "category_ids": list(variant.category_ids),
        "modified_at": variant.modified_at,
        "weight": variant.weight,
        "weight_unit": variant.weight_unit,
        "size": asdict(variant.size) if variant.size else {},
        "image_urls": list(variant.image_urls),
        "custom_fields": dict(variant.custom_fields),
        "options": dict(variant.options),
        "metafields": dict(variant.metafields),
    }
    digest = hashlib.sha256(to_json(content).encode()).hexdigest()
    return content | {
        "content_hash": digest,
        "changed_at": seen_at,
        "seen_at": seen_at,
        "gone_at": None,
    }


def _from_row(row: VariantRow) -> Variant:
    return Variant(
        variant_id=row.variant_id,
        product_id=row.product_id,
        sku=row.sku,
        name=row.name,
        description=row.description,
        brand=row.brand,
        price=Money(row.price_amount, row.price_currency),
        quantity=row.quantity,
        barcode=row.barcode,
        mpn=row.mpn,
        condition=row.condition,
        is_visible=row.is_visible,
        category_ids=tuple(row.category_ids),
        modified_at=row.modified_at,
        weight=row.weight,
        weight_unit=row.weight_unit,
        size=Size(**row.size) if row.size else None,
        image_urls=tuple(row.image_urls),
        custom_fields=row.custom_fields,
        options=row.options,
        metafields=row.metafields,
    )
