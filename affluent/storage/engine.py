"""Opens the store: SQLite in a file, or PostgreSQL through psycopg."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any, Final

import msgspec
from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import ExecutionContext
from sqlalchemy.exc import ArgumentError

from affluent.domain.errors import ConfigurationError
from affluent.storage.columns import POSTGRESQL, to_json

_SQLITE_PRAGMAS: Final = (
    "PRAGMA synchronous = NORMAL",
    "PRAGMA foreign_keys = ON",
    # What is removed is overwritten, for it may be a buyer's data.
    "PRAGMA secure_delete = ON",
)
_SQLITE_BUSY_SECONDS: Final = 30
_WAL_PAUSE_SECONDS: Final = 0.01
# Without hide_parameters an error would repeat whole rows in logs.
_OPTIONS: Final[dict[str, Any]] = {
    "json_serializer": to_json,
    "json_deserializer": msgspec.json.decode,
    "hide_parameters": True,
}
_NO_WRITES: Final = ("SELECT", "PRAGMA", "BEGIN")


def open_engine(url: str) -> Engine:
    """The engine of a database URL: `sqlite:///path/to/file` or `postgresql+psycopg://…`.

    Opening connects to nothing yet. ConfigurationError for any other database.
    """
    parsed = _parse(url)
    match parsed.get_backend_name():
        case "sqlite":
            return _open_sqlite(parsed)
        case "postgresql":
            psycopg = parsed.set(drivername=f"{POSTGRESQL}+psycopg")
            return create_engine(psycopg, pool_pre_ping=True, **_OPTIONS)
        case other:
            raise ConfigurationError(
                f"The store cannot be kept in {other}.",
                fix="Use sqlite:///path/to/file or postgresql+psycopg://user@host/database.",
            )


def for_single_statements(engine: Engine) -> Engine:
    """The same engine where each statement is a transaction of its own: on PostgreSQL that spares
    two round trips of three."""
    if engine.dialect.name == POSTGRESQL:
        return engine.execution_options(isolation_level="AUTOCOMMIT")
    return engine


def _parse(url: str) -> URL:
    try:
        return make_url(url)
    except ArgumentError:
        # The text may hold a password, so neither it nor the cause is repeated.
        raise ConfigurationError(
            "The store's database URL cannot be read.",
            fix="Use sqlite:///path/to/file or postgresql+psycopg://user@host/database.",
        ) from None


def _open_sqlite(url: URL) -> Engine:
    if not url.database or url.database == ":memory:":
        raise ConfigurationError(
            "The store cannot be kept in memory.",
            why="Several connections share it, and it must outlive the process.",
            fix="Name a file: sqlite:///path/to/file.",
        )
    Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        **_OPTIONS,
        connect_args={"isolation_level": None, "timeout": _SQLITE_BUSY_SECONDS},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "before_cursor_execute", _begin_before_the_first_write)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    _switch_to_wal(connection)
    for pragma in _SQLITE_PRAGMAS:
        connection.execute(pragma)


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    """SQLite does not wait for its lock here, however patient the connection is elsewhere."""
    until = time.monotonic() + _SQLITE_BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(_WAL_PAUSE_SECONDS)
        else:
            return


def _begin_before_the_first_write(
    _connection: object,
    cursor: sqlite3.Cursor,
    statement: str,
    _parameters: object,
    context: ExecutionContext | None,
    _many: bool,
) -> None:
    """Take the write lock with the first write and keep it until the commit.

    A deferred transaction that has read and then writes fails at once, without waiting, when
    another wrote in between; and a reader must not lock out the shared buckets. Reads before the
    first write see what is committed, as they do on PostgreSQL.
    """
    if not cursor.connection.in_transaction and not _only_reads(statement, context):
        cursor.execute("BEGIN IMMEDIATE")


def _only_reads(statement: str, context: ExecutionContext | None) -> bool:
    """Whether it writes nothing. One that begins with WITH may do either."""
    asked = context.invoked_statement if context else None
    return statement.startswith(_NO_WRITES) or (asked is not None and asked.is_select)
