"""The unit of work on the database of the test."""

import pytest
from sqlalchemy import Engine

from affluent.ports.storage import UnitsOfWork
from affluent.storage.unit_of_work import SqlUnitsOfWork


@pytest.fixture
def units(engine: Engine) -> UnitsOfWork:
    return SqlUnitsOfWork(engine)
