"""A report of a day as Markdown, for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from affluent.domain.effect import EffectState
from affluent.domain.marketplace import find_marketplace

_RUN_COLUMNS: Final = (
    "flow",
    "account",
    "runs",
    "read",
    "planned",
    "unchanged",
    "held",
    "stopped",
    "sent",
    "effective",
    "refused",
)
_WRITE_COLUMNS: Final = ("flow", "account", "marketplace", "operation", *EffectState)


def page_of(document: Mapping[str, Any]) -> str:
    """The page of what `signed` or `unsigned` answers."""
    report, signature = document["report"], document["signature"]
    by = (
        "nobody" if signature is None else f"`{signature['public_key']}` ({signature['algorithm']})"
    )
    so_far = "" if report["is_over"] else " (so far: the day is not over)"
    parts = [
        f"# {report['day']}{so_far}",
        f"Store {report['store']}, from midnight to midnight in UTC.",
        "## Runs",
        _table(_RUN_COLUMNS, (_run_cells(one) for one in report["runs"])),
        "## Writes that came into each state",
        _table(_WRITE_COLUMNS, (_write_cells(one) for one in report["writes"])),
        "## Proof",
        f"- Hash: `{document['hash']}`\n"
        f"- Day before: `{report['previous'] or 'none'}`\n"
        f"- Ledger of the day: `{report['ledger']}`\n"
        f"- Signed by: {by}",
    ]
    return "\n\n".join(parts) + "\n"


def _run_cells(run: Mapping[str, Any]) -> list[str]:
    held = ", ".join(f"{count} {reason}" for reason, count in run["held"].items()) or "0"
    return [held if name == "held" else str(run[name]) for name in _RUN_COLUMNS]


def _write_cells(write: Mapping[str, Any]) -> list[str]:
    marketplace = find_marketplace(write["marketplace_id"])
    country = marketplace.country if marketplace else write["marketplace_id"]
    counts = [str(write["states"].get(state, 0)) for state in EffectState]
    return [write["flow"], write["account"], country, write["operation"], *counts]


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    written = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join([*lines, *written]) if written else "None."
