"""Runs of different deployments that write for one account never run at the same time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import ConcurrencyOptions
from prefect.client.schemas.responses import DeploymentResponse, SetStateStatus
from prefect.states import Completed, Pending, Running

from deployments.limits import share_limits
from deployments.work_pool import WORK_POOL, ensure_work_pool
from tests.flows.deployment_file import full_name, read_deployments
from tests.flows.test_deployments import WRITERS

AWAITING = "AwaitingConcurrencySlot"


@pytest.fixture
def deployments(prefect: SyncPrefectClient) -> dict[str, UUID]:
    """The deployments of prefect.yaml, under their shared limits."""
    ensure_work_pool(prefect)
    deployed = {}
    for one in read_deployments():
        limit = one["concurrency_limit"]
        deployed[full_name(one)] = prefect.create_deployment(
            flow_id=prefect.create_flow_from_name(full_name(one).partition("/")[0]),
            name=one["name"],
            work_pool_name=WORK_POOL,
            tags=one["tags"],
            concurrency_limit=limit["limit"],
            concurrency_options=ConcurrencyOptions(collision_strategy=limit["collision_strategy"]),
        )
    assert share_limits(prefect) == {tag: len(names) for tag, names in WRITERS.items()}
    return deployed


@pytest.fixture
def schedule(prefect: SyncPrefectClient) -> Iterator[Callable[[UUID], UUID]]:
    """Makes scheduled runs of a deployment; they end with the test, and let go of their slots."""
    made: list[UUID] = []

    def make(deployment: UUID) -> UUID:
        made.append(prefect.create_flow_run_from_deployment(deployment).id)
        return made[-1]

    yield make
    for run in made:
        prefect.set_flow_run_state(run, Completed())


def test_a_run_waits_for_another_flows_run_on_the_same_account(
    prefect: SyncPrefectClient, deployments: dict[str, UUID], schedule: Callable[[UUID], UUID]
) -> None:
    importing = schedule(deployments["import-orders/main"])
    syncing = schedule(deployments["sync-offers/main-US"])

    assert _submit(prefect, importing) is SetStateStatus.ACCEPT
    assert _submit(prefect, syncing) is SetStateStatus.REJECT
    assert prefect.read_flow_run(syncing).state_name == AWAITING

    prefect.set_flow_run_state(importing, Running())
    assert _submit(prefect, syncing) is SetStateStatus.REJECT

    prefect.set_flow_run_state(importing, Completed())
    assert _submit(prefect, syncing) is SetStateStatus.ACCEPT


def test_a_run_that_only_reads_does_not_wait(
    prefect: SyncPrefectClient, deployments: dict[str, UUID], schedule: Callable[[UUID], UUID]
) -> None:
    writing = schedule(deployments["publish-listings/main-US"])
    reading = schedule(deployments["reconcile-inventory/main-US"])

    assert _submit(prefect, writing) is SetStateStatus.ACCEPT
    assert _submit(prefect, reading) is SetStateStatus.ACCEPT


def test_sharing_twice_changes_nothing(
    prefect: SyncPrefectClient, deployments: dict[str, UUID]
) -> None:
    before = _limits(prefect, deployments)

    share_limits(prefect)

    assert _limits(prefect, deployments) == before


def _submit(prefect: SyncPrefectClient, run: UUID) -> SetStateStatus:
    """What the server says to a worker that wants to start the run."""
    return prefect.set_flow_run_state(run, Pending()).status


def _limits(prefect: SyncPrefectClient, deployments: dict[str, UUID]) -> dict[str, object]:
    found: dict[str, DeploymentResponse] = {
        name: prefect.read_deployment(identity) for name, identity in deployments.items()
    }
    return {name: one.global_concurrency_limit for name, one in found.items()}
