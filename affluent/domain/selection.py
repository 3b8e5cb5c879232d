"""Which variants stand in which selling list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from affluent.domain.listing import SellingList
from affluent.domain.product import Variant


@dataclass(frozen=True, slots=True)
class Selected:
    """One variant in the list that sells it."""

    selling_list: SellingList
    variant: Variant


def contains(selling_list: SellingList, variant: Variant) -> bool:
    """Whether the list's rules take the variant in."""
    if variant.sku in selling_list.excluded_skus:
        return False
    if selling_list.excluded_category_ids.intersection(variant.category_ids):
        return False
    takes_all = not (selling_list.category_ids or selling_list.brands or selling_list.skus)
    return (
        takes_all
        or variant.sku in selling_list.skus
        or variant.brand in selling_list.brands
        or not selling_list.category_ids.isdisjoint(variant.category_ids)
    )


def select(lists: Sequence[SellingList], variants: Iterable[Variant]) -> list[Selected]:
    """Every visible variant with the first list that takes it in, in the variants' order.

    A SKU is sold once per account and marketplace: later lists that name it too do not count.
    """
    return [
        Selected(selling_list, variant)
        for variant in variants
        if variant.is_visible
        for selling_list in [next((one for one in lists if contains(one, variant)), None)]
        if selling_list is not None
    ]
