"""Reading back until Amazon shows that the listings have ended."""

from __future__ import annotations

from collections.abc import Sequence

from affluent.domain.effect import Effect
from affluent.domain.plan import Operation
from affluent.submissions.context import Sender
from affluent.submissions.readback import PATIENCE, settle


def verify_endings(taken: Sequence[Effect], sender: Sender) -> int:
    """Answers how many listings Amazon still shows as they were."""
    return settle(taken, sender, PATIENCE[Operation.DELETE_LISTING])
