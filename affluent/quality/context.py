"""Great Expectations, opened so that it keeps to itself: no reports home, no bars, no chatter."""

from __future__ import annotations

import logging
from typing import Any, Final

import great_expectations as gx
from great_expectations.data_context.types.base import ProgressBarsConfig

#: This logger of theirs has a level of its own, and tells of every temporary folder.
_TALKATIVE: Final = "great_expectations.data_context.types.base"


def quiet_context() -> Any:
    """A context that lives in memory alone."""
    logging.getLogger(_TALKATIVE).setLevel(logging.WARNING)
    context = gx.get_context(mode="ephemeral")
    context.enable_analytics(enable=False)
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    return context
