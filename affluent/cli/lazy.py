"""Commands that are imported when they run: `affluent --help` must not wait for Prefect."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand


class LazyCommand(TyperCommand):
    """Stands for a command in the list of commands, and gives way to it when it is called.

    `target` is `module:name`; the name is that of the command's function, or of a typer.Typer
    that holds a group of commands. `help` is the first line of the command's own help.
    """

    def __init__(self, name: str, target: str, help: str) -> None:  # noqa: A002  as typer names it
        super().__init__(name, help=help)
        self.target = target

    def make_context(self, info_name: Any, args: Any, parent: Any = None, **extra: Any) -> Any:
        """The context of the command itself: from here on, this stand-in is out of the way."""
        return self.load().make_context(info_name, args, parent, **extra)

    def load(self) -> Any:
        """Import the command."""
        module, name = self.target.split(":")
        found = getattr(import_module(module), name)
        if not isinstance(found, typer.Typer):
            found = _alone(self.name, found)
        command = typer.main.get_command(found)
        command.name = self.name
        return command


def _alone(name: str | None, function: Any) -> typer.Typer:
    app = typer.Typer(add_completion=False)
    app.command(name)(function)
    return app
