"""What we keep of the store's catalog, and what its variants were before."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from affluent.domain.catalog_quality import CatalogSample
from affluent.domain.category import Category
from affluent.domain.held_variant import HeldVariant
from affluent.domain.money import Money
from affluent.domain.price_list import PriceRecord
from affluent.domain.product import Variant
from affluent.domain.variant_history import VariantDifference, VariantVersion


class Variants(Protocol):
    """The snapshot of the store's catalog."""

    def save(self, variants: Sequence[Variant], seen_at: datetime) -> int:
        """Insert or update in bulk; answers how many rows differ from what was known: those have
        changed at `seen_at`."""
        ...

    def keep(self, held: Sequence[HeldVariant], seen_at: datetime) -> None:
        """Let what we know of these stand, as seen: the variant, or its whole product."""
        ...

    def count(self) -> int:
        """How many variants are known and not gone."""
        ...

    def mark_gone(self, not_seen_since: datetime, at: datetime) -> int:
        """Mark what a full extraction no longer found as changed and gone; answers how many."""
        ...

    def all(self) -> list[Variant]:
        """Every variant that is known and not gone, by product and variant id."""
        ...

    def take(self, units: Mapping[str, int], at: datetime) -> None:
        """Lower the known stock by units that an order of ours has taken, by SKU: the snapshot is
        older than the order, and what it still counts must not be offered again."""
        ...

    def by_skus(self, skus: Sequence[str]) -> dict[str, Variant]:
        """The variants of these SKUs that are not gone; of equal SKUs the oldest variant."""
        ...


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


class PriceLists(Protocol):
    """The store's price lists, as far as an account names one, each by id and currency."""

    def save(
        self, price_list_id: int, currency: str, records: Sequence[PriceRecord], seen_at: datetime
    ) -> int:
        """Insert or update in bulk; answers how many records differ from what was known."""
        ...

    def count(self, price_list_id: int, currency: str) -> int:
        """How many records of the list are known in this currency and not gone."""
        ...

    def mark_gone(
        self, price_list_id: int, currency: str, not_seen_since: datetime, at: datetime
    ) -> int:
        """Mark what a whole reading no longer found; answers how many."""
        ...

    def prices(
        self, price_list_id: int | None, currency: str, variant_ids: Sequence[int] | None = None
    ) -> dict[int, Money]:
        """What the list asks in this currency, by variant id, whole or for some variants. None
        is the list of an account that names none: it asks nothing."""
        ...


class VariantVersions(Protocol):
    """What the variants were at any time, as far as the store was read and versions are kept.

    A version is written with the change that ends it, and in its transaction.
    """

    def at(self, variant: str | int, moment: datetime) -> VariantVersion | None:
        """What a SKU or a variant id stood for at a moment; None where nothing is known. Of equal
        SKUs the oldest variant, before those that were gone."""
        ...

    def of_sku(self, sku: str) -> list[VariantVersion]:
        """Everything that the variants were that ever had this SKU, by variant and time."""
        ...

    def differing(self, since: datetime, until: datetime) -> Iterator[VariantDifference]:
        """The variants that were not at `until` what they were at `since`, by id."""
        ...

    def purge(self, before: datetime) -> int:
        """Forget the versions that ended before; answers how many."""
        ...


class CatalogSamples(Protocol):
    """The snapshot as far as its quality is judged."""

    def take(self, most: int) -> CatalogSample:
        """At most so many of the variants that are not gone: every one, or every n-th by id. What
        they share with others is looked up among all of them."""
        ...
