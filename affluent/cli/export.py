"""`affluent export`: what a merchant gave, as a file that a spreadsheet opens."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from affluent.cli.exchange import Kind, exchange_of
from affluent.cli.files import write_file
from affluent.cli.opening import opened_application
from affluent.cli.options import DEFAULT_CONFIG, ConfigOption
from affluent.selling.tables.form import written_rows

KindArgument = Annotated[Kind, typer.Argument(help="What the file holds.")]
FileArgument = Annotated[Path, typer.Argument(help="The file, a CSV.")]


def export_command(
    kind: KindArgument, file: FileArgument, config: ConfigOption = DEFAULT_CONFIG
) -> None:
    """Write the SKU mappings, ASINs or overrides that are kept here to a CSV file.

    `affluent import` reads it without loss. What stands in the settings is not in it.
    """
    with opened_application(config) as application, application.units() as work:
        exchange = exchange_of(kind, application, work)
        items = exchange.kept.all()
    write_file(file, written_rows(items, exchange.form))
    typer.echo(f"{len(items)} {kind} written to {file}.")
