"""Reading listings back until Amazon shows them, or shows why not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from affluent.domain.effect import Effect
from affluent.submissions.context import Sender
from affluent.submissions.readback import settle

#: Amazon shows most listings within minutes; what takes longer is read by the next run.
_PATIENCE_SECONDS: Final = 900.0


def verify_listings(taken: Sequence[Effect], sender: Sender) -> int:
    """Answers how many listings Amazon does not show yet."""
    return settle(taken, sender, _PATIENCE_SECONDS)
