"""What people were told."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from affluent.domain.notice import IncidentId
from affluent.storage.bulk import delete_rows, upsert
from affluent.storage.report_tables import ToldRow

_IDENTITY = (ToldRow.kind, ToldRow.account, ToldRow.key, ToldRow.title)


class SqlToldNotices:
    """The ToldNotices of affluent.ports.notices."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def told(self, channel: str) -> set[IncidentId]:
        """What the channel was told."""
        statement = select(*_IDENTITY).where(ToldRow.channel == channel)
        return {IncidentId(*row) for row in self._session.execute(statement).tuples()}

    def remember(self, channel: str, told: Sequence[IncidentId], at: datetime) -> None:
        """The channel was told of these."""
        rows = [{"channel": channel, "told_at": at, **one._asdict()} for one in told]
        upsert(self._session, ToldRow, rows)

    def forget_all_but(self, open_ones: Collection[IncidentId]) -> None:
        """What is no longer open is forgotten: if it comes back, it is news."""
        over = [
            {"channel": row.channel, **one._asdict()}
            for row in self._session.scalars(select(ToldRow))
            if (one := IncidentId(row.kind, row.account, row.key, row.title)) not in open_ones
        ]
        delete_rows(self._session, ToldRow, over)
