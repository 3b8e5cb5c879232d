"""What a flow run left behind: on the vendors' side, and in Prefect."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import (
    ArtifactFilter,
    ArtifactFilterFlowRunId,
    FlowRunFilter,
    FlowRunFilterId,
    LogFilter,
    LogFilterFlowRunId,
)
from prefect.client.schemas.objects import FlowRun
from prefect.client.schemas.sorting import ArtifactSort, FlowRunSort, LogSort, TaskRunSort

from tests.behaviours.merchant import Merchant
from tests.flows.processes import eventually

#: Not a GET, and yet nothing changes by it: tokens, and reports that are made to be read.
_HARMLESS: Final = ("/auth/o2/token", "/reports/2021-06-30/reports")
_LOGS_ARRIVE_WITHIN_SECONDS: Final = 60

Json = dict[str, Any]


def writes(merchant: Merchant) -> list[Json]:
    """The requests so far that change something on Amazon or in the store."""
    return [
        request
        for request in merchant.admin.requests()
        if request["method"] != "GET" and request["path"] not in _HARMLESS
    ]


def latest_run(prefect: SyncPrefectClient) -> FlowRun:
    """The flow run that began last."""
    [run] = prefect.read_flow_runs(limit=1, sort=FlowRunSort.START_TIME_DESC, offset=0)
    return run


def artifacts(prefect: SyncPrefectClient, run: UUID) -> dict[str, Any]:
    """The run's artifacts: key to content."""
    found = prefect.read_artifacts(
        artifact_filter=ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[run])),
        sort=ArtifactSort.CREATED_DESC,
        limit=200,
        offset=0,
    )
    return {str(one.key): one.data for one in found}


def logs(prefect: SyncPrefectClient, run: UUID) -> list[str]:
    """The run's log, once its last line has arrived."""

    def whole() -> list[str]:
        lines = prefect.read_logs(
            LogFilter(flow_run_id=LogFilterFlowRunId(any_=[run])),
            limit=200,
            offset=0,
            sort=LogSort.TIMESTAMP_ASC,
        )
        messages = [line.message for line in lines]
        ended = any(message.startswith("Finished in state") for message in messages)
        return messages if ended else []

    return eventually(whole, _LOGS_ARRIVE_WITHIN_SECONDS, "The end of the log")


def everything_kept(prefect: SyncPrefectClient, run: FlowRun) -> str:
    """All that Prefect knows of a run: log, artifacts, parameters, states, task runs."""
    tasks = prefect.read_task_runs(
        flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=[run.id])),
        sort=TaskRunSort.END_TIME_DESC,
        limit=200,
        offset=0,
    )
    kept: Iterable[object] = (
        run.model_dump_json(),
        *(task.model_dump_json() for task in tasks),
        *logs(prefect, run.id),
        *artifacts(prefect, run.id).items(),
    )
    return "\n".join(map(str, kept))
