"""The snapshot of the store's catalog."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, Update, and_, case, func, select, update
from sqlalchemy.orm import Session

from affluent.domain.held_variant import HeldVariant
from affluent.domain.product import Variant
from affluent.storage.bulk import among, upsert
from affluent.storage.catalog_tables import VariantRow
from affluent.storage.marks import mark_variants
from affluent.storage.variant_rows import variant_from, variant_values
from affluent.storage.variant_versions import keep_versions


class SqlVariants:
    """The Variants of affluent.ports.storage."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def save(self, variants: Sequence[Variant], seen_at: datetime) -> int:
        """Insert or update in bulk; answers how many rows differ from what was known.

        A variant that was gone and is back differs.
        """
        rows = {variant.variant_id: variant_values(variant, seen_at) for variant in variants}
        known = self._known_hashes(list(rows))
        changed = {key: row for key, row in rows.items() if known.get(key) != row["content_hash"]}
        if replaced := [key for key in changed if key in known]:
            keep_versions(self._session, seen_at, self._among(replaced))
        # Before they are written: the SKUs that they lose are followed, too.
        mark_variants(self._session, list(changed), [row["sku"] for row in changed.values()])
        upsert(self._session, VariantRow, list(changed.values()))
        self._see([key for key in rows if key not in changed], seen_at)
        return len(changed)

    def keep(self, held: Sequence[HeldVariant], seen_at: datetime) -> None:
        """Let what we know of these stand, as seen: the variant, or its whole product."""
        self._see([one.variant_id for one in held if one.variant_id is not None], seen_at)
        products = [one.product_id for one in held if one.variant_id is None]
        if known := [one for one in products if one is not None]:
            whole = among(self._session, VariantRow.product_id, known)
            self._session.execute(_seen(seen_at).where(whole))

    def count(self) -> int:
        """How many variants are known and not gone."""
        return self._session.scalars(
            select(func.count()).select_from(VariantRow).where(_is_there())
        ).one()

    def mark_gone(self, not_seen_since: datetime, at: datetime) -> int:
        """Mark what a full extraction no longer found; answers how many."""
        lost = and_(_is_there(), VariantRow.seen_at < not_seen_since)
        gone = self._session.scalars(select(VariantRow.variant_id).where(lost))
        mark_variants(self._session, gone.all())
        keep_versions(self._session, at, lost)
        statement = (
            update(VariantRow)
            .where(lost)
            .values(gone_at=at, changed_at=at)
            .execution_options(synchronize_session=False)
        )
        return cast(CursorResult[Any], self._session.execute(statement)).rowcount

    def take(self, units: Mapping[str, int], at: datetime) -> None:
        """Lower the known stock by units that an order of ours has taken, by SKU."""
        for sku, taken in units.items():
            left = VariantRow.quantity - taken
            tracked = (VariantRow.sku == sku, VariantRow.quantity.is_not(None))
            keep_versions(self._session, at, *tracked)
            self._session.execute(
                update(VariantRow)
                .where(*tracked)
                # Without a hash, the next extraction writes what the store says.
                .values(quantity=case((left > 0, left), else_=0), content_hash="", changed_at=at)
                .execution_options(synchronize_session=False)
            )
        mark_variants(self._session, skus=list(units))

    def all(self) -> list[Variant]:
        """Every variant that is known and not gone, by product and variant id."""
        statement = (
            select(VariantRow)
            .where(_is_there())
            .order_by(VariantRow.product_id, VariantRow.variant_id)
        )
        return [variant_from(row) for row in self._session.scalars(statement)]

    def by_skus(self, skus: Sequence[str]) -> dict[str, Variant]:
        """The variants of these SKUs that are not gone; of equal SKUs the oldest variant."""
        found: dict[str, Variant] = {}
        statement = (
            select(VariantRow)
            .where(_is_there(), among(self._session, VariantRow.sku, skus))
            .order_by(VariantRow.variant_id)
        )
        for row in self._session.scalars(statement):
            found.setdefault(row.sku, variant_from(row))
        return found

    def _known_hashes(self, variant_ids: Sequence[int]) -> dict[int, str]:
        """By variant id; what is gone has the hash of nothing."""
        columns = (VariantRow.variant_id, VariantRow.content_hash, VariantRow.gone_at)
        rows = self._session.execute(select(*columns).where(self._among(variant_ids)))
        return {row.variant_id: "" if row.gone_at else row.content_hash for row in rows}

    def _see(self, variant_ids: Sequence[int], seen_at: datetime) -> None:
        if variant_ids:
            self._session.execute(_seen(seen_at).where(self._among(variant_ids)))

    def _among(self, variant_ids: Sequence[int]) -> ColumnElement[bool]:
        return among(self._session, VariantRow.variant_id, variant_ids)


def _seen(at: datetime) -> Update:
    seen = update(VariantRow).values(seen_at=at)
    return seen.execution_options(synchronize_session=False)


def _is_there() -> ColumnElement[bool]:
    return VariantRow.gone_at.is_(None)
