"""What is asked of Amazon before a listing is sent, and for how long its answers count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from affluent.domain.amazon_catalog import Restriction
from affluent.domain.listing import CatalogMatch

#: After how long a refusal is asked about again: twice as long each time, up to the last.
_PAUSES_DAYS: Final = (1, 2, 4, 8, 16, 30)
#: Amazon's catalog grows every day: that it has no page counts for one.
_NOTHING_FOUND: Final = timedelta(days=1)


class MatchCheck(StrEnum):
    """What becomes of a product that differs from the page that its barcode leads to."""

    WARN = "warn"
    HOLD = "hold"


class Preview(StrEnum):
    """Of which listings Amazon's opinion is asked before they are sent."""

    NONE = "none"
    SAMPLE = "sample"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class AskingPolicy:
    """How much is asked beforehand. `restrictions_a_run` is how many ASINs one run asks about at
    most (0 asks about none); `permission_days` is how long a permission counts."""

    match_check: MatchCheck = MatchCheck.WARN
    matches_days: int = 7
    restrictions_a_run: int = 1000
    permission_days: int = 30
    preview_sample: int = 20


@dataclass(frozen=True, slots=True)
class KnownMatches:
    """What Amazon's catalog had for a barcode when it was last asked; nothing is an answer, too."""

    barcode: str
    matches: tuple[CatalogMatch, ...]
    asked_at: datetime

    def counts(self, now: datetime, days: int) -> bool:
        """Whether the answer is young enough to go by."""
        life = timedelta(days=days)
        return now - self.asked_at < (life if self.matches else min(life, _NOTHING_FOUND))


@dataclass(frozen=True, slots=True)
class Permission:
    """Whether a seller may list an ASIN in one condition: he may where nothing restricts it.

    `refusals` counts how often in a row Amazon said no.
    """

    asin: str
    condition: str
    restrictions: tuple[Restriction, ...]
    asked_at: datetime
    ask_again_at: datetime
    refusals: int = 0

    @property
    def is_given(self) -> bool:
        """Whether the seller may list it."""
        return not self.restrictions

    def is_due(self, now: datetime) -> bool:
        """Whether the answer is too old to go by."""
        return now >= self.ask_again_at


def next_permission(
    asin: str,
    condition: str,
    restrictions: tuple[Restriction, ...],
    now: datetime,
    permission_days: int,
    before: Permission | None = None,
) -> Permission:
    """Amazon's newest answer, with when it is to be asked again."""
    refusals = (before.refusals if before else 0) + 1 if restrictions else 0
    days = _PAUSES_DAYS[min(refusals, len(_PAUSES_DAYS)) - 1] if refusals else permission_days
    return Permission(asin, condition, restrictions, now, now + timedelta(days=days), refusals)
