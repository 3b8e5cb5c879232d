"""The request windows that all workers share, on SQLite and PostgreSQL alike."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

from sqlalchemy import Engine, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from affluent.ports.windows import WindowState
from affluent.storage.bulk import table_of
from affluent.storage.columns import POSTGRESQL
from affluent.storage.engine import for_single_statements
from affluent.storage.tables import WindowRow

_WINDOWS: Final = table_of(WindowRow)
#: Waits for no disk: what a crash of the database takes with it, the next answer tells again.
#: Everybody else waits for this row.
_WITHOUT_THE_DISK: Final = func.set_config("synchronous_commit", "off", True).is_not(None)
_LOOK: Final = select(*(column for column in _WINDOWS.columns if not column.primary_key))


class SqlWindows:
    """The WindowStore in our database; each step is a short transaction of its own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = for_single_statements(engine)

    def look(self, window: str) -> WindowState:
        """The window as it stands; a reading, which no writer delays."""
        with self._engine.connect() as connection:
            row = connection.execute(_LOOK.where(_WINDOWS.c.window == window)).one_or_none()
        return WindowState(**row._mapping) if row else WindowState()

    def swap(self, window: str, seen: WindowState, new: WindowState) -> bool:
        """Put `new` in the place of what was seen; False where somebody else was quicker."""
        values = asdict(new) | {"turn": seen.turn + 1}
        if not seen.turn:
            return self._begin({"window": window, **values})
        statement = (
            update(_WINDOWS)
            .where(_WINDOWS.c.window == window, _WINDOWS.c.turn == seen.turn)
            .values(values)
        )
        if self._engine.dialect.name == POSTGRESQL:
            statement = statement.where(_WITHOUT_THE_DISK)
        with self._engine.begin() as connection:
            return connection.execute(statement).rowcount == 1

    def _begin(self, values: dict[str, Any]) -> bool:
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(_WINDOWS).values(values))
        except IntegrityError:
            return False
        return True
