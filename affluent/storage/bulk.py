"""Statements over many rows at once, the same on both databases."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias, TypeVar

from sqlalchemy import (
    ARRAY,
    JSON,
    ColumnElement,
    Connection,
    Dialect,
    LargeBinary,
    Select,
    Table,
    Text,
    any_,
    bindparam,
    cast,
    delete,
    func,
    inspect,
    literal,
    literal_column,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.types import TypeEngine

from affluent.storage.columns import (
    POSTGRESQL,
    as_fragment,
    as_hexadecimal,
    rows_json,
    to_json,
)
from affluent.storage.schema import Base

Values: TypeAlias = dict[str, Any]
Write: TypeAlias = Callable[[Any], object]
Item = TypeVar("Item")

# SQLite takes 32,766 variables in a statement.
_CHUNK: Final = 10_000


def chunks(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """The items in pieces that fit into one IN (…)."""
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]


def among(
    session: Session, column: InstrumentedAttribute[Item], values: Collection[Item]
) -> ColumnElement[bool]:
    """Whether the column is one of so many values, all of them in one parameter.

    An IN (…) is compiled anew for every number of values, which takes longer than the database
    does; this is compiled once, and has no most.
    """
    if _is_postgresql(session):
        return column == any_(bindparam(None, list(values), ARRAY(column.type)))
    each = func.json_each(to_json(list(values))).table_valued("value")
    return column.in_(select(each.c.value))


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
    ordered = [latest[one] for one in sorted(latest)]
    statement = _insert(session, model)
    if _is_postgresql(session):
        statement = statement.from_select(
            list(rows[0]), _as_one_document(session.get_bind().dialect, model, ordered)
        )
    new = statement.excluded
    replaced = {
        name: func.coalesce(new[name], column) if name in lasting else new[name]
        for name, column in table_of(model).columns.items()
        if name not in key
    }
    statement = statement.on_conflict_do_update(index_elements=key, set_=replaced)
    if _is_postgresql(session):
        session.execute(statement)
    else:
        _execute_many(session.connection(), model, statement, ordered)


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
    """Execute SQLite's insertion for every row; all of them have the same columns.

    The rows go to the driver in its own types: SQLAlchemy's way with each value of each row takes
    several times as long as the database does.
    """
    compiled = statement.compile(dialect=connection.dialect, column_keys=list(rows[0]))
    names = compiled.positiontup or ()
    written = _written(model, connection.dialect, names, rows, {JSON: to_json})
    connection.exec_driver_sql(str(compiled), list(zip(*written, strict=True)))


def _as_one_document(dialect: Dialect, model: type[Base], rows: Sequence[Values]) -> Select[Any]:
    """The rows as PostgreSQL reads them out of one parameter, in their order: a message to and fro
    for each takes longer than all of them together. A document that is null becomes NULL."""
    names = list(rows[0])
    own = {JSON: as_fragment, LargeBinary: as_hexadecimal}
    written = _written(model, dialect, names, rows, own)
    records = [dict(zip(names, row, strict=True)) for row in zip(*written, strict=True)]
    shape: ColumnElement[Any] = literal_column(f"NULL::{table_of(model).name}")
    document = cast(literal(rows_json(records), Text()), JSON)
    each = func.json_populate_recordset(shape, document).table_valued(*names)
    return select(*(each.c[name] for name in names))


def _written(
    model: type[Base],
    dialect: Dialect,
    names: Sequence[str],
    rows: Sequence[Values],
    own: Mapping[type[TypeEngine[Any]], Write],
) -> Iterator[Sequence[Any]]:
    """The rows' values column by column: a type that is not our `own` is written as the dialect
    does. What many rows share, as the variants of a product do their documents, is written once."""
    for name in names:
        values = [row[name] for row in rows]
        kind = table_of(model).columns[name].type
        ours = [write for type_, write in own.items() if isinstance(kind, type_)]
        write = ours[0] if ours else kind.dialect_impl(dialect).bind_processor(dialect)
        if write is None:
            yield values
        else:
            different = {id(value): value for value in values}
            written = {key: write(value) for key, value in different.items()}
            yield [written[id(value)] for value in values]


def _insert(session: Session, model: type[Base]) -> postgresql.Insert | sqlite.Insert:
    if _is_postgresql(session):
        return postgresql.insert(table_of(model))
    return sqlite.insert(table_of(model))


def _is_postgresql(session: Session) -> bool:
    return session.get_bind().dialect.name == POSTGRESQL


def table_of(model: type[Base]) -> Table:
    """The table of a row class."""
    table = model.__table__
    assert isinstance(table, Table)
    return table
