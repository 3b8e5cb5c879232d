"""A merchant's world on a fresh SQLite file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from affluent.ports.storage import UnitsOfWork
from affluent.storage.engine import open_engine
from affluent.storage.unit_of_work import SqlUnitsOfWork
from tests.fakes.world import World


@pytest.fixture
def units(sqlite_template: Path, tmp_path: Path) -> Iterator[UnitsOfWork]:
    file = tmp_path / "world.db"
    shutil.copy(sqlite_template, file)
    engine = open_engine(f"sqlite:///{file}")
    yield SqlUnitsOfWork(engine)
    engine.dispose()


@pytest.fixture
def world(units: UnitsOfWork) -> World:
    return World(units)
