"""`affluent health`: whether all goes on as it should, by our own records alone."""

from __future__ import annotations

import typer
from rich.console import Console
from rich.text import Text

from affluent.cli.opening import opened_application
from affluent.cli.options import DEFAULT_CONFIG, ConfigOption, JsonOption, print_json
from affluent.domain.alarm import Alarm
from affluent.health.alarms import find_alarms


def health(config: ConfigOption = DEFAULT_CONFIG, as_json: JsonOption = False) -> None:
    """Say what has been silent, stands still, or is about to run out.

    Nobody is asked over the network. Exits with 1 where there is any alarm.
    """
    with opened_application(config) as application:
        alarms = find_alarms(application.watch, application.units, application.clock.now())
    if as_json:
        print_json({"ok": not alarms, "alarms": alarms})
    else:
        _print(alarms)
    if alarms:
        raise typer.Exit(1)


def _print(alarms: list[Alarm]) -> None:
    console = Console(soft_wrap=True)
    if not alarms:
        console.print("No alarm.")
    for alarm in alarms:
        place = f"{alarm.account}: " if alarm.account else ""
        console.print(Text(f"{place}{alarm.title}", "bold red"))
        console.print(Text(f"  {alarm.what}"))
        console.print(Text(f"  why: {alarm.why}"))
        console.print(Text(f"  fix: {alarm.fix}"))
