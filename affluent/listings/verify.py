"""Reading listings back until Amazon shows them, or shows why not."""

from __future__ import annotations

from collections.abc import Sequence

from affluent.domain.effect import Effect
from affluent.domain.plan import Operation
from affluent.submissions.context import Sender
from affluent.submissions.readback import PATIENCE, settle


def verify_listings(taken: Sequence[Effect], sender: Sender) -> int:
    """Answers how many listings Amazon does not show yet."""
    return settle(taken, sender, PATIENCE[Operation.PUT_LISTING])
