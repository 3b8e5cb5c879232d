"""Brings a database to the present schema."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from affluent.storage.columns import POSTGRESQL
from affluent.storage.engine import open_engine

_MIGRATIONS: Final = Path(__file__).with_name("migrations")
_ADVISORY_LOCK: Final = 0xAFF1


def upgrade(url: str) -> None:
    """Run the migrations that the database lacks, in one transaction; one process at a time."""
    engine = open_engine(url)
    try:
        with engine.begin() as connection:
            _wait_for_the_turn(connection)
            config = Config()
            config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    finally:
        engine.dispose()


def _wait_for_the_turn(connection: Connection) -> None:
    if connection.dialect.name == POSTGRESQL:
        lock = text("SELECT pg_advisory_xact_lock(:lock)")
        connection.execute(lock, {"lock": _ADVISORY_LOCK})
    else:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
