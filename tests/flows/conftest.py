"""A Prefect server for the flows that run in the test's own process, and a merchant for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.testing.utilities import prefect_test_harness

from tests.behaviours.merchant import Merchant, opened_merchant


@pytest.fixture(scope="package")
def prefect_server() -> Iterator[None]:
    """Prefect's own test harness on an empty database. It ends before the next one may begin."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
        environment.setenv("DO_NOT_TRACK", "1")
        with prefect_test_harness(server_startup_timeout=180):
            yield


@pytest.fixture
def prefect(prefect_server: None) -> Iterator[SyncPrefectClient]:
    """A client of that server."""
    with get_client(sync_client=True) as client:
        yield client


@pytest.fixture
def merchant(tmp_path: Path) -> Iterator[Merchant]:
    """A merchant with a fresh sandbox and an empty database."""
    with opened_merchant(tmp_path) as opened:
        yield opened
