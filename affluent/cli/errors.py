"""`affluent errors`: the error book."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.markdown import Markdown

from affluent.cli.options import JsonOption, print_json
from affluent.cli.views import reason_lines
from affluent.domain.error_book import explain, render_error_book
from affluent.domain.error_book.book import CHAPTERS
from affluent.domain.errors import AffluentError
from affluent.explanations.reasons import ExplainedReason


def errors(
    message: Annotated[
        str, typer.Argument(help="A message, one of Amazon's codes, or a reason of the gate.")
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """Print the error book, or one message's entry.

    Each entry says what a message means, which field to mend, and how.
    """
    if message:
        _print_entry(message, as_json)
    elif as_json:
        print_json([entry for _, entries in CHAPTERS for entry in entries])
    else:
        Console().print(Markdown(render_error_book()))


def _print_entry(message: str, as_json: bool) -> None:
    entry = explain(message)
    if entry is None:
        raise AffluentError(
            "The error book does not know this message.",
            fix="Amazon's own words and severity stand for themselves; `affluent errors` lists "
            "what is known.",
        )
    if as_json:
        print_json(entry)
    else:
        titled = ExplainedReason(entry.title, entry.cause, entry.field_to_fix, entry.fix)
        Console(soft_wrap=True).print(reason_lines(titled))
