"""Price templates: which formula counts for which of the store's prices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from affluent.domain.money import plain
from affluent.domain.offer.formula import Formula


@dataclass(frozen=True, slots=True)
class PriceRange:
    """The store's prices from `at_least` up to, but not including, `below`; None has no end."""

    formula: Formula
    at_least: Decimal = Decimal(0)
    below: Decimal | None = None

    def holds(self, price: Decimal) -> bool:
        """Whether the range counts for a price of the store."""
        return self.at_least <= price and (self.below is None or price < self.below)

    def __str__(self) -> str:
        if self.below is None:
            return "any price" if self.at_least == 0 else f"from {plain(self.at_least)}"
        return f"from {plain(self.at_least)} to {plain(self.below)}"


def range_for(price: Decimal, ranges: Sequence[PriceRange]) -> PriceRange | None:
    """The range that counts for a price of the store, or None."""
    return next((one for one in ranges if one.holds(price)), None)


def range_flaws(ranges: Sequence[PriceRange]) -> Iterator[str]:
    """What is wrong with the ranges of a template: each flaw names the two ranges that make it."""
    for one in ranges:
        if one.below is not None and one.below <= one.at_least:
            yield f"the range {one} ends before it begins"
    ordered = sorted(ranges, key=lambda one: one.at_least)
    for lower, upper in pairwise(ordered):
        if lower.below is None or lower.below > upper.at_least:
            yield f"the ranges '{lower}' and '{upper}' overlap"
        elif lower.below < upper.at_least:
            yield f"there is a gap between the ranges '{lower}' and '{upper}'"
