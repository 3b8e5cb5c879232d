"""A settings file on a migrated database, and the command that reads it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from affluent.cli.app import app
from affluent.cli.init import settings_template
from affluent.storage.engine import open_engine
from affluent.storage.unit_of_work import SqlUnitsOfWork

SECRETS = (
    "BIGCOMMERCE_ACCESS_TOKEN",
    "AMAZON_CLIENT_ID",
    "AMAZON_CLIENT_SECRET",
    "AMAZON_REFRESH_TOKEN",
)

Affluent = Callable[..., Result]


@pytest.fixture
def affluent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Affluent:
    """The command, run in an empty folder on a wide terminal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    for variable in (*SECRETS, "AFFLUENT_DATABASE"):
        monkeypatch.delenv(variable, raising=False)
    return lambda *arguments: CliRunner().invoke(app, list(arguments))


@pytest.fixture
def config(tmp_path: Path, sqlite_template: Path) -> Path:
    """The template's settings, on a migrated database of their own."""
    database = tmp_path / "migrated.db"
    shutil.copy(sqlite_template, database)
    path = tmp_path / "settings.yaml"
    text = settings_template().replace("sqlite:///affluent.db", f"sqlite:///{database}")
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def units(config: Path, tmp_path: Path) -> Iterator[SqlUnitsOfWork]:
    """Transactions on the database of `config`."""
    engine = open_engine(f"sqlite:///{tmp_path / 'migrated.db'}")
    yield SqlUnitsOfWork(engine)
    engine.dispose()
