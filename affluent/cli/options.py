"""Options that several subcommands share, and how --json answers."""

from __future__ import annotations

import json
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import Annotated, Any, Final

import typer

DEFAULT_CONFIG: Final = Path("affluent.yaml")

ConfigOption = Annotated[Path, typer.Option("--config", help="The settings file.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Answer with JSON.")]


def print_json(answer: object) -> None:
    """Print dataclasses, lists and maps as JSON; decimals and times as text."""
    typer.echo(json.dumps(answer, default=_plain, ensure_ascii=False, indent=2))


def _plain(value: Any) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return str(value)
