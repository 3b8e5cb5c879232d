"""What we keep of a seller's inventory on Amazon, and of the SKUs that it is linked to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from affluent.domain.fulfilment import FulfilmentChannel
from affluent.domain.inventory import InventoryItem, LinkState, StoreSku


class KnownLink(NamedTuple):
    """A listing that is sent or linked: the store's SKU and Amazon's channel code."""

    store_sku: str
    channel: str


@dataclass(frozen=True, slots=True)
class InventoryQuery:
    """Which items are asked for; what is unset does not restrict."""

    account: str
    marketplace_id: str
    states: frozenset[LinkState] = frozenset()
    channels: frozenset[FulfilmentChannel] = frozenset()


class Inventory(Protocol):
    """What the sellers have on Amazon, as last downloaded."""

    def save(self, items: Sequence[InventoryItem]) -> None:
        """Insert or replace in bulk, by account, marketplace and SKU."""
        ...

    def named(
        self, account: str, marketplace_id: str, skus: Sequence[str]
    ) -> dict[str, InventoryItem]:
        """The items of these SKUs, by SKU."""
        ...

    def links(self, account: str, marketplace_id: str, skus: Sequence[str]) -> dict[str, KnownLink]:
        """The listings of these SKUs that are sent or linked, by SKU."""
        ...

    def present(
        self, account: str, marketplace_id: str, size: int
    ) -> Iterator[list[tuple[str, int]]]:
        """Every SKU that has not ended, with its missed reports, so many at a time."""
        ...

    def count_present(self, account: str, marketplace_id: str) -> int:
        """How many items have not ended."""
        ...

    def miss(
        self, account: str, marketplace_id: str, skus: Sequence[str], last_seen: datetime
    ) -> None:
        """Count one more report that lacked these SKUs; what was there until now was last seen
        at `last_seen`."""
        ...

    def places_of(self, sku: str) -> list[InventoryItem]:
        """The items of one of Amazon's SKUs, wherever they are."""
        ...

    def count(
        self, account: str, marketplace_id: str
    ) -> Mapping[tuple[LinkState, FulfilmentChannel], int]:
        """How many items are in each state and channel."""
        ...

    def find(self, query: InventoryQuery, size: int) -> Iterator[list[InventoryItem]]:
        """The items that a query asks for, in the database's own order of SKUs, in pieces."""
        ...


class StoreSkus(Protocol):
    """The SKUs of the store's variants that are not gone, without what linking does not need."""

    def named(self, skus: Collection[str]) -> dict[str, list[StoreSku]]:
        """The variants of these SKUs, by SKU; of each the oldest first."""
        ...

    def with_ids(self, variant_ids: Collection[int]) -> dict[int, StoreSku]:
        """The variants of these ids."""
        ...

    def slices(self, size: int) -> Iterator[list[tuple[str, str]]]:
        """Every SKU with its barcode, so many at a time."""
        ...
