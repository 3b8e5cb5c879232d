"""Differences between Amazon and what is intended, each with its age."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from affluent.domain.difference import Difference, KnownDifference
from affluent.storage.bulk import upsert
from affluent.storage.tables import DifferenceRow


class SqlDifferences:
    """The Differences of affluent.ports.storage."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def record(
        self, account: str, marketplace_id: str, found: Sequence[Difference], at: datetime
    ) -> None:
        """Keep what a whole reading found, in bulk; resolve what it did not find again."""
        since = {
            (known.difference.sku, known.difference.field): known.first_seen
            for known in self.open(account, marketplace_id)
        }
        rows = [
            {
                "account": account,
                "marketplace_id": marketplace_id,
                **asdict(one),
                "first_seen": since.get((one.sku, one.field), at),
                "last_seen": at,
                "resolved_at": None,
            }
            for one in found
        ]
        upsert(self._session, DifferenceRow, rows)
        self._session.execute(
            update(DifferenceRow)
            .where(*_open(account, marketplace_id), DifferenceRow.last_seen < at)
            .values(resolved_at=at)
        )

    def open(self, account: str, marketplace_id: str) -> list[KnownDifference]:
        """What is not resolved, oldest first."""
        return self._known(_open(account, marketplace_id))

    def of_sku(self, sku: str) -> list[KnownDifference]:
        """What is not resolved of one of Amazon's SKUs, oldest first."""
        return self._known([DifferenceRow.sku == sku, DifferenceRow.resolved_at.is_(None)])

    def _known(self, conditions: Sequence[ColumnElement[bool]]) -> list[KnownDifference]:
        rows = self._session.scalars(select(DifferenceRow).where(*conditions))
        known = [_from_row(row) for row in rows]
        return sorted(known, key=lambda one: (one.first_seen, one.difference.sku))


def _open(account: str, marketplace_id: str) -> list[ColumnElement[bool]]:
    return [
        DifferenceRow.account == account,
        DifferenceRow.marketplace_id == marketplace_id,
        DifferenceRow.resolved_at.is_(None),
    ]


def _from_row(row: DifferenceRow) -> KnownDifference:
    return KnownDifference(
        row.account,
        row.marketplace_id,
        Difference(row.sku, row.field, row.intended, row.shown, row.cause),
        row.first_seen,
        row.last_seen,
    )
