"""`affluent serve-hooks`: receive what the store tells, and start the flow runs that follow."""

from __future__ import annotations

import logging
from typing import Annotated, Final

import typer
import uvicorn

from affluent.bootstrap import Application
from affluent.cli.hooks.receiver import hooks_app
from affluent.cli.opening import opened_application
from affluent.cli.options import DEFAULT_CONFIG, ConfigOption
from affluent.cli.prefect_environment import prepare_prefect
from affluent.hooks.reaction import Course, Stages, stages_of
from affluent.hooks.reactor import Reactor

_LOG_FORMAT: Final = "%(asctime)s %(levelname)s %(message)s"


def serve_hooks(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65_535, help="The port to listen on.")] = 8720,
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Receive the store's webhooks and start the flow runs that they ask for, until Ctrl-C.

    The runs are those of the deployments in prefect.yaml, on the Prefect server that
    PREFECT_API_URL names. Put a proxy in front that speaks TLS on port 443.
    """
    prepare_prefect()
    # Prefect reads its environment when it is imported.
    from affluent.cli.hooks.flow_runs import require_deployments, run_stages

    with opened_application(config) as application:
        application.hook_proof.require_secrets()
        stages = _stages(application)
        require_deployments(
            name for course in stages.values() for names in course for name in names
        )
        _log_what_happens()
        with Reactor(lambda course: run_stages(stages[course])) as reactor:
            app = hooks_app(application.reception, reactor.react)
            typer.echo(f"Listening on http://{host}:{port}")
            uvicorn.run(
                app,
                host=host,
                port=port,
                log_level="warning",
                access_log=False,
                server_header=False,
            )


def _stages(application: Application) -> dict[Course, Stages]:
    accounts = [application.account(one.name) for one in application.settings.accounts]
    return {course: stages_of(course, accounts) for course in Course}


def _log_what_happens() -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter(_LOG_FORMAT))
    ours = logging.getLogger("affluent")
    ours.addHandler(handler)
    ours.setLevel(logging.INFO)
