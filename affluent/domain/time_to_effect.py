"""How long Amazon takes from its receipt to the effect, over many writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final, Self

#: Fewer writes say nothing of a week.
_ENOUGH: Final = 5
#: So many times as long as before, and so many seconds longer, is worth a word.
_WORSE: Final = 1.5
_WORSE_SECONDS: Final = 30.0


@dataclass(frozen=True, slots=True)
class TimeToEffect:
    """Seconds within which half of the writes, and 95 % of them, were shown."""

    writes: int
    p50_seconds: float
    p95_seconds: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Self | None:
        """None where nothing was measured. Percentiles are by nearest rank."""
        if not seconds:
            return None
        ordered = sorted(seconds)
        p50, p95 = (ordered[ceil(len(ordered) * share) - 1] for share in (0.5, 0.95))
        return cls(len(ordered), p50, p95)

    def is_worse_than(self, earlier: Self) -> bool:
        """Whether the slow writes have become notably slower."""
        if min(self.writes, earlier.writes) < _ENOUGH:
            return False
        longer = self.p95_seconds - earlier.p95_seconds
        return self.p95_seconds > _WORSE * earlier.p95_seconds and longer > _WORSE_SECONDS
