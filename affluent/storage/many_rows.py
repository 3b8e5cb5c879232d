"""Many rows on their way into a table, in the driver's own types: SQLAlchemy's way with each value
of each row takes several times as long as the database does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Any, Final

from sqlalchemy import JSON, Connection, Dialect, Select, Table, column, select, table
from sqlalchemy.sql.compiler import SQLCompiler

from affluent.storage.columns import to_json

#: From so many rows on, a table to copy them into costs less than a message for each.
COPIED: Final = 50

#: So many rows go into SQLite at a time. After each step Python lets another thread in, and waits
#: for it: a page of rows one by one waits as long as the next page takes to be read.
_TOGETHER: Final = 100


def execute_many(
    connection: Connection, into: Table, statement: SQLCompiler, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Execute a compiled insertion for every row; all of them have the same columns."""
    names = statement.positiontup or list(rows[0])
    values = _written(into, connection.dialect, names, rows)
    if statement.positional:
        _execute_together(connection, str(statement), list(values))
    else:
        parameters = [dict(zip(names, row, strict=True)) for row in values]
        connection.exec_driver_sql(str(statement), parameters)


def _execute_together(connection: Connection, statement: str, rows: list[tuple[Any, ...]]) -> None:
    rest = len(rows) % _TOGETHER
    for start in range(0, len(rows) - rest, _TOGETHER):
        some = rows[start : start + _TOGETHER]
        together = _of_many_rows(statement, len(some[0]))
        connection.exec_driver_sql(together, tuple(chain.from_iterable(some)))
    if rest:
        connection.exec_driver_sql(statement, rows[-rest:])


@cache
def _of_many_rows(statement: str, width: int) -> str:
    row = f"({', '.join('?' * width)})"
    before, values, after = statement.partition(f"VALUES {row}")
    assert values, f"No row of {width} values in the statement."
    return f"{before}VALUES {', '.join([row] * _TOGETHER)}{after}"


def copied(
    connection: Connection, of: Table, rows: Sequence[Mapping[str, Any]]
) -> tuple[list[str], Select[Any]]:
    """The columns and rows as PostgreSQL has them in a table of this transaction alone.

    COPY: https://www.postgresql.org/docs/current/sql-copy.html
    """
    names, place = list(rows[0]), f"copied_{of.name}"
    columns = ", ".join(f'"{name}"' for name in names)
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS pg_temp.{place}")
    connection.exec_driver_sql(
        f"CREATE TEMPORARY TABLE {place} ON COMMIT DROP AS "
        f'SELECT {columns} FROM "{of.name}" WITH NO DATA'
    )
    driver: Any = connection.connection.driver_connection
    with driver.cursor().copy(f"COPY {place} ({columns}) FROM STDIN") as copy:
        for row in _written(of, connection.dialect, names, rows):
            copy.write_row(row)
    return names, select(*map(column, names)).select_from(table(place))


def _written(
    into: Table, dialect: Dialect, names: Sequence[str], rows: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[Any, ...]]:
    columns = (_column(into, dialect, name, [row[name] for row in rows]) for name in names)
    return zip(*columns, strict=True)


def _column(into: Table, dialect: Dialect, name: str, values: list[Any]) -> Sequence[Any]:
    """The values of one column. What many rows share, as the variants of a product do their
    documents, is written once."""
    kind = into.columns[name].type
    own = to_json if isinstance(kind, JSON) else None
    write = own or kind.dialect_impl(dialect).bind_processor(dialect)
    if write is None:
        return values
    different = {id(value): value for value in values}
    written = {key: write(value) for key, value in different.items()}
    return [written[id(value)] for value in values]
