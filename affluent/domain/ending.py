"""The end of a listing: what a merchant, or his rule for what left a list, has decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

#: Amazon takes a SKU that was deleted again only after so long.
REST_OF_A_DELETED_SKU: Final = timedelta(hours=24)


class Way(StrEnum):
    """How a listing ends. The first two offer no units and leave the listing on Amazon.

    ZERO: until its product stands in a list again. END: until a person lists it again. DELETE: the
    listing is taken off the marketplace, and a person may have it made anew.
    """

    ZERO = "zero"
    END = "end"
    DELETE = "delete"


class WhenLeft(StrEnum):
    """What becomes of a listing whose product has left its selling list."""

    KEEP = "keep"
    ZERO = "zero"
    END = "end"
    DELETE = "delete"

    @property
    def way(self) -> Way | None:
        """How it ends; None where it stays as it is."""
        return None if self is WhenLeft.KEEP else Way(self.value)


@dataclass(frozen=True, slots=True)
class Ending:
    """A decision to end one listing, kept until the listing is made anew or offered again.

    `relisting` means that the merchant wants a deleted SKU back: publish_listings makes it anew as
    soon as Amazon takes it.
    """

    account: str
    marketplace_id: str
    sku: str
    way: Way
    why: str
    relisting: bool = False


@dataclass(frozen=True, slots=True)
class LeftList:
    """A product of the store that stands in no list any more, and the list that listed it."""

    selling_list: str
    store_sku: str
    why: str
    policy: WhenLeft


@dataclass(frozen=True, slots=True)
class EndingPolicy:
    """The merchant's rule. A batch that would end a larger share of all listings than this is
    stopped; what is named by its SKU does not count."""

    largest_share: Decimal
