"""`affluent init`: a settings file to fill in."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from affluent.cli.options import DEFAULT_CONFIG
from affluent.domain.errors import ConfigurationError


def init(
    path: Annotated[Path, typer.Argument(help="The file to write.")] = DEFAULT_CONFIG,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
) -> None:
    """Write a commented affluent.yaml.

    Every key is explained in it; secrets are named by their environment variables.
    """
    try:
        with path.open("w" if force else "x", encoding="utf-8") as file:
            file.write(settings_template())
    except FileExistsError:
        raise ConfigurationError(
            f"{path} exists.", fix="Name another file, or overwrite it with --force."
        ) from None
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be written: {error.strerror}.") from None
    typer.echo(f"Wrote {path}. Fill it in, then run: affluent check --config {path}")


def settings_template() -> str:
    """The commented settings file."""
    return files("affluent.cli").joinpath("affluent.yaml.template").read_text(encoding="utf-8")
