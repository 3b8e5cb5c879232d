"""How histories look in a terminal and in a file. Names come from outside: never markup."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from affluent.cli.views import log_view, time_view
from affluent.domain.variant_history import FieldChange, VariantDifference
from affluent.explanations.history import BroughtAbout, OrderHistory, SkuHistory, VersionStep

COLUMNS: Final = ("variant_id", "sku", "what", "field", "before", "after")
_SHOWN: Final = 50
_LONGEST: Final = 60


def sku_history_view(history: SkuHistory) -> RenderableType:
    """A SKU: its versions in the store, what we brought about on Amazon, what was sent."""
    when = f" at {time_view(history.at)} UTC" if history.at else ""
    parts: list[RenderableType] = [Text(f"SKU {history.sku}{when}", "bold"), _versions(history)]
    if history.on_amazon:
        parts.append(_brought_about(history.on_amazon))
    return Group(*parts, log_view("Sent", history.sent))


def order_history_view(history: OrderHistory) -> RenderableType:
    """An order: where it stood, and the steps that led there."""
    when = time_view(history.at) if history.at else "now"
    state = "not placed yet" if history.state is None else history.state.value
    title = f"Order {history.order_id}, {history.account} {history.marketplace}, {when}: {state}"
    return Group(Text(title, "bold"), log_view("Timeline", history.timeline))


def catalog_view(differences: Iterable[VariantDifference]) -> RenderableType:
    """What differs, as far as a terminal should show it, and how much there is in all."""
    table = Table()
    for column in COLUMNS:
        table.add_column(column, overflow="fold")
    fates: Counter[str] = Counter()
    fields = 0
    for difference in differences:
        fates[difference.fate.value] += 1
        for row in _rows(difference):
            fields += 1
            if fields <= _SHOWN:
                table.add_row(*(Text(_short(cell)) for cell in row))
    if not fates:
        return Text("Nothing differs.")
    counted = ", ".join(f"{count} {fate}" for fate, count in sorted(fates.items()))
    rest = f" The first {_SHOWN} of {fields} rows; --csv FILE writes them all."
    return Group(table, Text(f"Variants: {counted}.{rest if fields > _SHOWN else ''}"))


def difference_rows(differences: Iterable[VariantDifference]) -> Iterator[tuple[str, ...]]:
    """A row for each field that differs; one for a variant that is new or gone."""
    for difference in differences:
        yield from _rows(difference)


def _rows(difference: VariantDifference) -> Iterator[tuple[str, ...]]:
    what = (str(difference.variant_id), difference.sku, difference.fate.value)
    if difference.before is None or difference.after is None:
        yield (*what, "", "", "")
    else:
        for change in difference.changes:
            yield (*what, change.field, change.before, change.after)


def _versions(history: SkuHistory) -> RenderableType:
    if not history.store:
        return Text("The store had no variant of this SKU.")
    table = Table(title="In the store", title_justify="left")
    for column in ("From (UTC)", "Until", "Variant", "What"):
        table.add_column(column, overflow="fold")
    for step in history.store:
        until = time_view(step.valid_until) if step.valid_until else "now"
        table.add_row(time_view(step.valid_from), until, str(step.variant_id), _step(step, history))
    return table


def _step(step: VersionStep, history: SkuHistory) -> Text:
    if step.is_gone:
        return Text("gone from the store")
    if step.changes and history.at is None:
        return Text("\n".join(map(_change, step.changes)))
    variant = step.variant
    stock = "untracked" if variant.quantity is None else variant.quantity
    hidden = "" if variant.is_visible else ", hidden"
    return Text(f"{variant.sku}: {variant.name}, {variant.price}, stock {stock}{hidden}")


def _change(change: FieldChange) -> str:
    return f"{change.field}: {_short(change.before) or '-'} → {_short(change.after) or '-'}"


def _brought_about(listings: Iterable[BroughtAbout]) -> Table:
    table = Table(title="On Amazon, by our last effective writes", title_justify="left")
    for column in ("Where", "SKU", "Price", "Quantity", "Since (UTC)"):
        table.add_column(column, overflow="fold")
    for one in listings:
        cells = (f"{one.account} {one.marketplace}", one.sku, one.price, one.quantity)
        table.add_row(*map(Text, cells), time_view(one.since))
    return table


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
