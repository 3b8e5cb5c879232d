"""How well SKU pairs fit what is known of both sides, before they are written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from rapidfuzz import fuzz, process, utils

from affluent.domain.sku_mapping import SkuPair

#: How many pairs get candidates: each is held against every SKU that is known.
_EXAMINED: Final = 50
_CANDIDATES: Final = 3
_ALIKE: Final = 75.0


@dataclass(frozen=True, slots=True)
class UnknownSide:
    """A pair of which a SKU is not known, and the SKUs that are nearest to it."""

    pair: SkuPair
    store_candidates: tuple[str, ...] = ()
    amazon_candidates: tuple[str, ...] = ()


@dataclass(frozen=True)
class MatchQuality:
    """Pairs counted by what is known of them: the store's SKU in the snapshot of its catalog,
    Amazon's among the listings. `examples` are the first that lack a side."""

    both: int
    store_only: int
    amazon_only: int
    neither: int
    examples: tuple[UnknownSide, ...]


def match_quality(
    pairs: Sequence[SkuPair], store_skus: Collection[str], amazon_skus: Collection[str]
) -> MatchQuality:
    """How many pairs have both sides known, one, or none, with candidates for what is not."""
    in_store, on_amazon = set(store_skus), set(amazon_skus)
    known = [(one.store_sku in in_store, one.amazon_sku in on_amazon) for one in pairs]
    doubtful = (one for one, sides in zip(pairs, known, strict=True) if not all(sides))
    nearest_in_store, nearest_on_amazon = _Nearest(in_store), _Nearest(on_amazon)
    return MatchQuality(
        both=known.count((True, True)),
        store_only=known.count((True, False)),
        amazon_only=known.count((False, True)),
        neither=known.count((False, False)),
        examples=tuple(
            UnknownSide(
                one,
                () if one.store_sku in in_store else nearest_in_store.to(one.store_sku),
                () if one.amazon_sku in on_amazon else nearest_on_amazon.to(one.amazon_sku),
            )
            for one in islice(doubtful, _EXAMINED)
        ),
    )


class _Nearest:
    """SKUs alike but for case, punctuation and a few letters, among those that are known."""

    def __init__(self, known: Iterable[str]) -> None:
        self._plain = {sku: utils.default_process(sku) for sku in sorted(known)}

    def to(self, sku: str) -> tuple[str, ...]:
        """The known SKUs that a person would look at first."""
        found = process.extract(
            utils.default_process(sku),
            self._plain,
            scorer=fuzz.ratio,
            limit=_CANDIDATES,
            score_cutoff=_ALIKE,
        )
        return tuple(candidate for _, _, candidate in found)
