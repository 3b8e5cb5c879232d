"""What a merchant gave us for his selling lists, beside his settings."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from affluent.domain.sku_mapping import SkuPair


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
