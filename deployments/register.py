"""`python -m deployments.register`: put the flows onto a Prefect server.

Does what is missing and nothing twice: the work pool, the Secret blocks, the deployments of
prefect.yaml, and the limits that deployments share. PREFECT_API_URL says which server.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer
from prefect.client.orchestration import get_client
from prefect.settings import get_current_settings

from affluent.cli.failures import FAILED, report_failure
from affluent.cli.options import DEFAULT_CONFIG, ConfigOption
from affluent.domain.errors import AffluentError, ConfigurationError
from deployments.limits import share_limits
from deployments.secret_blocks import fill_secret_blocks
from deployments.work_pool import WORK_POOL, ensure_work_pool


def register(
    config: ConfigOption = DEFAULT_CONFIG,
    prefect_file: Annotated[Path, typer.Option(help="The file of deployments.")] = Path(
        "prefect.yaml"
    ),
) -> None:
    """Put the flows onto the Prefect server that PREFECT_API_URL names."""
    try:
        _register(config, prefect_file)
    except AffluentError as error:
        raise typer.Exit(report_failure(error)) from None


def _register(config: Path, prefect_file: Path) -> None:
    if not get_current_settings().api.url:
        raise ConfigurationError(
            "No Prefect server is named.", fix="Set PREFECT_API_URL, as in docs/deployment.md."
        )
    with get_client(sync_client=True) as client:
        made = ensure_work_pool(client)
        typer.echo(f"Work pool {WORK_POOL}: {'made' if made else 'exists'}.")
        filled = fill_secret_blocks(config)
        typer.echo(f"Secret blocks filled: {', '.join(filled) or 'none'}.")
        _deploy(prefect_file)
        for tag, count in share_limits(client).items():
            typer.echo(f"Limit {tag}: one run at a time among {count} deployments.")


def _deploy(prefect_file: Path) -> None:
    command = [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all"]
    deployed = subprocess.run([*command, "--prefect-file", str(prefect_file)], check=False)
    if deployed.returncode:
        raise typer.Exit(FAILED)


if __name__ == "__main__":
    typer.run(register)
