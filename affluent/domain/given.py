"""What a merchant gives for single SKUs beside his settings: ASINs and offers of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from affluent.domain.offer.override import OfferOverride


@dataclass(frozen=True, slots=True)
class GivenAsin:
    """The ASIN of a SKU of the store on one marketplace of an account."""

    account: str
    marketplace_id: str
    store_sku: str
    asin: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class GivenOverride:
    """What goes before the offer profile for a SKU of the store in one selling list."""

    selling_list: str
    store_sku: str
    override: OfferOverride
    source: str = ""


#: The overrides of each selling list's SKUs, by list and SKU of the store.
Overrides: TypeAlias = Mapping[tuple[str, str], OfferOverride]


def overrides_of(given: Iterable[GivenOverride]) -> Overrides:
    """The overrides by what they are for."""
    return {(one.selling_list, one.store_sku): one.override for one in given}
