"""What an entry of the error book holds."""

from __future__ import annotations

import re
from dataclasses import dataclass

from affluent.domain.issue import Reason


@dataclass(frozen=True, slots=True)
class ErrorEntry:
    """One kind of trouble, in a merchant's words.

    An entry is found by its `pattern` (a regular expression over the message, without regard to
    case), by one of Amazon's `codes`, or by the gate's `reasons`. Amazon changes its codes more
    often than its words, so the words come first.
    """

    title: str
    cause: str
    field_to_fix: str
    fix: str
    pattern: str = ""
    codes: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    examples: tuple[str, ...] = ()

    def describes(self, message: str) -> bool:
        """Whether the message is worded as this entry's are."""
        return bool(self.pattern) and re.search(self.pattern, message, re.IGNORECASE) is not None
