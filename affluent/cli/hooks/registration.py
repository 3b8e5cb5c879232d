"""`affluent hooks`: the webhooks that the store has for us."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from affluent.cli.opening import opened_application
from affluent.cli.options import DEFAULT_CONFIG, ConfigOption, JsonOption, print_json
from affluent.hooks.registration import check_destination, plan_hooks, useful_scopes

commands = typer.Typer(no_args_is_help=True, add_completion=False)

UrlOption = Annotated[
    str, typer.Option("--url", help="Where the store reaches `affluent serve-hooks`: https://…")
]


@commands.callback()
def hooks() -> None:
    """About the store's webhooks."""


@commands.command()
def register(
    url: UrlOption, config: ConfigOption = DEFAULT_CONFIG, as_json: JsonOption = False
) -> None:
    """Make the store call this address; what it does already stays as it is.

    Webhooks that the store has switched off are switched on again. Run it again when a secret of
    the section hooks has changed.
    """
    check_destination(url)
    with opened_application(config) as application:
        headers = application.hook_proof.headers()
        scopes = useful_scopes(application.settings.store.channel_id)
        port = application.store.hooks
        plan = plan_hooks(scopes, url, headers, port.all())
        for scope in plan.create:
            port.create(scope, url, headers)
        for hook in plan.renew:
            port.renew(hook, headers)
    figures = {
        "created": len(plan.create),
        "renewed": len(plan.renew),
        "unchanged": len(plan.unchanged),
    }
    if as_json:
        print_json(figures)
    else:
        told = ", ".join(f"{count} {what}" for what, count in figures.items())
        typer.echo(f"Webhooks to {url}: {told}. New ones work within a minute.")


@commands.command("list")
def list_command(config: ConfigOption = DEFAULT_CONFIG, as_json: JsonOption = False) -> None:
    """Print the webhooks of the API account; one that is off receives nothing any more."""
    with opened_application(config) as application:
        found = sorted(
            application.store.hooks.all(), key=lambda hook: (hook.destination, hook.scope)
        )
    rows = [
        {
            "id": hook.hook_id,
            "scope": hook.scope,
            "destination": hook.destination,
            "active": hook.is_active,
        }
        for hook in found
    ]
    if as_json:
        print_json(rows)
        return
    table = Table("id", "scope", "destination", "")
    for row in rows:
        state = Text("on", "green") if row["active"] else Text("off", "red")
        table.add_row(str(row["id"]), str(row["scope"]), str(row["destination"]), state)
    Console().print(table)


@commands.command()
def remove(url: UrlOption, config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Make the store call this address no more."""
    with opened_application(config) as application:
        port = application.store.hooks
        found = [hook for hook in port.all() if hook.destination == url]
        for hook in found:
            port.delete(hook)
    typer.echo(f"Webhooks to {url}: {len(found)} removed.")
