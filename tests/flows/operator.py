"""An operator's Prefect: a server of its own, registered deployments, a worker."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx

from tests.flows.processes import PREFECT, eventually, free_port, run, running

#: A fresh database takes a busy machine long.
_STARTS_WITHIN_SECONDS: Final = 180

Json = dict[str, Any]


@dataclass(frozen=True)
class Operator:
    """Who runs a Prefect server. `environment` is what commands and workers find around them."""

    folder: Path
    api: httpx.Client
    environment: Mapping[str, str]

    def register(self, config: Path, secrets: Mapping[str, str]) -> str:
        """Put the deployments of prefect.yaml and the secrets onto the server."""
        command = [sys.executable, "-m", "deployments.register", "--config", str(config)]
        return run(command, {**self.environment, **secrets})

    def deploy(self, prefect_file: Path) -> str:
        """Deploy everything in a file."""
        command = [*PREFECT, "deploy", "--all", "--prefect-file", str(prefect_file)]
        return run(command, self.environment)

    @contextmanager
    def worker(self, home: Path) -> Iterator[Path]:
        """A process worker whose settings are in this folder; answers its log."""
        log = self.folder / "worker.log"
        command = [*PREFECT, "worker", "start", "--pool", "affluent"]
        with running(command, log, {**self.environment, "AFFLUENT_HOME": str(home)}):
            yield log

    def deployment(self, name: str) -> Json:
        """A deployment by its full name."""
        found: Json = self.api.get(f"/deployments/name/{name}").raise_for_status().json()
        return found

    def runs(self, deployment: Json, state: str) -> list[Json]:
        """The deployment's runs in a state, such as COMPLETED."""
        criteria = {
            "deployments": {"id": {"any_": [deployment["id"]]}},
            "flow_runs": {"state": {"type": {"any_": [state]}}},
        }
        found: list[Json] = (
            self.api.post("/flow_runs/filter", json=criteria).raise_for_status().json()
        )
        return found


@contextmanager
def prefect_operator(folder: Path) -> Iterator[Operator]:
    """An operator with a Prefect server that has just started, on a database of its own."""
    port = free_port()
    environment = _environment(folder) | {"PREFECT_API_URL": f"http://127.0.0.1:{port}/api"}
    command = [*PREFECT, "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    log = folder / "server.log"
    with (
        running(command, log, environment) as server,
        httpx.Client(base_url=environment["PREFECT_API_URL"], timeout=30) as api,
    ):
        eventually(lambda: _is_up(api, server, log), _STARTS_WITHIN_SECONDS, "The Prefect server")
        yield Operator(folder, api, environment)


def _environment(folder: Path) -> dict[str, str]:
    """This process's environment without any Prefect of its own, and without secrets."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PREFECT_", "AFFLUENT_"))
    }
    return inherited | {
        "PREFECT_HOME": str(folder / "prefect"),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_DEPLOYMENTS_CONCURRENCY_SLOT_WAIT_SECONDS": "2",
        "DO_NOT_TRACK": "1",
        "GX_ANALYTICS_ENABLED": "false",
    }


def _is_up(api: httpx.Client, server: subprocess.Popen[bytes], log: Path) -> bool:
    assert server.poll() is None, log.read_text()
    try:
        return api.get("/health").is_success
    except httpx.TransportError:
        return False
