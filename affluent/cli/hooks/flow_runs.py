"""Runs of the deployments of prefect.yaml, on the Prefect server that PREFECT_API_URL names."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Mapping
from typing import Final

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.objects import FlowRun
from prefect.exceptions import ObjectNotFound
from prefect.settings import get_current_settings

from affluent.domain.errors import ConfigurationError
from affluent.hooks.reaction import Stages

logger = logging.getLogger(__name__)

_TAG: Final = "webhook"
_LOOKS_EVERY_SECONDS: Final = 1.0
#: No worker may be there, or the run may wait for another one; the schedule goes on meanwhile.
_WAITS_SECONDS: Final = 1800.0


def require_deployments(names: Iterable[str]) -> None:
    """Raise ConfigurationError where the server is not there, or lacks one of the deployments."""
    if not get_current_settings().api.url:
        raise ConfigurationError(
            "No Prefect server is named.", fix="Set PREFECT_API_URL, as in docs/deployment.md."
        )
    with get_client(sync_client=True) as client:
        if client.api_healthcheck() is not None:
            raise ConfigurationError(
                "The Prefect server does not answer.",
                why="Flow runs are started through it.",
                fix="Start it, or correct PREFECT_API_URL.",
            )
        missing = [name for name in names if not _exists(client, name)]
    if missing:
        raise ConfigurationError(
            f"The Prefect server has no deployment {', '.join(missing)}.",
            why="Webhooks start the deployments of prefect.yaml, by account and marketplace.",
            fix="Add them to prefect.yaml and run `python -m deployments.register`.",
        )


def run_stages(
    stages: Stages,
    waits_seconds: float = _WAITS_SECONDS,
    looks_every_seconds: float = _LOOKS_EVERY_SECONDS,
) -> None:
    """Run the deployments of each stage, and the next stage where all of them have completed.

    Returns when the last one has ended, or has not ended in time.
    """
    with get_client(sync_client=True) as client:
        for names in stages:
            started = {name: _start(client, name) for name in names}
            until = time.monotonic() + waits_seconds
            runs = _watch(client, started, until, looks_every_seconds)
            failed = [name for name, run in runs.items() if not _has_completed(run)]
            if failed:
                logger.warning("Not completed: %s. The schedule goes on.", ", ".join(failed))
                return


def _start(client: SyncPrefectClient, name: str) -> FlowRun:
    deployment = client.read_deployment_by_name(name)
    run = client.create_flow_run_from_deployment(deployment.id, tags=[_TAG])
    logger.info("Started %s as %s.", name, run.name)
    return run


def _watch(
    client: SyncPrefectClient, runs: Mapping[str, FlowRun], until: float, every_seconds: float
) -> Mapping[str, FlowRun]:
    """The runs as they stand when all have ended, or when the time is over."""
    while not all(map(_has_ended, runs.values())) and time.monotonic() < until:
        time.sleep(every_seconds)
        runs = {name: client.read_flow_run(run.id) for name, run in runs.items()}
    return runs


def _exists(client: SyncPrefectClient, name: str) -> bool:
    try:
        client.read_deployment_by_name(name)
    except ObjectNotFound:
        return False
    return True


def _has_ended(run: FlowRun) -> bool:
    return run.state is not None and run.state.is_final()


def _has_completed(run: FlowRun) -> bool:
    return run.state is not None and run.state.is_completed()
