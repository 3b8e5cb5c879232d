"""prefect.yaml against the flows that it deploys."""

from __future__ import annotations

from typing import Any

import pytest
from prefect.flows import Flow, load_flow_from_entrypoint

from affluent.cli.run import FLOWS
from deployments.work_pool import WORK_POOL
from tests.flows.deployment_file import Json, full_name, read_deployments, read_prefect_file

DEPLOYMENTS = read_deployments()
#: Run from their forms, or when a webhook comes.
ON_DEMAND = {"backfill-orders/any", "retry-orders/main"}
SCHEDULES = {
    "confirm-shipments/main": "4-59/10 * * * *",
    "end-listings/main-US": "24 2 * * *",
    "extract-catalog/full": "10 1 * * *",
    "extract-catalog/incremental": "1-59/15 * * * *",
    "follow-cancellations/main": "8-59/10 * * * *",
    "follow-notifications/all": "*/5 * * * *",
    "import-orders/main": "*/5 * * * *",
    "link-inventory/main-US": "40 2 * * *",
    "publish-listings/main-US": "18 * * * *",
    "purge-buyers/all": "50 4 * * *",
    "recheck-restrictions/main-US": "8 5 * * *",
    "check-schemas/main-US": "28 5 * * *",
    "reconcile-inventory/main-US": "30 3 * * *",
    "reconcile-orders/main": "20 4 * * *",
    "rush-offers/main-US": "*/2 * * * *",
    "send-digest/store": "47 * * * *",
    "sync-offers/main-US": "2-59/5 * * * *",
    "watch-silence/store": "14,44 * * * *",
}
WRITERS = {
    "writes:notices": {"send-digest/store"},
    "writes:catalog": {"extract-catalog/full", "extract-catalog/incremental"},
    "writes:main": {
        "confirm-shipments/main",
        "end-listings/main-US",
        "follow-cancellations/main",
        "import-orders/main",
        "publish-listings/main-US",
        "reconcile-orders/main",
        "sync-offers/main-US",
    },
}

each_deployment = pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=full_name)


def test_every_flow_is_deployed() -> None:
    deployed = {one["entrypoint"] for one in DEPLOYMENTS}

    assert deployed == {f"flows.{name}:{name}" for name in FLOWS}


@each_deployment
def test_an_entrypoint_loads_the_flow_and_its_parameters_fit(deployment: Json) -> None:
    flow: Flow[..., Any] = load_flow_from_entrypoint(
        deployment["entrypoint"], use_placeholder_flow=False
    )

    assert flow.name == full_name(deployment).partition("/")[0]
    assert set(deployment["parameters"]) <= set(flow.parameters.properties)
    assert set(flow.parameters.required) <= set(deployment["parameters"])
    assert flow.validate_parameters(deployment["parameters"]).items() >= (
        deployment["parameters"].items()
    )


def test_each_deployment_has_its_schedule_in_the_one_pool() -> None:
    schedules = {
        full_name(one): (one["schedules"], one["work_pool"]["name"]) for one in DEPLOYMENTS
    }

    assert schedules == {
        name: ([{"cron": cron, "timezone": "UTC"}], WORK_POOL) for name, cron in SCHEDULES.items()
    } | {name: ([], WORK_POOL) for name in ON_DEMAND}


@each_deployment
def test_a_second_run_of_a_deployment_waits(deployment: Json) -> None:
    assert deployment["concurrency_limit"] == {"limit": 1, "collision_strategy": "ENQUEUE"}


def test_deployments_that_write_to_the_same_thing_say_so() -> None:
    tagged = {tag: {full_name(one) for one in DEPLOYMENTS if tag in one["tags"]} for tag in WRITERS}

    assert tagged == WRITERS


@each_deployment
def test_a_deployment_is_described_and_bears_its_accounts_tag(deployment: Json) -> None:
    account = deployment["parameters"].get("account")

    assert deployment["description"].endswith(".")
    assert (f"account:{account}" in deployment["tags"]) is (account is not None)


def test_workers_run_the_flows_where_their_settings_are() -> None:
    assert read_prefect_file()["pull"] == [
        {"prefect.deployments.steps.set_working_directory": {"directory": "{{ $AFFLUENT_HOME }}"}}
    ]
