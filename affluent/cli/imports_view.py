"""How an import looks in a terminal. Cells come from outside: never markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from affluent.selling.tables.form import Cells, Form, Refusal, Rows
from affluent.selling.tables.importing import ImportPlan
from affluent.selling.tables.match_quality import MatchQuality, UnknownSide

#: How many rows of each kind are shown; --json answers them all.
_SHOWN: Final = 20
_SEPARATORS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}


def import_view(
    rows: Rows[Any],
    plan: ImportPlan[Any],
    quality: MatchQuality | None,
    form: Form[Any],
    *,
    is_written: bool,
) -> RenderableType:
    """How the file was read, what it changes, what is refused and how well it matches."""
    parts: list[RenderableType] = [Text(_how_read(rows))]
    parts += _changes(plan, form)
    if plan.refused:
        parts += [_refused_table(plan.refused[:_SHOWN]), *_more(plan.refused)]
    if quality is not None:
        parts += _quality(quality)
    return Group(*parts, Text(_figures(plan), "bold"), Text(_ending(is_written)))


def _how_read(rows: Rows[Any]) -> str:
    unused = f" Columns not used: {', '.join(rows.unused)}." if rows.unused else ""
    named = ", ".join(rows.columns)
    separated = _SEPARATORS[rows.separator]
    return f"Read as {rows.encoding}, separated by {separated}: {named}.{unused}"


def _changes(plan: ImportPlan[Any], form: Form[Any]) -> list[RenderableType]:
    table = Table("", *form.header, title="Changes", title_justify="left")
    lines = [("+", form.write(item)) for item in plan.added]
    lines += [("~", _both(form.write(old), form.write(new))) for old, new in plan.changed]
    lines += [("-", form.write(item)) for item in plan.removed]
    for sign, cells in lines[:_SHOWN]:
        table.add_row(sign, *(Text(cells[name]) for name in form.header))
    return [table, *_more(lines)] if lines else []


def _both(before: Cells, after: Cells) -> Cells:
    """What differs, from the old to the new."""
    return {
        name: cell if before[name] == cell else f"{before[name] or '-'} → {cell or '-'}"
        for name, cell in after.items()
    }


def _refused_table(refused: Iterable[Refusal]) -> Table:
    table = Table(title="Refused", title_justify="left", title_style="red")
    for column in ("Line", "Column", "Value", "What is wrong", "Fix"):
        table.add_column(column, overflow="fold")
    for one in refused:
        texts = (one.column, one.value, one.problem, one.fix)
        table.add_row(str(one.line), *map(Text, texts))
    return table


def _quality(quality: MatchQuality) -> list[RenderableType]:
    counts = Text(
        f"Match quality: {quality.both} pairs with both sides known, {quality.store_only} with the "
        f"store's alone, {quality.amazon_only} with Amazon's alone, {quality.neither} with neither."
    )
    if not quality.examples:
        return [counts]
    table = Table(title="Not known", title_justify="left", title_style="yellow")
    for column in ("Store SKU", "Nearest", "Amazon SKU", "Nearest"):
        table.add_column(column, overflow="fold")
    for one in quality.examples[:_SHOWN]:
        table.add_row(*map(Text, _sides(one)))
    return [counts, table]


def _sides(one: UnknownSide) -> tuple[str, str, str, str]:
    return (
        one.pair.store_sku,
        ", ".join(one.store_candidates),
        one.pair.amazon_sku,
        ", ".join(one.amazon_candidates),
    )


def _figures(plan: ImportPlan[Any]) -> str:
    figures = {
        "added": len(plan.added),
        "changed": len(plan.changed),
        "removed": len(plan.removed),
        "unchanged": plan.unchanged,
        "repeated": plan.repeated,
        "refused": len(plan.refused),
    }
    return ", ".join(f"{count} {name}" for name, count in figures.items()) + "."


def _ending(is_written: bool) -> str:
    return "Written." if is_written else "Nothing is written yet: --apply writes it."


def _more(rows: Sequence[object]) -> list[RenderableType]:
    left = len(rows) - _SHOWN
    return [Text(f"and {left} more; --json shows them all")] if left > 0 else []
