"""Opens what a subcommand needs of the settings: the application on a database that is current."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from affluent.bootstrap import Application, open_application
from affluent.domain.errors import ConfigurationError
from affluent.storage.revision import revision_of


@contextmanager
def opened_application(config: Path) -> Iterator[Application]:
    """The application of a settings file, closed afterwards.

    Raises ConfigurationError where the settings are wrong or the database is behind.
    """
    application = open_application(config, read_block)
    try:
        require_newest(application.settings.database)
        yield application
    finally:
        application.close()


def require_newest(database: str) -> None:
    """Raise ConfigurationError where the database lacks a migration or cannot be opened."""
    revision = revision_of(database)
    if not revision.is_newest:
        raise ConfigurationError(
            f"The store's database is at revision {revision.present or 'none'}, not at "
            f"{revision.newest}.",
            fix="Run `affluent db upgrade`.",
        )


def read_block(name: str) -> str:
    """The value of a Prefect Secret block. Prefect is imported only where a block is named."""
    value: str = import_module("tasks.runtime").read_block(name)
    return value
