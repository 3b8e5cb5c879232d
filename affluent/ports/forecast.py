"""What we need to know of a vendor's quota before we use it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from affluent.domain.forecast import Foretold, ForetoldCalls
from affluent.domain.plan import Change


class ForecastPort(Protocol):
    """What a batch would take at the quota's present state."""

    def of(self, changes: Sequence[Change]) -> Foretold:
        """The calls and seconds of these changes, sent singly and as a feed, with the reading back.

        Changes that are not written to Amazon's listings or orders are left out. Nothing is drawn.
        """
        ...

    def calls(self, operation: str, count: int) -> ForetoldCalls:
        """So many calls of one operation, and the seconds that they take. Nothing is drawn."""
        ...
