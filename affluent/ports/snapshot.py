"""What we keep of the store's catalog beside its variants."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from affluent.domain.category import Category


class Categories(Protocol):
    """The store's category trees, as last read."""

    def replace(self, categories: Sequence[Category]) -> None:
        """Take the whole of the trees over; what is not in them any more is forgotten."""
        ...

    def all(self) -> list[Category]:
        """Every category, by id."""
        ...

    def with_children(self, category_ids: Collection[int]) -> frozenset[int]:
        """These categories with all that lie below them; an unknown one stands for itself."""
        ...
