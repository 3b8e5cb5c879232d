"""`affluent plan FLOW`: the flow's own dry run, and what its plan would take at the quotas now."""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from typing import Annotated

import typer

from affluent.cli.opening import opened_application
from affluent.cli.options import DEFAULT_CONFIG, ConfigOption, JsonOption, print_json
from affluent.cli.outlook import shown_plan
from affluent.cli.prefect_environment import prepare_prefect
from affluent.cli.run import parse_parameters, run_flow
from affluent.domain.errors import BatchStopped
from affluent.domain.plan import Gated


def plan_command(
    flow: Annotated[str, typer.Argument(help="A flow that has the parameter dry_run.")],
    parameters: Annotated[
        list[str] | None,
        typer.Option("--set", help="A parameter of the flow, as name=value; repeatable."),
    ] = None,
    config: ConfigOption = DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Say what a flow would send, what it holds, and how long Amazon takes for it.

    Nothing is sent but what the flow's dry run reads. Seconds are those of Amazon's time.
    """
    asked = parse_parameters(parameters or []) | {"config": str(config), "dry_run": True}
    plans, costs = plans_of(flow, asked)
    with opened_application(config) as application:
        shown = [shown_plan(gated, application) for gated in plans]
    if as_json:
        print_json({"flow": flow, "plans": shown, "costs": costs})
    else:
        from affluent.cli.outlook_view import print_costs, print_plans

        print_costs(costs)
        if shown or not costs:
            print_plans(flow, shown)


def plans_of(
    flow: str, parameters: dict[str, object]
) -> tuple[list[Gated], list[dict[str, object]]]:
    """What the gate made of the flow's plan, and what the reading that it begins with costs; a
    batch that the gate stops is a plan, too."""
    prepare_prefect()
    plans: list[Gated] = []
    costs: list[dict[str, object]] = []
    artifacts = import_module("tasks.artifacts")
    artifacts.showing.set(plans.append)
    artifacts.showing_costs.set(lambda told: costs.extend(one.as_dict() for one in told))
    with suppress(BatchStopped):
        run_flow(flow, parameters)
    return plans, costs
