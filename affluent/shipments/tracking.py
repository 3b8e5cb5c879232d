"""Tracking numbers as merchants write them: with spaces, and several in one field."""

from __future__ import annotations

import re
from typing import Final

_BETWEEN: Final = re.compile(r"\s*(?:[,;|/\n\r]|\band\b|&|\+)\s*", re.IGNORECASE)
#: No carrier's number is shorter than this; shorter groups belong to one number.
_SHORTEST_NUMBER: Final = 9
_SPACES: Final = re.compile(r"\s+")


def tracking_numbers(text: str) -> tuple[str, ...]:
    """The numbers of a field, without spaces, each once and in their order."""
    found = (number for part in _BETWEEN.split(text.strip()) for number in _parted(part))
    return tuple(dict.fromkeys(number for number in found if number))


def _parted(text: str) -> list[str]:
    """Groups that could each be a whole number are numbers; others are one, written in groups."""
    groups = _SPACES.split(text)
    if len(groups) > 1 and all(len(group) >= _SHORTEST_NUMBER for group in groups):
        return groups
    return ["".join(groups)]
