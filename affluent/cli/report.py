"""`affluent report`: what was done on one day, signed, and the check of such a report."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from affluent.bootstrap import Application
from affluent.cli.files import read_file, write_file, write_secret
from affluent.cli.opening import opened_application
from affluent.cli.options import DEFAULT_CONFIG, ConfigOption
from affluent.day_reports.issuing import report_of_day
from affluent.day_reports.page import page_of
from affluent.day_reports.signature import flaws_of, new_key_pair, signed, unsigned
from affluent.domain.errors import AffluentError, ConfigurationError

commands = typer.Typer(add_completion=False)


@commands.callback(invoke_without_command=True)
def report_command(
    context: typer.Context,
    day: Annotated[str, typer.Option("--day", help="The day in UTC, as 2026-11-24.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="The signed document.")] = False,
    as_markdown: Annotated[bool, typer.Option("--md", help="A page for people.")] = False,
    out: Annotated[Path | None, typer.Option("--out", help="A file to write it to.")] = None,
    config: ConfigOption = DEFAULT_CONFIG,
) -> None:
    """Print the signed report of one day: what was read, planned, held, sent and effective.

    Without --day, that of today as far as it has come.
    """
    if context.invoked_subcommand is not None:
        return
    if as_json and as_markdown:
        raise ConfigurationError("A report has one form.", fix="Leave out --json or --md.")
    with opened_application(config) as application:
        document = _document(application, day)
    text = json.dumps(document, indent=2, sort_keys=True) + "\n" if as_json else page_of(document)
    if out is None:
        typer.echo(text, nl=False)
    else:
        write_file(out, text.encode())
    if document["signature"] is None:
        typer.echo("Not signed: name reports.signing_key in the settings.", err=True)


@commands.command("keygen")
def make_key(
    out: Annotated[Path, typer.Argument(help="A new file for the private key.")],
) -> None:
    """Make a key: the private half goes to a file of yours, the public one is shown."""
    pair = new_key_pair()
    write_secret(out, pair.private)
    typer.echo(pair.public)


@commands.command("verify")
def verify(
    file: Annotated[Path, typer.Argument(help="What `affluent report --json --out` wrote.")],
    key: Annotated[str, typer.Option("--key", help="The public key.")],
    previous: Annotated[
        Path | None, typer.Option("--previous", help="The report of the day before.")
    ] = None,
) -> None:
    """Say whether a report is what the holder of the key signed; needs no settings."""
    before = None if previous is None else _text_of(previous)
    flaws = flaws_of(_text_of(file), key, before)
    if flaws:
        raise AffluentError(" ".join(flaws), fix="Ask for the report again, from its source.")
    follows = "" if previous is None else f" It follows {previous}."
    typer.echo(f"{file} is what was signed.{follows}")


def _document(application: Application, day: str) -> dict[str, Any]:
    now = application.clock.now()
    with application.units() as work:
        issued = report_of_day(
            _day(day) if day else now.date(), application.settings.store.hash, work, now
        )
        work.commit()
    key = application.signing_key()
    return unsigned(issued.body) if key is None else signed(issued.body, key)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ConfigurationError(f"{text} is no day.", fix="Write it as 2026-11-24.") from None


def _text_of(path: Path) -> str:
    return read_file(path).decode("utf-8", "replace")
