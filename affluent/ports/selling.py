"""What a merchant gave us for his selling lists, beside his settings."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from affluent.domain.list_place import ListPlace
from affluent.domain.sku_mapping import SkuPair


class ListPlaces(Protocol):
    """Where each selling list was first used."""

    def lock(self, places: Mapping[str, ListPlace], at: datetime) -> None:
        """Keep where these lists are used, by name; what is kept already stays as it is."""
        ...

    def all(self) -> dict[str, ListPlace]:
        """The place of every list that was used, by name."""
        ...


class SkuMappings(Protocol):
    """SKU pairs from files and by hand. The settings may hold others: see `sku_mapping_of`."""

    def save(self, pairs: Sequence[SkuPair], at: datetime) -> None:
        """Insert or replace in bulk, by account and Amazon's SKU."""
        ...

    def remove(self, account: str, amazon_skus: Collection[str]) -> int:
        """Forget an account's own pairs of these SKUs of Amazon's; answers how many there were."""
        ...

    def all(self) -> list[SkuPair]:
        """Every pair, by account and Amazon's SKU."""
        ...
