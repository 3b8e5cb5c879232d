"""How explanations look in a terminal. Names and messages come from outside: never markup."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from affluent.cli.sync_views import sync_view
from affluent.domain.effect import LogEntry
from affluent.domain.variation import Parentage
from affluent.explanations.order import OrderExplanation
from affluent.explanations.places import country_of
from affluent.explanations.reasons import ExplainedReason
from affluent.explanations.sku import ListingExplanation, SkuExplanation, StoreSide

_NONE = "-"


def sku_view(explanation: SkuExplanation) -> RenderableType:
    """A SKU: the store's side, its listings with their reasons, then the log."""
    parts: list[RenderableType] = [Text(f"SKU {explanation.sku}", "bold"), _in_store(explanation)]
    for listing in explanation.listings:
        parts += [Text(), _listing(listing), *sync_view(listing), *_reasons(listing.reasons)]
    if not explanation.listings:
        parts.append(Text("No listing of it is known. Is it in a selling list of the settings?"))
    return Group(*parts, Text(), log_view("Log", explanation.log))


def order_view(explanation: OrderExplanation) -> RenderableType:
    """An order: where it stands and why, then its timeline."""
    store_order = explanation.store_order_id
    facts = {
        "Account": f"{explanation.account}, {explanation.marketplace}",
        "On Amazon": f"{explanation.status}, {explanation.fulfilled_by}",
        "With us": explanation.state.value,
        "Store order": str(store_order) if store_order else _NONE,
        "Placed": time_view(explanation.created_at),
        "Ship by": time_view(explanation.ship_by),
        "Lines": ", ".join(f"{line.quantity} × {line.sku}" for line in explanation.lines),
    }
    return Group(
        Text(f"Order {explanation.order_id}", "bold"),
        _facts(facts),
        *_reasons(explanation.reasons),
        Text(),
        log_view("Timeline", explanation.timeline),
    )


def reason_lines(reason: ExplainedReason) -> Text:
    """A message, with what it means and what to do where that is known."""
    lines = Text.assemble((reason.message, "red"))
    known = {"cause": reason.cause, "field": reason.field_to_fix, "fix": reason.fix}
    for name, sentence in known.items():
        if sentence:
            lines.append_text(Text.assemble("\n", (f"{name}: ", "bold"), sentence))
    return lines


def _in_store(explanation: SkuExplanation) -> Text:
    store = explanation.store
    if store is None and any(_is_parent(one) for one in explanation.listings):
        return Text("It is the parent of variations, which no variant of the store stands for.")
    if store is None:
        return Text("The store's catalog, as last extracted, has no variant with this SKU.")
    stock = "untracked" if store.quantity is None else store.quantity
    return Text(
        f"In the store: {store.name}, {store.price}, stock {stock}, barcode {store.barcode}"
    )


def _is_parent(listing: ListingExplanation) -> bool:
    return listing.kinship.parentage is Parentage.PARENT


def _listing(listing: ListingExplanation) -> Table:
    store = listing.store
    return _facts(
        {
            "Account": f"{listing.account}, {listing.marketplace}",
            "Amazon SKU": listing.sku,
            "Status": listing.status.value,
            "Selling list": listing.selling_list or _NONE,
            "Linked to": store.sku if store else _NONE,
            "ASIN": listing.asin or _NONE,
            "Product type": listing.product_type or _NONE,
            "Variation": str(listing.kinship),
            "Fulfilled by": listing.fulfilled_by.value,
            "Buyable": "yes" if listing.buyable else "no",
            "Price": _against(listing.price, store and store.price),
            "Quantity": _against(listing.quantity, _stock(store)),
            "Last seen": time_view(listing.updated_at),
        }
    )


def _against(on_amazon: object, in_store: object) -> str:
    amazon, store = (_NONE if value is None else str(value) for value in (on_amazon, in_store))
    return f"{amazon} on Amazon, {store} in the store"


def _stock(store: StoreSide | None) -> int | str | None:
    if store is None:
        return None
    return "untracked" if store.quantity is None else store.quantity


def _reasons(reasons: Iterable[ExplainedReason]) -> list[RenderableType]:
    return [Padding(reason_lines(reason), (1, 0, 0, 2)) for reason in reasons]


def _facts(facts: Mapping[str, str]) -> Table:
    table = Table.grid(padding=(0, 2))
    for name, value in facts.items():
        table.add_row(Text(name, "bold"), Text(value))
    return table


def log_view(title: str, entries: Sequence[LogEntry]) -> RenderableType:
    """What was sent or held, one line a transition."""
    if not entries:
        return Text(f"{title}: nothing was sent or held yet.")
    table = Table(title=title, title_justify="left")
    for column in ("Time (UTC)", "Where", "What", "State", "Messages"):
        table.add_column(column)
    for entry in entries:
        table.add_row(
            time_view(entry.at),
            Text(f"{entry.account} {country_of(entry.marketplace_id)}"),
            Text(f"{entry.operation}{_shown(entry.after)}"),
            entry.state.value,
            Text("\n".join(filter(None, [*entry.messages, _reference(entry)]))),
        )
    return table


def _shown(after: Mapping[str, Any]) -> str:
    fields = {"price": "price", "quantity": "quantity", "tracking_number": "tracking"}
    shown = [f"{word} {after[name]}" for name, word in fields.items() if name in after]
    return f"\n{', '.join(shown)}" if shown else ""


def _reference(entry: LogEntry) -> str:
    return f"[{entry.reference}]" if entry.reference else ""


def time_view(moment: datetime | None) -> str:
    """A moment in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S") if moment else _NONE
