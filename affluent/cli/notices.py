"""`affluent notices`: the channels to people, tried out."""

from __future__ import annotations

from typing import Final

import typer
from rich.console import Console
from rich.text import Text

from affluent.cli.opening import opened_application
from affluent.cli.options import DEFAULT_CONFIG, ConfigOption
from affluent.domain.errors import AffluentError, ConfigurationError
from affluent.ports.notices import Message

commands = typer.Typer(no_args_is_help=True, add_completion=False)

_WORDS: Final = "This is a trial: Affluent can tell you here what failed."


@commands.callback()
def about() -> None:
    """About notices to people."""


@commands.command("try")
def try_channels(config: ConfigOption = DEFAULT_CONFIG) -> None:
    """Send a trial message through every channel, and say which ones took it."""
    problems = 0
    console = Console(soft_wrap=True)
    with opened_application(config) as application:
        if not application.notice_channels:
            raise ConfigurationError(
                "The settings name no channel.", fix="Add the section notices, as in the template."
            )
        moment = application.clock.now().strftime("%Y%m%d%H%M%S%f")
        trial = Message("Affluent: a trial", _WORDS, f"<p>{_WORDS}</p>", f"trial-{moment}@affluent")
        for channel in application.notice_channels:
            try:
                channel.send(trial)
                console.print(Text(f"{channel.name}: delivered"))
            except AffluentError as error:
                problems += 1
                console.print(Text(f"{channel.name}: {error}", "red"))
    if problems:
        raise typer.Exit(1)
