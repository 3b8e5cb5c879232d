"""Buyers' data at rest: who seals it, where it lies, and how it is erased."""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import datetime
from typing import Protocol

from affluent.domain.order import OrderState
from affluent.domain.safekeeping import Holding, SealedOrder


class Sealer(Protocol):
    """Seals texts with the newest key, and opens what any of its keys has sealed."""

    @property
    def newest(self) -> str:
        """The id of the key that seals."""
        ...

    @property
    def key_ids(self) -> frozenset[str]:
        """The ids of the keys that open."""
        ...

    def seal(self, owner: str, text: str) -> bytes:
        """Seal the text; it opens again for the same owner alone."""
        ...

    def open(self, owner: str, key_id: str, content: bytes) -> str | None:
        """The text; None where the key is missing, or the content is altered or another's."""
        ...


class KeptBuyers(Protocol):
    """The sealed orders."""

    def save(self, orders: Sequence[SealedOrder]) -> None:
        """Insert or replace in bulk, by account and order id."""
        ...

    def of(self, account: str, order_ids: Sequence[str]) -> dict[str, SealedOrder]:
        """Those of these orders that are kept, by order id."""
        ...

    def forget(self, account: str, order_ids: Sequence[str]) -> None:
        """Remove these orders, in bulk."""
        ...

    def forget_order(self, order_id: str) -> int:
        """Remove one order, whatever the account; answers how many rows went."""
        ...

    def sealed_otherwise(self, key_id: str, after: tuple[str, str], size: int) -> list[SealedOrder]:
        """The next so many orders after an account and order id that another key has sealed."""
        ...

    def reseal(self, orders: Sequence[tuple[SealedOrder, SealedOrder]]) -> int:
        """Put each second in the place of its first, in bulk, where that is still there; answers
        how many were."""
        ...

    def count_overdue(self, counted_before: datetime, wanted: Set[OrderState]) -> int:
        """How many `purge` would remove."""
        ...

    def purge(self, counted_before: datetime, wanted: Set[OrderState]) -> int:
        """Remove what is counted from no later than then, and what belongs to no order in a
        wanted state; answers how many rows went."""
        ...

    def holdings(self) -> list[Holding]:
        """What is kept, by account and key."""
        ...

    def handed_over(self) -> dict[str, int]:
        """How many orders stand in the store, by account: their buyers' data is there."""
        ...


class Eraser(Protocol):
    """Overwrites what was removed."""

    def erase(self) -> bool:
        """Leave no byte of removed rows in the database's own files.

        False where somebody was reading them; the next purge erases them then."""
        ...
