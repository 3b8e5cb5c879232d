"""A span of time as people tell it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

_AN_HOUR: Final = timedelta(hours=1)
_A_DAY: Final = timedelta(days=1)


def in_words(span: timedelta) -> str:
    """Minutes, hours or days, in whole ones; never less than none."""
    if span < 2 * _AN_HOUR:
        return f"{max(span // timedelta(minutes=1), 0)} minutes"
    return f"{span // _AN_HOUR} hours" if span < 2 * _A_DAY else f"{span.days} days"
