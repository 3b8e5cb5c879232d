"""What reaches the database: how many statements, and for how many rows each."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event


@contextmanager
def statements_of(engine: Engine) -> Iterator[list[tuple[str, bool]]]:
    """Every statement that reaches the database, and whether it went for many rows at once."""
    seen: list[tuple[str, bool]] = []

    def note(_c: object, _k: object, statement: str, _p: object, _x: object, many: bool) -> None:
        seen.append((statement, many))

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)
