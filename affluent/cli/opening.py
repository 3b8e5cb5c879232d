"""Opens what a subcommand needs of the settings: the application on a database that is current."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from affluent.bootstrap import Application, open_application


@contextmanager
def opened_application(config: Path) -> Iterator[Application]:
    """The application of a settings file, closed afterwards.

    Raises ConfigurationError where the settings are wrong or the database is behind.
    """
    application = open_application(config, read_block)
    try:
        yield application
    finally:
        application.close()


def read_block(name: str) -> str:
    """The value of a Prefect Secret block. Prefect is imported only where a block is named."""
    value: str = import_module("tasks.runtime").read_block(name)
    return value
