"""prefect.yaml as the tests read it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import yaml

PREFECT_FILE: Final = Path(__file__).resolve().parents[2] / "prefect.yaml"

Json = dict[str, Any]


def read_prefect_file() -> Json:
    """The whole file, its anchors resolved."""
    content: Json = yaml.safe_load(PREFECT_FILE.read_text("utf-8"))
    return content


def read_deployments() -> list[Json]:
    """The deployments of the file."""
    deployments: list[Json] = read_prefect_file()["deployments"]
    return deployments


def full_name(deployment: Json) -> str:
    """The name that Prefect knows a deployment by: `sync-offers/main-US`."""
    flow = deployment["entrypoint"].partition(":")[2].replace("_", "-")
    return f"{flow}/{deployment['name']}"
