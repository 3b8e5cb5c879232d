"""`affluent plans` and `affluent approve`: what waits for a person, and his answer."""

from __future__ import annotations

import getpass
from dataclasses import astuple, fields
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from affluent.approvals.deciding import decide, find_plan
from affluent.cli.files import write_file
from affluent.cli.opening import opened_application
from affluent.cli.options import DEFAULT_CONFIG, ConfigOption, JsonOption, print_json
from affluent.cli.views import time_view
from affluent.cli.waking import wake
from affluent.domain.kept_plan import Decision, KeptPlan
from affluent.domain.planned_field import PlannedField
from affluent.explanations.places import country_of
from affluent.spreadsheets.writing import written_table

commands = typer.Typer(no_args_is_help=False, add_completion=False)

_COLUMNS: Final = tuple(one.name for one in fields(PlannedField))
_LONGEST_TABLE: Final = 50

HashArgument = Annotated[str, typer.Argument(metavar="HASH", help="The beginning of its hash.")]


@commands.callback(invoke_without_command=True)
def plans(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, help="How many are shown.")] = 20,
    config: ConfigOption = DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Show the plans that were kept: what waits, what was decided, what was applied."""
    if context.invoked_subcommand is not None:
        return
    with opened_application(config) as application, application.units() as work:
        work.plans.expire(application.clock.now())
        work.commit()
        recent = work.plans.recent(limit)
    if as_json:
        print_json(recent)
    else:
        Console().print(_overview(recent))


@commands.command()
def show(
    name: HashArgument,
    csv: Annotated[
        Path | None, typer.Option("--csv", help="Write each field to this file.")
    ] = None,
    config: ConfigOption = DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Show one plan: each field with its value before and after, and why."""
    with opened_application(config) as application:
        plan = find_plan(name, application.units, application.clock.now())
        with application.units() as work:
            told = work.plans.fields(plan.plan_id)
    if csv is not None:
        write_file(csv, written_table(_COLUMNS, map(astuple, told)))
    if as_json:
        print_json({"plan": plan, "fields": told})
    else:
        console = Console()
        console.print(Text(plan.in_words()))
        console.print(_fields_table(told))


def approve(
    name: HashArgument,
    refuse: Annotated[bool, typer.Option("--refuse", help="Refuse it instead.")] = False,
    comment: Annotated[str, typer.Option(help="What others should know.")] = "",
    decided_by: Annotated[
        str, typer.Option("--by", help="Who decides; else the user of this machine.")
    ] = "",
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Let exactly one plan pass, or refuse it. A run that waits for it goes on at once."""
    decision = Decision(not refuse, decided_by or getpass.getuser(), comment)
    with opened_application(config) as application:
        now = application.clock.now()
        plan = find_plan(name, application.units, now)
        wait = application.approval_rules.wait
        decided = decide(plan, decision, wait, application.units, now)
    typer.echo(decided.in_words())
    if wake(decided.run_id, decision):
        typer.echo("The flow run that waits for it goes on.")
    elif decision.approves:
        typer.echo(f"The next run of {decided.flow} applies it, if it is still the same then.")


def _overview(recent: list[KeptPlan]) -> Table:
    table = Table("plan", "flow", "where", "changes", "state", "since (UTC)", "by", "why it waits")
    for one in recent:
        since = one.applied_at or one.decided_at or one.proposed_at
        table.add_row(
            one.name,
            one.flow,
            Text(f"{one.account} {country_of(one.marketplace_id)}"),
            str(one.changes),
            one.state.value,
            time_view(since),
            Text(one.decided_by),
            Text("; ".join(one.objections)),
        )
    return table


def _fields_table(told: list[PlannedField]) -> Table:
    more = f" (the first {_LONGEST_TABLE} of {len(told)})" if len(told) > _LONGEST_TABLE else ""
    table = Table(*_COLUMNS, title=f"What it would change{more}", title_justify="left")
    for one in told[:_LONGEST_TABLE]:
        table.add_row(*map(Text, astuple(one)))
    return table
