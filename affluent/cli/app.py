"""The `affluent` command: the list of its subcommands, and what happens when one fails."""

from __future__ import annotations

from typing import Any, Final

import typer
from typer.core import TyperGroup

from affluent.cli.failures import report_failure
from affluent.cli.lazy import LazyCommand
from affluent.domain.errors import AffluentError

COMMANDS: Final = (
    LazyCommand("init", "affluent.cli.init:init", "Write a commented affluent.yaml."),
    LazyCommand(
        "check", "affluent.cli.check:check", "Say everything that is wrong in the settings."
    ),
    LazyCommand("config", "affluent.cli.config:commands", "About the settings file."),
    LazyCommand("db", "affluent.cli.db:commands", "About the store's database."),
    LazyCommand(
        "run",
        "affluent.cli.run:run_flow_command",
        "Run one flow here and now and print its report.",
    ),
    LazyCommand(
        "plan",
        "affluent.cli.plan:plan_command",
        "Say what a flow would send, what it holds, and how long Amazon takes for it.",
    ),
    LazyCommand(
        "plans",
        "affluent.cli.plans:commands",
        "Show the plans that were kept: what waits, what was decided, what was applied.",
    ),
    LazyCommand(
        "approve",
        "affluent.cli.plans:approve",
        "Let exactly one plan pass, or refuse it. A run that waits for it goes on at once.",
    ),
    LazyCommand(
        "lists",
        "affluent.cli.lists:commands",
        "Show the selling lists: where each sells, its state, and who is in it.",
    ),
    LazyCommand(
        "export",
        "affluent.cli.export:export_command",
        "Write the SKU mappings, ASINs or overrides that are kept here to a CSV file.",
    ),
    LazyCommand(
        "import",
        "affluent.cli.imports:import_command",
        "Say what a CSV file of SKU mappings, ASINs or overrides would change; write with --apply.",
    ),
    LazyCommand(
        "inventory",
        "affluent.cli.inventory:inventory_command",
        "Show what was downloaded of the inventories on Amazon, and what each item is linked to.",
    ),
    LazyCommand(
        "link",
        "affluent.cli.link:link_command",
        "Link a SKU on Amazon to a product of the store by hand, or take that back.",
    ),
    LazyCommand(
        "end",
        "affluent.cli.end:end_command",
        "Say which listings end, and how; end them with --apply.",
    ),
    LazyCommand(
        "relist",
        "affluent.cli.end:relist_command",
        "Offer listings again that were ended here.",
    ),
    LazyCommand(
        "schemas",
        "affluent.cli.schemas:schemas_command",
        "Show Amazon's schemas that are kept, and what changed ones break.",
    ),
    LazyCommand(
        "profile",
        "affluent.cli.profile:commands",
        "Write a creation profile, try it on the catalog, or find its product type.",
    ),
    LazyCommand(
        "asin",
        "affluent.cli.asin:asin_command",
        "Show the pages that Amazon has for a SKU's barcode, and choose the one that it is sold "
        "on.",
    ),
    LazyCommand(
        "carriers",
        "affluent.cli.carriers:carriers_command",
        "Show the carriers' names that shipments had, and what Amazon is told of each.",
    ),
    LazyCommand("explain", "affluent.cli.explain:commands", "Say why a SKU or an order stands so."),
    LazyCommand(
        "history", "affluent.cli.history:commands", "Say what a SKU or an order was at any time."
    ),
    LazyCommand(
        "health",
        "affluent.cli.health:health",
        "Say what has been silent, stands still, or is about to run out.",
    ),
    LazyCommand("notices", "affluent.cli.notices:commands", "About notices to people."),
    LazyCommand(
        "report",
        "affluent.cli.report:commands",
        "Print the signed report of one day: what was read, planned, held, sent and effective.",
    ),
    LazyCommand(
        "pii",
        "affluent.cli.pii:commands",
        "About the buyers' data that is kept here: what, how long, by which key.",
    ),
    LazyCommand(
        "errors", "affluent.cli.errors:errors", "Print the error book, or one message's entry."
    ),
    LazyCommand("hooks", "affluent.cli.hooks.registration:commands", "About the store's webhooks."),
    LazyCommand(
        "serve-hooks",
        "affluent.cli.hooks.serve:serve_hooks",
        "Receive the store's webhooks and start the flow runs that they ask for, until Ctrl-C.",
    ),
    LazyCommand(
        "notifications",
        "affluent.cli.notifications:commands",
        "About Amazon's notifications of changed orders.",
    ),
    LazyCommand("sandbox", "affluent.cli.sandbox:sandbox", "Start both vendors on this machine."),
    LazyCommand(
        "demo",
        "affluent.cli.demo.command:demo_command",
        "Run the main job on a sandbox: publish, link, sync, import, ship, "
        "and read both sides back.",
    ),
)


class AffluentGroup(TyperGroup):
    """All subcommands. An expected failure is told in words, never with a traceback."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        for command in COMMANDS:
            self.add_command(command)

    def invoke(self, ctx: Any) -> Any:
        """Run a subcommand. Exits with 2 where a person must act, with 1 for other failures."""
        try:
            return super().invoke(ctx)
        except AffluentError as error:
            raise typer.Exit(report_failure(error)) from None


app = typer.Typer(
    cls=AffluentGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def affluent() -> None:
    """Keeps a BigCommerce store and its Amazon marketplaces in step."""


def main() -> None:
    """The entry point of the command."""
    app()
