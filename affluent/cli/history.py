"""`affluent history`: what a SKU, an order or the catalog was at any time, from our own store."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from affluent.cli.files import write_file
from affluent.cli.history_view import (
    COLUMNS,
    catalog_view,
    difference_rows,
    order_history_view,
    sku_history_view,
)
from affluent.cli.moments import moment_of
from affluent.cli.opening import opened_application
from affluent.cli.options import DEFAULT_CONFIG, ConfigOption, JsonOption, print_json
from affluent.domain.errors import AffluentError, ConfigurationError
from affluent.explanations.history import order_history, sku_history
from affluent.spreadsheets.writing import written_table

commands = typer.Typer(no_args_is_help=True, add_completion=False)

AtOption = Annotated[
    str, typer.Option("--at", help="Only what was so at this time: 2026-11-24T12:30, in UTC.")
]


@commands.callback()
def history() -> None:
    """Say what a SKU or an order was at any time."""


@commands.command("sku")
def sku_command(
    sku: Annotated[str, typer.Argument(help="A SKU, Amazon's or the store's.")],
    at: AtOption = "",
    config: ConfigOption = DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Print each version of a SKU in the store, what changed when, and what we sent for it."""
    moment = moment_of(at) if at else None
    with opened_application(config) as application, application.units() as work:
        found = sku_history(sku, work, moment)
    if not found.is_known:
        raise AffluentError(
            f"Nothing is known of the SKU {sku}{f' at {at}' if at else ''}.",
            why="What it was is known from its first extraction on, for store.keep_versions_days.",
            fix="Check its spelling and the time.",
        )
    if as_json:
        print_json(found)
    else:
        Console().print(sku_history_view(found))


@commands.command("order")
def order_command(
    order_id: Annotated[str, typer.Argument(help="An Amazon order id: 123-1234567-1234567.")],
    at: AtOption = "",
    config: ConfigOption = DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Print where an Amazon order stood, and the steps that led there."""
    moment = moment_of(at) if at else None
    with opened_application(config) as application, application.units() as work:
        found = order_history(order_id, work, moment)
    if not found:
        raise AffluentError(
            f"The order {order_id} is not known here.",
            fix="Check the id; run `affluent run import_orders` to fetch new ones.",
        )
    if as_json:
        print_json(found)
    else:
        Console().print(*map(order_history_view, found), sep="\n\n")


@commands.command("catalog")
def catalog_command(
    since: Annotated[str, typer.Option("--from", help="A time: 2026-11-24T12:30, in UTC.")],
    until: Annotated[str, typer.Option("--to", help="A later time; now, where it is unset.")] = "",
    csv: Annotated[
        Path | None, typer.Option("--csv", help="Write every field that differs to this file.")
    ] = None,
    config: ConfigOption = DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Say in what the store's catalog differs between two times."""
    begin, end = moment_of(since), moment_of(until) if until else datetime.now(UTC)
    if begin > end:
        raise ConfigurationError(
            f"--from {since} is after --to {until or 'now'}.", fix="Name the earlier one first."
        )
    with opened_application(config) as application, application.units() as work:
        differences = work.versions.differing(begin, end)
        if csv is not None:
            write_file(csv, written_table(COLUMNS, difference_rows(differences)))
        elif as_json:
            rows = difference_rows(differences)
            print_json([dict(zip(COLUMNS, row, strict=True)) for row in rows])
        else:
            Console().print(catalog_view(differences))
