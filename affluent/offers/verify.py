"""Reading offers back until Amazon shows the price and quantity that were sent."""

from __future__ import annotations

from collections.abc import Sequence

from affluent.domain.effect import Effect
from affluent.domain.plan import Operation
from affluent.submissions.context import Sender
from affluent.submissions.readback import PATIENCE, settle


def verify_offers(taken: Sequence[Effect], sender: Sender) -> int:
    """Answers how many offers Amazon does not show yet."""
    return settle(taken, sender, PATIENCE[Operation.PATCH_OFFER])
