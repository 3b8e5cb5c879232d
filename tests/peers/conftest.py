"""The sandbox that other people's clients are pointed at.

They live in an environment of their own (`make test-peers`); elsewhere nothing is collected here.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from urllib.parse import urlsplit

import pytest

from tests.sandbox.running import PROJECT, RunningSandbox, running_sandbox

CLIENTS = ("spapi", "sp_api", "bigcommerce", "bigc")
collect_ignore_glob = [] if all(find_spec(client) for client in CLIENTS) else ["test_*.py"]

SANDBOX_PYTHON = str(PROJECT / ".venv/bin/python")
OPTIONS = ("--tls", "--quotas", "off", "--speed", "60")


@pytest.fixture(scope="session")
def sandbox() -> Iterator[RunningSandbox]:
    """One sandbox for all, over https, whose CA the environment tells the clients to trust."""
    with (
        running_sandbox(*OPTIONS, python=SANDBOX_PYTHON) as sandbox,
        pytest.MonkeyPatch.context() as environment,
    ):
        environment.setenv("SSL_CERT_FILE", sandbox.ready["ca_file"])
        environment.setenv("REQUESTS_CA_BUNDLE", sandbox.ready["ca_file"])
        environment.setenv("BC_API_ENDPOINT", urlsplit(sandbox.ready["bigcommerce"]).netloc)
        yield sandbox
