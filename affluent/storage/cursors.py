"""How far each reading has come."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from affluent.storage.bulk import upsert
from affluent.storage.tables import CursorRow


class SqlCursors:
    """The Cursors of affluent.ports.storage."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, name: str) -> datetime | None:
        """The cursor, or None before the first reading."""
        statement = select(CursorRow.value).where(CursorRow.name == name)
        return self._session.scalars(statement).one_or_none()

    def set(self, name: str, value: datetime) -> None:
        """Move the cursor."""
        upsert(self._session, CursorRow, [{"name": name, "value": value}])
