"""`affluent check`: what is wrong in the settings, and whether the vendors accept them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from affluent.cli.checkup import Standing, examine
from affluent.cli.failures import MUST_ACT
from affluent.cli.moved_lists import find_moved_lists
from affluent.cli.opening import opened_application, read_block
from affluent.cli.options import DEFAULT_CONFIG, ConfigOption, JsonOption, print_json
from affluent.domain.account import AccountState
from affluent.settings.document import SettingsDocument, read_document
from affluent.settings.problems import Mistake, SettingsInvalid, SettingsProblem


def check(
    config: ConfigOption = DEFAULT_CONFIG,
    connect: Annotated[
        bool, typer.Option("--connect", help="Ask the store and every account, too.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Say everything that is wrong in the settings.

    With --connect, say whether the store and each account are Active or Expired, and what to do.
    Exits with 0 only when all is well.
    """
    problems = _problems(config)
    standings: list[Standing] = []
    if connect and not problems:
        with opened_application(config) as application:
            standings = list(examine(application))
    is_well = not problems and not any(standing.advice for standing in standings)
    if as_json:
        print_json({"ok": is_well, "problems": problems, "standings": standings})
    else:
        _print(config, problems, standings)
    if not is_well:
        raise typer.Exit(MUST_ACT)


def _problems(config: Path) -> list[SettingsProblem]:
    try:
        document = read_document(config)
    except SettingsInvalid as error:
        return list(error.problems)
    return [
        *document.missing_secrets(read_block),
        *document.unreadable_rates(),
        *_moved_lists(document),
    ]


def _moved_lists(document: SettingsDocument) -> Iterator[SettingsProblem]:
    """The lists that were put elsewhere than where they were used, as far as a database tells."""
    positions = {one.name: index for index, one in enumerate(document.settings.selling_lists)}
    for moved in find_moved_lists(document.settings):
        key = "account" if moved.used.account != moved.written.account else "marketplace"
        location = ("selling_lists", positions[moved.name], key)
        yield document.source.place(Mistake(location, moved.problem, moved.fix))


def _print(
    config: Path, problems: Sequence[SettingsProblem], standings: Sequence[Standing]
) -> None:
    console = Console(soft_wrap=True)
    for problem in problems:
        console.print(Text(str(problem)))
    if not problems:
        console.print(Text(f"{config}: the settings are valid and every secret is there."))
    if standings:
        console.print(_table(standings), soft_wrap=False)
    for standing in standings:
        for advice in standing.advice:
            console.print(Text.assemble((f"{standing.name}: ", "bold"), advice))


def _table(standings: Sequence[Standing]) -> Table:
    table = Table()
    for column in ("", "State", "Connected", "Sells in"):
        table.add_column(column)
    for standing in standings:
        color = "green" if standing.state == AccountState.ACTIVE else "red"
        table.add_row(
            Text(standing.name),
            Text(standing.state, color),
            ", ".join(standing.connected),
            ", ".join(standing.participating),
        )
    return table
