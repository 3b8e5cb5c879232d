"""What was downloaded of one account and marketplace, to be looked at; our own store only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from affluent.domain.fulfilment import FulfilmentChannel
from affluent.domain.inventory import InventoryItem, LinkState
from affluent.links.candidates import nearest_candidates
from affluent.links.linking import downloaded_cursor
from affluent.ports.inventory import InventoryQuery
from affluent.ports.storage import UnitOfWork

_WITHOUT_LINK = frozenset({LinkState.UNLINKED, LinkState.HELD})


@dataclass(frozen=True, slots=True)
class Downloaded:
    """One inventory in figures; `at` is None where it was never downloaded."""

    at: datetime | None
    by_state: Mapping[LinkState, int]
    by_amazon: int


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item, seen last at its `seen_at`; `candidates` are the nearest of the store's SKUs."""

    item: InventoryItem
    candidates: tuple[str, ...]


def downloaded(account: str, marketplace_id: str, work: UnitOfWork) -> Downloaded:
    """When the inventory was downloaded, and how many items are in each state."""
    counts = work.inventory.count(account, marketplace_id)
    return Downloaded(
        at=work.cursors.get(downloaded_cursor(account, marketplace_id)),
        by_state={
            state: sum(count for (one, _), count in counts.items() if one is state)
            for state in LinkState
        },
        by_amazon=sum(
            count
            for (state, channel), count in counts.items()
            if channel is not FulfilmentChannel.MERCHANT and state is not LinkState.ENDED
        ),
    )


def shown_items(query: InventoryQuery, size: int, work: UnitOfWork) -> Iterator[list[ShownItem]]:
    """The items that a query asks for, in pieces, those without a link with their candidates."""
    at = work.cursors.get(downloaded_cursor(query.account, query.marketplace_id))
    for items in work.inventory.find(query, size):
        without = [item for item in items if item.state in _WITHOUT_LINK]
        candidates = nearest_candidates(without, work.store_skus)
        yield [ShownItem(_last_seen(item, at), candidates.get(item.sku, ())) for item in items]


def _last_seen(item: InventoryItem, at: datetime | None) -> InventoryItem:
    """What no report has missed was seen by the last one; nobody writes that to every row."""
    return item if item.missed or at is None else replace(item, seen_at=at)
