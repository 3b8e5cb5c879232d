"""How good the store's catalog is: what is judged of it, and the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class SampledVariant:
    """What of a variant is judged; `shares_…` says whether another variant has the same."""

    sku: str
    name: str
    barcode: str
    price: Decimal
    quantity: int | None
    images: int
    shares_sku: bool
    shares_barcode: bool


@dataclass(frozen=True, slots=True)
class CatalogSample:
    """Some of `total` variants, evenly taken, or all of them."""

    variants: Sequence[SampledVariant]
    total: int


@dataclass(frozen=True, slots=True)
class QualityCheck:
    """One expectation: how many of those judged fail it, and some of their SKUs."""

    title: str
    judged: int
    failed: int
    examples: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """The part that fails, from 0 to 1."""
        return self.failed / self.judged if self.judged else 0.0


@dataclass(frozen=True, slots=True)
class CatalogVerdict:
    """Every check over a sample; `page` is where Data Docs shows them, or `problem` why nowhere."""

    judged: int
    total: int
    checks: tuple[QualityCheck, ...] = ()
    page: str = ""
    problem: str = ""
