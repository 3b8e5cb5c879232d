"""`affluent run FLOW`: one flow, here and now; Prefect starts a server of its own if need be."""

from __future__ import annotations

import importlib
from typing import Annotated, Any, Final

import typer

from affluent.cli.options import DEFAULT_CONFIG, ConfigOption, JsonOption, print_json
from affluent.cli.prefect_environment import prepare_prefect, without_heartbeats
from affluent.domain.errors import ConfigurationError
from affluent.domain.report import RunReport

#: Every flow, by the name that `affluent run` and prefect.yaml know it by.
FLOWS: Final = (
    "extract_catalog",
    "publish_listings",
    "recheck_restrictions",
    "check_schemas",
    "link_inventory",
    "sync_offers",
    "rush_offers",
    "end_listings",
    "reconcile_inventory",
    "import_orders",
    "follow_notifications",
    "reconcile_orders",
    "retry_orders",
    "backfill_orders",
    "confirm_shipments",
    "follow_cancellations",
    "send_digest",
    "watch_silence",
    "purge_buyers",
)


def run_flow_command(
    flow: Annotated[str, typer.Argument(help=f"One of: {', '.join(FLOWS)}.")],
    parameters: Annotated[
        list[str] | None,
        typer.Option("--set", help="A parameter of the flow, as name=value; repeatable."),
    ] = None,
    config: ConfigOption = DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Run one flow here and now and print its report."""
    report = run_flow(flow, parse_parameters(parameters or []) | {"config": str(config)})
    if as_json:
        print_json(report.as_dict())
    else:
        print_report(report)


def run_flow(name: str, parameters: dict[str, Any]) -> RunReport:
    """Run a flow in this process. Raises what the flow raises."""
    if name not in FLOWS:
        raise ConfigurationError(
            f"There is no flow {name}.", fix=f"The flows are {', '.join(FLOWS)}."
        )
    prepare_prefect()
    flow = getattr(importlib.import_module(f"flows.{name}"), name)
    unknown = parameters.keys() - flow.parameters.properties.keys()
    if unknown:
        known = ", ".join(flow.parameters.properties)
        raise ConfigurationError(
            f"{name} has no parameter {', '.join(sorted(unknown))}.", fix=f"It has {known}."
        )
    with without_heartbeats():
        report: RunReport = flow(**parameters)
    return report


def parse_parameters(pairs: list[str]) -> dict[str, Any]:
    """The parameters that `--set name=value` gives, by name."""
    parsed: dict[str, Any] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise ConfigurationError(
                f"--set {pair} names no value.", fix="Write it as --set name=value."
            )
        parsed[name] = value
    return parsed


def print_report(report: RunReport) -> None:
    """The figures of a run, as a table."""
    from rich.console import Console
    from rich.table import Table

    table = Table("figure", "value", title=report.flow)
    for name, value in report.as_dict().items():
        if name != "flow" and value not in (None, 0, "", (), {}):
            table.add_row(name, str(value))
    Console().print(table)
