"""Whether an answer of the store can be believed that has much less than was known."""

from __future__ import annotations

from affluent.domain.belief import has_collapsed
from affluent.domain.errors import BatchStopped


def believe(read: int, known: int, what: str, *, may_shrink: bool) -> None:
    """Raise BatchStopped where less than half was read of what was known, unless `may_shrink`."""
    if has_collapsed(read, known, may_shrink=may_shrink):
        raise BatchStopped(
            f"The store answered {read} {what}, where {known} were known.",
            why="A catalog does not lose half of itself overnight; a failing API looks just so.",
            fix="Look at the store; if it is right, run extract_catalog with may_shrink=true.",
        )
