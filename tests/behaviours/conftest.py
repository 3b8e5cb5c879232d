"""A Prefect server for all of these tests, and a merchant for each module of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from unittest import mock

import pytest

from affluent.cli.prefect_environment import prepare_prefect
from tests.behaviours.merchant import Merchant, opened_merchant


@pytest.fixture(scope="package")
def prefect_server() -> Iterator[None]:
    """A server of Prefect's own test harness, on an empty database."""
    with mock.patch.dict(os.environ):
        prepare_prefect()
        from prefect.testing.utilities import prefect_test_harness

        with prefect_test_harness(server_startup_timeout=180):
            yield


@pytest.fixture(scope="module")
def merchant(prefect_server: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Merchant]:
    """The merchant of one module: its tests follow each other as in a story."""
    with opened_merchant(tmp_path_factory.mktemp("merchant")) as opened:
        yield opened
