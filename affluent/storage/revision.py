"""Which schema a database has, and which is the newest."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DatabaseError

from affluent.domain.errors import ConfigurationError
from affluent.storage.engine import open_engine

_MIGRATIONS: Final = Path(__file__).with_name("migrations")


@dataclass(frozen=True, slots=True)
class Revision:
    """The schema of a database; `present` is None before its first migration."""

    present: str | None
    newest: str | None

    @property
    def is_newest(self) -> bool:
        """Whether no migration is missing."""
        return self.present == self.newest


def revision_of(url: str) -> Revision:
    """The schema of the database. Raises ConfigurationError where it cannot be opened."""
    newest = ScriptDirectory(str(_MIGRATIONS)).get_current_head()
    engine = open_engine(url)
    if engine.dialect.name == "sqlite" and not Path(engine.url.database or "").exists():
        # To look would make an empty file.
        return Revision(None, newest)
    try:
        with engine.connect() as connection:
            present = MigrationContext.configure(connection).get_current_revision()
    except DatabaseError as error:
        # The chained error would repeat the URL's host and user; the driver's words suffice.
        raise ConfigurationError(
            "The store's database cannot be opened.",
            why=str(error.orig).strip(),
            fix="Check `database` in the settings, or AFFLUENT_DATABASE where it is set.",
        ) from None
    finally:
        engine.dispose()
    return Revision(present, newest)


def require_newest(database: str) -> None:
    """Raise ConfigurationError where the database lacks a migration or cannot be opened."""
    revision = revision_of(database)
    if not revision.is_newest:
        raise ConfigurationError(
            f"The store's database is at revision {revision.present or 'none'}, not at "
            f"{revision.newest}.",
            fix="Run `affluent db upgrade`.",
        )
