"""`affluent config`: the settings file for editors."""

from __future__ import annotations

import typer

from affluent.cli.options import print_json
from affluent.settings.schema import settings_schema

commands = typer.Typer(no_args_is_help=True, add_completion=False)


@commands.callback()
def config() -> None:
    """About the settings file."""


@commands.command()
def schema() -> None:
    """Print the JSON Schema of affluent.yaml, for editors that complete and check it."""
    print_json(settings_schema())
