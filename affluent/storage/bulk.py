"""Statements over many rows at once, the same on both databases."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final, TypeAlias, TypeVar

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Dialect,
    Select,
    Table,
    any_,
    bindparam,
    delete,
    func,
    inspect,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.compiler import SQLCompiler

from affluent.storage.columns import POSTGRESQL, to_json
from affluent.storage.many_rows import COPIED, copied, execute_many
from affluent.storage.schema import Base

Values: TypeAlias = dict[str, Any]
Item = TypeVar("Item")
Insertion: TypeAlias = postgresql.Insert | sqlite.Insert

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
    newest: str = "",
) -> None:
    """Insert or replace by primary key; of rows with the same key the last one counts.

    A `lasting` column keeps what it has where the new value is null. A row whose `newest` column is
    greater than the new one's stays whole. The rows go in the order of their keys, so that two
    workers never wait for each other crosswise.
    """
    if not rows:
        return
    key = [column.name for column in inspect(model).primary_key]
    key_of = itemgetter(*key)
    latest = {key_of(row): row for row in rows}
    ordered = [latest[one] for one in sorted(latest)]
    connection, table = session.connection(), table_of(model)
    replacing = _Replacing(model, frozenset(lasting), newest)
    if _is_postgresql(session) and len(ordered) >= COPIED:
        insertion = postgresql.insert(table).from_select(*copied(connection, table, ordered))
        connection.execute(replacing.where_known(insertion))
    else:
        statement = _compiled_upsert(connection.dialect, replacing, tuple(rows[0]))
        execute_many(connection, table, statement, ordered)


@dataclass(frozen=True)
class _Replacing:
    """What becomes of a row that is there already."""

    model: type[Base]
    lasting: frozenset[str]
    newest: str

    def where_known(self, insertion: Insertion) -> Insertion:
        key = [column.name for column in inspect(self.model).primary_key]
        columns, new = table_of(self.model).columns, insertion.excluded
        replaced = {
            name: func.coalesce(new[name], column) if name in self.lasting else new[name]
            for name, column in columns.items()
            if name not in key
        }
        where = new[self.newest] >= columns[self.newest] if self.newest else None
        return insertion.on_conflict_do_update(index_elements=key, set_=replaced, where=where)


@lru_cache
def _compiled_upsert(
    dialect: Dialect, replacing: _Replacing, names: tuple[str, ...]
) -> SQLCompiler:
    """Compiled once, since that takes as long as writing a page of rows does."""
    statement = replacing.where_known(_insert_for(dialect, replacing.model))
    compiled = statement.compile(dialect=dialect, column_keys=list(names))
    assert isinstance(compiled, SQLCompiler)
    return compiled


def delete_rows(session: Session, model: type[Base], rows: Sequence[Values]) -> None:
    """Delete the rows with the primary keys of these."""
    columns = inspect(model).primary_key
    # One statement with every key nests too deep for PostgreSQL's parser.
    same = [column == bindparam(f"key_{column.name}") for column in columns]
    keys = [{f"key_{column.name}": row[column.name] for column in columns} for row in rows]
    if keys:
        session.execute(delete(table_of(model)).where(*same), keys)


def _insert(session: Session, model: type[Base]) -> Insertion:
    return _insert_for(session.get_bind().dialect, model)


def _insert_for(dialect: Dialect, model: type[Base]) -> Insertion:
    if dialect.name == POSTGRESQL:
        return postgresql.insert(table_of(model))
    return sqlite.insert(table_of(model))


def _is_postgresql(session: Session) -> bool:
    return session.get_bind().dialect.name == POSTGRESQL


def table_of(model: type[Base]) -> Table:
    """The table of a row class."""
    table = model.__table__
    assert isinstance(table, Table)
    return table
