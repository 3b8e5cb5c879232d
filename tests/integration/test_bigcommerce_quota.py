"""Several processes of one store against the sandbox's window: together they stay within it."""

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from affluent.storage.windows import SqlWindows
from connectors.sandbox_admin import SandboxAdmin
from tests.sandbox.running import RunningSandbox, running_sandbox

#: A window of 150 requests in one second of ours.
SPEED = 30.0
WINDOWS = 3
THREADS = 4
REQUESTS_EACH = 150 * WINDOWS // 2

_WORKER = """
import json, sys
from concurrent.futures import ThreadPoolExecutor
from affluent.storage.engine import open_engine
from affluent.storage.windows import SqlWindows
from connectors.bigcommerce.store import BigCommerceStore

asked = json.loads(sys.argv[1])
store = BigCommerceStore(
    store_hash=asked["store_hash"], access_token=lambda: asked["access_token"],
    endpoint=asked["endpoint"], window_store=SqlWindows(open_engine(asked["database"])),
    clock_speed=asked["speed"],
)
store.catalog.resolve(["KIT-MUG-BLUE"])
with ThreadPoolExecutor(asked["threads"]) as threads:
    list(threads.map(lambda _: store.catalog.resolve(["KIT-MUG-BLUE"]), range(asked["requests"])))
"""


@pytest.fixture
def sandbox() -> Iterator[RunningSandbox]:
    with running_sandbox("--speed", str(SPEED), "--idle-exit", "120") as running:
        yield running


def work(sandbox: RunningSandbox, database_url: str) -> subprocess.Popen[bytes]:
    credentials = sandbox.ready["credentials"]["bigcommerce"]
    asked = {
        "store_hash": credentials["store_hash"],
        "access_token": credentials["access_token"],
        "endpoint": sandbox.ready["bigcommerce"],
        "database": database_url,
        "speed": SPEED,
        "requests": REQUESTS_EACH,
        "threads": THREADS,
    }
    return subprocess.Popen([sys.executable, "-c", _WORKER, json.dumps(asked)])


def statuses(sandbox: RunningSandbox) -> list[int]:
    with SandboxAdmin(sandbox.ready["admin"]) as admin:
        rows = admin.requests()
    return [row["status"] for row in rows if row["vendor"] == "bigcommerce"]


def test_two_processes_are_never_throttled(
    sandbox: RunningSandbox, engine: Engine, database_url: str
) -> None:
    workers = [work(sandbox, database_url) for _ in range(2)]
    assert [worker.wait(timeout=60) for worker in workers] == [0, 0]
    assert set(statuses(sandbox)) == {200}
    store_hash = sandbox.ready["credentials"]["bigcommerce"]["store_hash"]
    window = SqlWindows(engine).look(f"bigcommerce/{store_hash}@{sandbox.ready['bigcommerce']}")
    assert window.quota == 150
    # What its last answer told, a thread would have taken over with its next request.
    assert window.on_way <= len(workers) * THREADS
