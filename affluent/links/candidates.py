"""The products that a person would look at first for what is not linked: the same barcode, then a
similar SKU.

A store of a million SKUs is read once for a whole batch of items. A SKU is compared with an item
only where both have a word of letters or digits in common, and a word is given up after thousands
of comparisons, for it says nothing: so the work grows with the store, not with the store times the
items.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from rapidfuzz import fuzz

from affluent.ports.inventory import StoreSkus

_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_SHORTEST_WORD: Final = 2
_MOST_COMPARISONS: Final = 5_000
_LIKE_ENOUGH: Final = 60.0
_NEAREST: Final = 3
_SLICE: Final = 20_000


class Searched(Protocol):
    """What candidates are looked for."""

    @property
    def sku(self) -> str:
        """Amazon's SKU."""
        ...

    @property
    def barcode(self) -> str:
        """The barcode that the report names, or nothing."""
        ...


@dataclass(frozen=True, slots=True, order=True)
class _Likeness:
    """How near a store's SKU is; `score` is 0 to 100, and above that for the same barcode."""

    score: float
    sku: str


class _Search:
    """A batch of items, indexed by barcode and by word, and the nearest of what was seen so far."""

    def __init__(self, items: Sequence[Searched]) -> None:
        self._by_barcode: dict[str, list[str]] = defaultdict(list)
        self._by_word: dict[str, list[str]] = defaultdict(list)
        self._compared: Counter[str] = Counter()
        self.nearest: dict[str, list[_Likeness]] = {item.sku: [] for item in items}
        for item in items:
            if item.barcode:
                self._by_barcode[item.barcode.zfill(14)].append(item.sku)
            for word in _words(item.sku):
                self._by_word[word].append(item.sku)

    def look_at(self, sku: str, barcode: str) -> None:
        """Hold one of the store's SKUs against the items that it might be."""
        same = self._by_barcode.get(barcode.zfill(14), []) if barcode else []
        for wanted in same:
            self._keep(wanted, _Likeness(101.0, sku))
        for wanted in self._alike(sku):
            score = fuzz.ratio(_plain(wanted), _plain(sku), score_cutoff=_LIKE_ENOUGH)
            if score and wanted not in same:
                self._keep(wanted, _Likeness(score, sku))

    def _alike(self, sku: str) -> set[str]:
        alike: set[str] = set()
        for word in _words(sku):
            wanted = self._by_word.get(word)
            if wanted:
                self._compared[word] += len(wanted)
                if self._compared[word] <= _MOST_COMPARISONS:
                    alike.update(wanted)
        return alike

    def _keep(self, wanted: str, found: _Likeness) -> None:
        nearest = [*self.nearest[wanted], found]
        self.nearest[wanted] = sorted(nearest, key=lambda one: (-one.score, one.sku))[:_NEAREST]


def nearest_candidates(
    items: Sequence[Searched], store: StoreSkus
) -> Mapping[str, tuple[str, ...]]:
    """Up to three of the store's SKUs for each item, by Amazon's SKU, the nearest first."""
    search = _Search(items)
    for piece in store.slices(_SLICE) if items else ():
        for sku, barcode in piece:
            search.look_at(sku, barcode)
    return {wanted: tuple(one.sku for one in found) for wanted, found in search.nearest.items()}


def _words(sku: str) -> set[str]:
    """The SKU's words, and the whole of it without case and punctuation."""
    words = _WORD.findall(sku.casefold())
    return {word for word in words if len(word) >= _SHORTEST_WORD} | {"".join(words)}


def _plain(sku: str) -> str:
    return "".join(_WORD.findall(sku.casefold()))
