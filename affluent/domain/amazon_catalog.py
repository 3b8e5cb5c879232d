"""What Amazon's catalog holds, what may be listed there, and as which product type."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

_ASIN: Final = re.compile(r"[A-Z0-9]{10}")


def is_asin(text: str) -> bool:
    """Whether a text has the form of an ASIN: ten capital letters and digits."""
    return _ASIN.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class CatalogItem:
    """An item of the catalog. `identifiers` holds its barcodes by type, as {"EAN": ("400…",)}."""

    asin: str
    product_type: str
    brand: str
    item_name: str
    identifiers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class RestrictionReason(StrEnum):
    """Amazon's reason codes of a restriction; UNKNOWN stands for one that is new to us."""

    APPROVAL_REQUIRED = "APPROVAL_REQUIRED"
    ASIN_NOT_FOUND = "ASIN_NOT_FOUND"
    NOT_ELIGIBLE = "NOT_ELIGIBLE"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class Restriction:
    """One reason why the seller may not list an item in one condition.

    `links` are the pages where an approval can be asked for.
    """

    marketplace_id: str
    condition: str
    reason: RestrictionReason
    message: str
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProductTypeName:
    """A product type that a search found, with its name for people."""

    name: str
    display_name: str


class ParentageLevel(StrEnum):
    """For which part of a variation family a definition is simplified."""

    NONE = "NONE"
    CHILD = "CHILD"
    PARENT = "PARENT"
