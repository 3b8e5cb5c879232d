"""How the check-list of a listing, and that of a marketplace, look in a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from affluent.explanations.market import OutOfSync
from affluent.explanations.obstacles import Obstacle, told
from affluent.explanations.sku import ListingExplanation


def sync_view(listing: ListingExplanation) -> list[RenderableType]:
    """When each step last happened, and every obstacle with its next step."""
    times = [
        f"{name.replace('_', ' ')} {_value(value)}"
        for name, value in asdict(listing.freshness).items()
        if value is not None
    ]
    lines = [Text(f"Last: {', '.join(times) or 'nothing is known'}", "dim")]
    return [Padding(line, (0, 0, 0, 2)) for line in [*lines, *map(_obstacle, listing.obstacles)]]


def market_view(reasons: Sequence[OutOfSync]) -> RenderableType:
    """A table of the reasons, or a sentence that there is none."""
    if not reasons:
        return Text("Every listing is in sync, as far as is known.")
    table = Table()
    for column in ("Reason", "Listings", "Oldest since", "Oldest SKU", "Next step"):
        table.add_column(column)
    for one in reasons:
        cells = (one.check, str(one.listings), told(one.since), one.oldest_sku, one.next_step)
        table.add_row(*map(Text, cells))
    return table


def _obstacle(obstacle: Obstacle) -> Text:
    text = Text.assemble((f"{obstacle.check}: ", "bold"), (obstacle.what, "red"))
    text.append_text(Text.assemble("\n", ("next: ", "bold"), obstacle.next_step))
    if obstacle.link:
        text.append(f" {obstacle.link}")
    return text


def _value(value: object) -> str:
    return told(value) if isinstance(value, datetime) else f"{value:.0f}"
