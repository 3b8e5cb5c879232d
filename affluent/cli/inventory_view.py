"""How a downloaded inventory looks: in a terminal, and as the cells of a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import Final

from rich.table import Table
from rich.text import Text

from affluent.domain.fulfilment import FulfilmentChannel
from affluent.domain.inventory import InventoryItem, LinkState
from affluent.explanations.places import country_of
from affluent.links.looking import Downloaded, ShownItem
from affluent.ports.inventory import InventoryQuery

COLUMNS: Final = (
    "account",
    "marketplace",
    "sku",
    "asin",
    "title",
    "price",
    "currency",
    "quantity",
    "shipped_by",
    "on_amazon",
    "barcode",
    "link",
    "store_sku",
    "reason",
    "candidates",
    "seen_at",
)
_CHANNELS: Final[Mapping[FulfilmentChannel, str]] = {
    FulfilmentChannel.MERCHANT: "FBM",
    FulfilmentChannel.AMAZON: "FBA",
    FulfilmentChannel.BOTH: "FBM and FBA",
}
_COLORS: Final[Mapping[LinkState, str]] = {
    LinkState.LINKED: "green",
    LinkState.UNLINKED: "red",
    LinkState.HELD: "red",
    LinkState.ENDED: "dim",
}
_LONGEST_TITLE: Final = 40


def heading(query: InventoryQuery, figures: Downloaded) -> Text:
    """When an inventory was downloaded, and its figures."""
    country = country_of(query.marketplace_id)
    place = f"{query.account}, {country}: "
    if figures.at is None:
        return Text.assemble(
            (place, "bold"),
            "not downloaded yet; run `affluent run link_inventory "
            f"--set account={query.account} --set marketplace={country}`.",
        )
    counts = ", ".join(f"{count} {state}" for state, count in figures.by_state.items() if count)
    at = figures.at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    return Text.assemble(
        (place, "bold"),
        f"downloaded {at} UTC; {counts or 'nothing'}; {figures.by_amazon} shipped by Amazon.",
    )


def items_table(items: Sequence[ShownItem]) -> Table:
    """The items, what each is linked to, or why it is not."""
    table = Table()
    for column in ("SKU", "ASIN", "Title", "Price", "Quantity", "By", "On Amazon", "Link"):
        table.add_column(column)
    for shown in items:
        item = shown.item
        table.add_row(
            Text(item.sku),
            Text(item.asin),
            Text(item.title[:_LONGEST_TITLE]),
            str(item.price or ""),
            "" if item.quantity is None else str(item.quantity),
            _CHANNELS[item.channel],
            Text(item.status),
            _link(shown),
        )
    return table


def cells(shown: ShownItem) -> tuple[str, ...]:
    """One row of a file, in the order of COLUMNS."""
    item = shown.item
    return (
        item.account,
        country_of(item.marketplace_id),
        item.sku,
        item.asin,
        item.title,
        str(item.price.amount) if item.price else "",
        item.price.currency if item.price else "",
        "" if item.quantity is None else str(item.quantity),
        _CHANNELS[item.channel],
        item.status,
        item.barcode,
        item.state,
        item.store_sku,
        item.reason,
        "; ".join(shown.candidates),
        item.seen_at.astimezone(UTC).isoformat(),
    )


def _link(shown: ShownItem) -> Text:
    item = shown.item
    text = Text(item.state, _COLORS[item.state])
    for line in filter(None, [_to(item), item.reason, _nearest(shown), _missing(item)]):
        text.append(f"\n{line}", "default")
    return text


def _to(item: InventoryItem) -> str:
    return f"to {item.store_sku}" if item.store_sku and item.store_sku != item.sku else ""


def _nearest(shown: ShownItem) -> str:
    return f"nearest: {', '.join(shown.candidates)}" if shown.candidates else ""


def _missing(item: InventoryItem) -> str:
    is_missing = item.missed and item.state is not LinkState.ENDED
    return "missing from the last report" if is_missing else ""
