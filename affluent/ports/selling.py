"""What a merchant gave us for his selling lists, beside his settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from affluent.domain.list_place import ListPlace

Item = TypeVar("Item")


class ListPlaces(Protocol):
    """Where each selling list was first used."""

    def lock(self, places: Mapping[str, ListPlace], at: datetime) -> None:
        """Keep where these lists are used, by name; what is kept already stays as it is."""
        ...

    def all(self) -> dict[str, ListPlace]:
        """The place of every list that was used, by name."""
        ...


class Given(Protocol[Item]):
    """Values of one kind that a merchant gave, each for a key of its own.

    SKU pairs by account and Amazon's SKU (the settings may hold others: see `sku_mapping_of`),
    ASINs and endings by account, marketplace and SKU, overrides by selling list and SKU.
    """

    def save(self, items: Sequence[Item], at: datetime) -> None:
        """Insert or replace in bulk, by key."""
        ...

    def remove(self, items: Sequence[Item]) -> None:
        """Forget what is kept by the keys of these, in bulk."""
        ...

    def all(self) -> list[Item]:
        """Every value, by key."""
        ...
