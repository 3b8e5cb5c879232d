"""Which ASINs Amazon's catalog had for a barcode."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from affluent.domain.before_sending import KnownMatches
from affluent.domain.listing import CatalogMatch
from affluent.storage.before_sending_tables import CatalogMatchesRow
from affluent.storage.bulk import chunks, upsert


class SqlCatalogMatches:
    """The CatalogMatches of affluent.ports.before_sending."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, marketplace_id: str, barcodes: Sequence[str]) -> dict[str, KnownMatches]:
        """What is known of these barcodes."""
        row = CatalogMatchesRow
        columns = select(row.barcode, row.matches, row.asked_at)
        return {
            barcode: KnownMatches(
                barcode, tuple(CatalogMatch(barcode, **one) for one in matches), asked_at
            )
            for chunk in chunks(barcodes)
            for barcode, matches, asked_at in self._session.execute(
                columns.where(row.marketplace_id == marketplace_id, row.barcode.in_(chunk))
            ).tuples()
        }

    def save(self, marketplace_id: str, found: Sequence[KnownMatches]) -> None:
        """Insert or replace in bulk."""
        rows = [
            {
                "marketplace_id": marketplace_id,
                "barcode": one.barcode,
                "matches": [_without_barcode(match) for match in one.matches],
                "asked_at": one.asked_at,
            }
            for one in found
        ]
        upsert(self._session, CatalogMatchesRow, rows)


def _without_barcode(match: CatalogMatch) -> dict[str, str]:
    return {name: value for name, value in asdict(match).items() if name != "barcode"}
