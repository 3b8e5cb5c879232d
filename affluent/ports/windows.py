"""Where request windows are kept, so that every process counts in the same one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class WindowState:
    """A window of requests as it stands. One that nobody knows yet has a `quota` of 0.

    `length` and the two moments are seconds, of the wall clock. `left` counts the requests that
    nobody has taken yet, neither we nor others; of those that we took, `on_way` have no answer, or
    none that was told here.
    `ends_at` is the vendor's word where `is_told`, else our own reckoning. `has_others` says that
    the vendor counted more than we sent. `turn` counts the changes.
    """

    quota: int = 0
    length: float = 0.0
    left: int = 0
    ends_at: float = 0.0
    is_told: bool = False
    on_way: int = 0
    has_others: bool = False
    closed_until: float = 0.0
    turn: int = 0


class WindowStore(Protocol):
    """The windows by name. Every call is one atomic step among all who share the store."""

    def look(self, window: str) -> WindowState:
        """The window as it stands, without waiting for anyone."""
        ...

    def swap(self, window: str, seen: WindowState, new: WindowState) -> bool:
        """Put `new` in the place of what was seen; False where somebody else was quicker."""
        ...
