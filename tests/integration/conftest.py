"""A sandbox process, its admin side, and a connector to its store."""

from collections.abc import Iterator

import pytest

from connectors.bigcommerce.store import BigCommerceStore
from connectors.sandbox_admin import SandboxAdmin
from tests.integration.bigcommerce_store import SPEED, connect
from tests.sandbox.running import RunningSandbox, running_sandbox


@pytest.fixture(scope="module")
def sandbox() -> Iterator[RunningSandbox]:
    with running_sandbox("--speed", str(SPEED)) as running:
        yield running


@pytest.fixture
def admin(sandbox: RunningSandbox) -> Iterator[SandboxAdmin]:
    with SandboxAdmin(sandbox.ready["admin"]) as admin:
        admin.reset()
        yield admin


@pytest.fixture
def store(sandbox: RunningSandbox, admin: SandboxAdmin) -> Iterator[BigCommerceStore]:
    store = connect(sandbox)
    yield store
    store.close()
