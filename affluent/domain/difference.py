"""Where Amazon shows something else than is intended, and who is the cause of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

#: The field of a difference that is about the listing as a whole.
WHOLE_LISTING: Final = "listing"


class Cause(StrEnum):
    """Why Amazon shows something else.

    LATE: a write of ours is on its way, planned or held. LOST: Amazon took our write and has
    dropped it. CHANGED: what we had brought about was changed on Amazon afterwards, as by hand in
    Seller Central. SOLD: the quantity fell below ours after we had brought it about, as with every
    sale. UNKNOWN: we never wrote the field. GONE: Amazon no longer has the listing. NOT_OURS: we
    do not know the listing.
    """

    LATE = "late"
    LOST = "lost"
    CHANGED = "changed"
    SOLD = "sold"
    UNKNOWN = "unknown"
    GONE = "gone"
    NOT_OURS = "not_ours"


class HandChanges(StrEnum):
    """What becomes of what was changed on Amazon by hand."""

    OVERWRITE = "overwrite"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field (price, quantity, or the listing as a whole) of one of Amazon's SKUs."""

    sku: str
    field: str
    intended: str
    shown: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class KnownDifference:
    """A difference that is kept, with its age."""

    account: str
    marketplace_id: str
    difference: Difference
    first_seen: datetime
    last_seen: datetime
