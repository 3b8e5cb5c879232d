"""Statements over many rows at once, the same on both databases."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import Any, Final, TypeAlias, TypeVar

from sqlalchemy import Column, Connection, Dialect, Select, Table, bindparam, delete, func, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from affluent.storage.columns import POSTGRESQL, Amount, UtcTime
from affluent.storage.schema import Base

Values: TypeAlias = dict[str, Any]
Item = TypeVar("Item")

# SQLite takes 32,766 variables in a statement.
_CHUNK: Final = 10_000


def chunks(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """The items in pieces that fit into one IN (…)."""
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]


def insert(session: Session, model: type[Base], rows: Sequence[Values]) -> None:
    """Insert the rows, in their order."""
    if rows:
        session.execute(_insert(session, model), rows)


def insert_missing(session: Session, model: type[Base], rows: Sequence[Values]) -> None:
    """Insert the rows that no unique constraint forbids, in their order."""
    if rows:
        session.execute(_insert(session, model).on_conflict_do_nothing(), rows)


def insert_selected(
    session: Session, model: type[Base], columns: Sequence[str], rows: Select[Any]
) -> None:
    """Insert what a query finds, but for what a unique constraint forbids; no row leaves the
    database."""
    session.execute(_insert(session, model).from_select(columns, rows).on_conflict_do_nothing())


def upsert(
    session: Session,
    model: type[Base],
    rows: Sequence[Values],
    *,
    lasting: Collection[str] = (),
) -> None:
    """Insert or replace by primary key; of rows with the same key the last one counts.

    A `lasting` column keeps what it has where the new value is null. The rows go in the order of
    their keys, so that two workers never wait for each other crosswise.
    """
    if not rows:
        return
    key = [column.name for column in inspect(model).primary_key]
    latest = {tuple(row[name] for name in key): row for row in rows}
    statement = _insert(session, model)
    new = statement.excluded
    replaced = {
        name: func.coalesce(new[name], column) if name in lasting else new[name]
        for name, column in table_of(model).columns.items()
        if name not in key
    }
    _execute_many(
        session.connection(),
        model,
        statement.on_conflict_do_update(index_elements=key, set_=replaced),
        [latest[one] for one in sorted(latest)],
    )


def delete_rows(session: Session, model: type[Base], rows: Sequence[Values]) -> None:
    """Delete the rows with the primary keys of these."""
    columns = inspect(model).primary_key
    # One statement with every key nests too deep for PostgreSQL's parser.
    same = [column == bindparam(f"key_{column.name}") for column in columns]
    keys = [{f"key_{column.name}": row[column.name] for column in columns} for row in rows]
    if keys:
        session.execute(delete(table_of(model)).where(*same), keys)


def _execute_many(
    connection: Connection,
    model: type[Base],
    statement: postgresql.Insert | sqlite.Insert,
    rows: Sequence[Values],
) -> None:
    """Execute an insertion for every row; all of them have the same columns.

    The rows go to the driver in its own types: SQLAlchemy's way with each value of each row takes
    several times as long as the database does.
    """
    dialect, columns = connection.dialect, table_of(model).columns
    compiled = statement.compile(dialect=dialect, column_keys=list(rows[0]))
    names = compiled.positiontup or list(rows[0])
    written = [_written(columns[name], dialect, [row[name] for row in rows]) for name in names]
    values = zip(*written, strict=True)
    parameters: list[Any] = (
        list(values)
        if compiled.positional
        else [dict(zip(names, row, strict=True)) for row in values]
    )
    connection.exec_driver_sql(str(compiled), parameters)


def _written(column: Column[Any], dialect: Dialect, values: list[Any]) -> Sequence[Any]:
    """The values of one column, each different one written once where that can be told."""
    write = column.type.dialect_impl(dialect).bind_processor(dialect)
    if write is None:
        return values
    if isinstance(column.type, UtcTime | Amount):
        write = cache(write)
    return [write(value) for value in values]


def _insert(session: Session, model: type[Base]) -> postgresql.Insert | sqlite.Insert:
    if session.get_bind().dialect.name == POSTGRESQL:
        return postgresql.insert(table_of(model))
    return sqlite.insert(table_of(model))


def table_of(model: type[Base]) -> Table:
    """The table of a row class."""
    table = model.__table__
    assert isinstance(table, Table)
    return table
