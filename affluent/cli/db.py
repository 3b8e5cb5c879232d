"""`affluent db`: the database in which Affluent keeps what it knows and did."""

from __future__ import annotations

import typer

from affluent.cli.options import DEFAULT_CONFIG, ConfigOption, JsonOption, print_json
from affluent.settings.document import read_settings
from affluent.storage.migrate import upgrade as run_migrations
from affluent.storage.revision import revision_of

commands = typer.Typer(no_args_is_help=True, add_completion=False)


@commands.callback()
def db() -> None:
    """About the store's database."""


@commands.command()
def upgrade(config: ConfigOption = DEFAULT_CONFIG, as_json: JsonOption = False) -> None:
    """Bring the database to the newest schema; an empty one gets its tables."""
    url = read_settings(config).database
    before = revision_of(url).present
    run_migrations(url)
    after = revision_of(url).present
    if as_json:
        print_json({"from": before, "to": after})
    elif before == after:
        typer.echo(f"The database is at revision {after} already.")
    else:
        typer.echo(f"The database went from revision {before or 'none'} to {after}.")
