"""`affluent sandbox`: both vendors on this machine, as a process of its own.

The product shares no code with the sandbox: the options are checked here and handed on.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Switch(StrEnum):
    """On or off."""

    ON = "on"
    OFF = "off"


_Port = Annotated[int, typer.Option(min=0, max=65_535, help="0 takes a free one.")]


def sandbox(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    amazon_port: _Port = 8710,
    bigcommerce_port: _Port = 8711,
    admin_port: _Port = 8712,
    tls: Annotated[bool, typer.Option("--tls", help="Speak https, with a throw-away CA.")] = False,
    catalog: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="v3 products, .ndjson or .ndjson.gz."),
    ] = None,
    orders: Annotated[
        int, typer.Option(min=0, help="Amazon orders that are placed at the start.")
    ] = 0,
    seed: Annotated[int, typer.Option(help="What is picked at random follows it.")] = 1,
    quotas: Annotated[Switch, typer.Option(help="Whether calls are throttled.")] = Switch.ON,
    speed: Annotated[float, typer.Option(help="How many times as fast its clock runs.")] = 1.0,
    faults: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="A JSON list of faults in force."),
    ] = None,
    record: Annotated[
        Path | None, typer.Option(help="A file to which whole exchanges are written.")
    ] = None,
    idle_exit: Annotated[
        float | None, typer.Option(help="End after so many seconds without a request.")
    ] = None,
) -> None:
    """Start both vendors on this machine.

    Amazon's Selling Partner API and BigCommerce, each at the root of its own port. When ready, one
    JSON line tells the addresses and the credentials.
    """
    sys.stdout.flush()
    command = [sys.executable, "-m", "sandbox", *handed_on(context.params)]
    os.execv(sys.executable, command)


def handed_on(options: Mapping[str, object]) -> list[str]:
    """The options as a command line; those that are unset or off are left out."""
    arguments = []
    for name, value in options.items():
        if value is None or value is False:
            continue
        arguments.append(f"--{name.replace('_', '-')}")
        if value is not True:
            arguments.append(str(value))
    return arguments
