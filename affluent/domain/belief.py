"""Whether an answer can be believed that has much less than was known."""

from __future__ import annotations


def has_collapsed(read: int, known: int, *, may_shrink: bool) -> bool:
    """Whether less than half was read of what was known, and nobody said that this may be."""
    return read < known / 2 and not may_shrink
