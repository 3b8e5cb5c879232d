"""The ids that the store gives out, one row of numbers for each kind of resource."""

from __future__ import annotations

from collections import defaultdict


class Numbering:
    """Counts up per kind, and steps over ids that came from outside."""

    def __init__(self) -> None:
        self._last: defaultdict[str, int] = defaultdict(int)

    def next(self, kind: str) -> int:
        """A new id of the kind."""
        self._last[kind] += 1
        return self._last[kind]

    def taken(self, kind: str, given: int) -> int:
        """The given id, from now on never given out again."""
        self._last[kind] = max(self._last[kind], given)
        return given

    def given_or_next(self, kind: str, given: int | None) -> int:
        """The given id, or a new one where none is given."""
        return self.taken(kind, given) if given else self.next(kind)
