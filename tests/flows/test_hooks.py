"""From the store's event to flow runs, on real Prefect servers."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextvars import copy_context
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterTags,
)
from prefect.client.schemas.objects import FlowRun, State
from prefect.states import Completed, Failed

from affluent.cli.demo.sandbox_process import Sandbox
from affluent.cli.demo.settings import secrets_of
from affluent.cli.hooks.flow_runs import require_deployments, run_stages
from affluent.domain.errors import ConfigurationError
from affluent.hooks.reaction import Stages
from tests.behaviours.merchant import Merchant
from tests.flows.operator import Json, Operator, prefect_operator
from tests.flows.processes import eventually, free_port, running
from tests.unit.hooks.calls import payload, signed

SOON = 60.0
STARTED_BY_STOCK = (
    "extract-catalog/incremental",
    "rush-offers/main-US",
    "sync-offers/main-US",
    "retry-orders/main",
)
CLIENT_SECRET = "the-client-secret-of-the-api-account"


class Deployed:
    """Deployments of a name of their own, and what becomes of their runs."""

    def __init__(self, prefect: SyncPrefectClient) -> None:
        self._prefect = prefect
        self._suffix = uuid4().hex
        self._ids: dict[str, UUID] = {}

    def make(self, flow: str) -> str:
        name = f"{flow}/{self._suffix}"
        flow_id = self._prefect.create_flow_from_name(flow)
        self._ids[name] = self._prefect.create_deployment(flow_id=flow_id, name=self._suffix)
        return name

    def runs(self, name: str) -> list[FlowRun]:
        return self._prefect.read_flow_runs(
            flow_run_filter=FlowRunFilter(tags=FlowRunFilterTags(all_=["webhook"])),
            deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[self._ids[name]])),
            limit=10,
            offset=0,
        )

    def end(self, name: str, state: State[object]) -> None:
        """End the one run of a deployment, as a worker would."""
        [run] = eventually(lambda: self.runs(name), SOON, f"A run of {name}")
        self._prefect.set_flow_run_state(run.id, state, force=True)


@pytest.fixture
def deployed(prefect: SyncPrefectClient) -> Deployed:
    return Deployed(prefect)


@pytest.fixture
def follow() -> Iterator[Callable[[Stages], threading.Thread]]:
    """Runs stages in a thread, as the receiver does, on the server of the test."""
    threads: list[threading.Thread] = []

    def begin(stages: Stages) -> threading.Thread:
        context = copy_context()
        thread = threading.Thread(target=lambda: context.run(run_stages, stages, SOON, 0.1))
        thread.start()
        threads.append(thread)
        return thread

    yield begin
    for thread in threads:
        thread.join(2 * SOON)


def test_a_stage_runs_side_by_side_once_the_one_before_has_completed(
    deployed: Deployed, follow: Callable[[Stages], threading.Thread]
) -> None:
    extract, us, ca = (deployed.make(flow) for flow in ("extract", "sync-us", "sync-ca"))

    thread = follow(((extract,), (us, ca)))
    eventually(lambda: deployed.runs(extract), SOON, "The extraction")
    time.sleep(0.5)
    before = deployed.runs(us) + deployed.runs(ca)
    deployed.end(extract, Completed())
    deployed.end(ca, Completed())
    eventually(lambda: deployed.runs(us), SOON, "The other marketplace")
    is_still_watching = thread.is_alive()
    deployed.end(us, Completed())
    thread.join(SOON)

    assert before == []
    assert is_still_watching
    assert not thread.is_alive()


def test_after_a_stage_that_failed_nothing_is_started(
    deployed: Deployed, follow: Callable[[Stages], threading.Thread]
) -> None:
    extract, sync = deployed.make("extract"), deployed.make("sync")

    thread = follow(((extract,), (sync,)))
    deployed.end(extract, Failed())
    thread.join(SOON)

    assert not thread.is_alive()
    assert deployed.runs(sync) == []


def test_a_run_that_nobody_takes_is_not_waited_for_for_ever(deployed: Deployed) -> None:
    extract, sync = deployed.make("extract"), deployed.make("sync")

    run_stages(((extract,), (sync,)), waits_seconds=0.2, looks_every_seconds=0.1)

    assert len(deployed.runs(extract)) == 1
    assert deployed.runs(sync) == []


def test_every_deployment_that_is_missing_is_named(deployed: Deployed) -> None:
    there = deployed.make("extract")

    require_deployments([there])
    with pytest.raises(ConfigurationError) as caught:
        require_deployments(["sync-offers/a-US", there, "sync-offers/a-CA"])

    assert "sync-offers/a-US, sync-offers/a-CA" in caught.value.what
    assert there not in str(caught.value)


@pytest.fixture
def operator(tmp_path: Path, merchant: Merchant) -> Iterator[Operator]:
    """An operator whose commands and workers find the merchant's secrets."""
    secrets = secrets_of(Sandbox(merchant.sandbox.process.pid, merchant.sandbox.ready))
    with prefect_operator(tmp_path) as started:
        yield replace(started, environment={**started.environment, **secrets})


def test_a_stock_event_becomes_runs_that_do_their_work(
    merchant: Merchant, operator: Operator, tmp_path: Path
) -> None:
    merchant.write(
        accounts=merchant.account(name="main"),
        selling_lists=[],
        hooks={"client_secret": {"block": "hooks-client-secret"}},
    )
    operator.register(merchant.config, {"HOOKS_CLIENT_SECRET": CLIENT_SECRET})
    store_hash = merchant.read()["store"]["hash"]
    body = payload(
        "store/sku/inventory/updated",
        {"type": "sku", "inventory": {"product_id": 7, "variant_id": 8}},
        producer=f"stores/{store_hash}",
    )
    port, log = free_port(), tmp_path / "hooks.log"
    command = [sys.executable, "-c", "from affluent.cli.app import main; main()", "serve-hooks"]
    command += ["--port", str(port), "--config", str(merchant.config)]
    address = f"http://127.0.0.1:{port}/"

    with (
        operator.worker(merchant.config.parent) as worker_log,
        running(command, log, operator.environment),
    ):
        eventually(lambda: _answers(address), SOON, f"The receiver: {log}")
        forged = httpx.post(address, content=body, headers=signed(body, at=_now()))
        genuine = httpx.post(
            address, content=body, headers=signed(body, at=_now(), client_secret=CLIENT_SECRET)
        )
        for name in STARTED_BY_STOCK:
            eventually(
                partial(_completed_by_hook, operator, operator.deployment(name)),
                2 * SOON,
                f"A run of {name}, started by the event: {worker_log}",
            )

    assert (forged.status_code, genuine.status_code, genuine.content) == (401, 200, b"")
    assert "Started extract-catalog/incremental" in log.read_text()
    assert CLIENT_SECRET not in log.read_text()


def _completed_by_hook(operator: Operator, deployment: Json) -> bool:
    """Whether one run has completed that no schedule started."""
    return any("webhook" in run["tags"] for run in operator.runs(deployment, "COMPLETED"))


def _now() -> datetime:
    return datetime.now(UTC)


def _answers(address: str) -> bool:
    try:
        return httpx.get(address).status_code == 405
    except httpx.TransportError:
        return False
