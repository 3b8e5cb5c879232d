"""`affluent lists`: the selling lists, where each sells, and who enters and leaves it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from affluent.cli.files import write_file
from affluent.cli.lists_view import list_view, membership_rows, memberships_view, overview_table
from affluent.cli.opening import opened_application
from affluent.cli.options import DEFAULT_CONFIG, ConfigOption, JsonOption, print_json
from affluent.domain.category import Category
from affluent.domain.errors import AffluentError
from affluent.selling.overview import Memberships, survey_lists
from affluent.spreadsheets.writing import written_table

commands = typer.Typer(no_args_is_help=False, add_completion=False)

_COLUMNS = ("selling_list", "store_sku", "name", "step", "rule", "why")


@commands.callback(invoke_without_command=True)
def lists(
    context: typer.Context, config: ConfigOption = DEFAULT_CONFIG, as_json: JsonOption = False
) -> None:
    """Show the selling lists: where each sells, its state, and who is in it."""
    if context.invoked_subcommand is None:
        surveyed, _ = _survey(config)
        if as_json:
            print_json(surveyed.overviews)
        else:
            Console().print(overview_table(surveyed.overviews))


@commands.command()
def show(
    name: Annotated[str, typer.Argument(help="The name of a selling list.")],
    config: ConfigOption = DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Show one selling list: where it sells, its rules, and how many are in it."""
    surveyed, categories = _survey(config)
    place = _position(name, surveyed)
    selling_list, overview = surveyed.lists[place], surveyed.overviews[place]
    if as_json:
        print_json({"list": selling_list, "overview": overview})
    else:
        Console().print(list_view(selling_list, overview, categories))


@commands.command()
def preview(
    name: Annotated[
        str, typer.Argument(help="The name of a selling list; without one, every list.")
    ] = "",
    csv: Annotated[
        Path | None, typer.Option("--csv", help="Write everyone, with the reason, to this file.")
    ] = None,
    config: ConfigOption = DEFAULT_CONFIG,
    as_json: JsonOption = False,
) -> None:
    """Say who enters and who leaves, and by which rule. Nothing is sent or changed.

    It compares what the rules choose from the last extraction with what is listed now.
    """
    surveyed, categories = _survey(config)
    if name:
        _position(name, surveyed)
    planned = [one for one in surveyed.planned if name in ("", one.selling_list)]
    if csv is not None:
        write_file(csv, written_table(_COLUMNS, membership_rows(planned, categories)))
    if as_json:
        print_json(
            [dict(zip(_COLUMNS, row, strict=True)) for row in membership_rows(planned, categories)]
        )
    else:
        Console().print(memberships_view(planned, categories))


def _survey(config: Path) -> tuple[Memberships, dict[int, Category]]:
    with opened_application(config) as application, application.units() as work:
        categories = {one.category_id: one for one in work.categories.all()}
        return survey_lists(application.written_lists, work), categories


def _position(name: str, surveyed: Memberships) -> int:
    names = [one.name for one in surveyed.lists]
    if name not in names:
        raise AffluentError(
            f"There is no selling list {name}.", fix=f"Known are: {', '.join(names) or 'none'}."
        )
    return names.index(name)
