"""SKU pairs that a merchant gave us beside those of his settings."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, delete, select
from sqlalchemy.orm import Session

from affluent.domain.sku_mapping import SkuPair
from affluent.storage.bulk import chunks, upsert
from affluent.storage.selling_tables import SkuMappingRow


class SqlSkuMappings:
    """The SkuMappings of affluent.ports.selling."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def save(self, pairs: Sequence[SkuPair], at: datetime) -> None:
        """Insert or replace in bulk, by account and Amazon's SKU."""
        upsert(self._session, SkuMappingRow, [asdict(pair) | {"at": at} for pair in pairs])

    def remove(self, account: str, amazon_skus: Collection[str]) -> int:
        """Forget an account's own pairs of these SKUs of Amazon's; answers how many there were."""
        return sum(
            cast(
                CursorResult[Any],
                self._session.execute(
                    delete(SkuMappingRow).where(
                        SkuMappingRow.account == account, SkuMappingRow.amazon_sku.in_(chunk)
                    )
                ),
            ).rowcount
            for chunk in chunks(sorted(set(amazon_skus)))
        )

    def all(self) -> list[SkuPair]:
        """Every pair, by account and Amazon's SKU."""
        rows = self._session.scalars(select(SkuMappingRow))
        pairs = [SkuPair(row.amazon_sku, row.store_sku, row.account, row.source) for row in rows]
        # The databases sort text in different ways, so it is sorted here.
        return sorted(pairs, key=lambda pair: (pair.account, pair.amazon_sku))
