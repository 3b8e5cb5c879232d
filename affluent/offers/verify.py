"""Reading offers back until Amazon shows the price and quantity that were sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from affluent.domain.effect import Effect
from affluent.submissions.context import Sender
from affluent.submissions.readback import settle

#: What Amazon accepted but does not show by then goes into the next plan.
_PATIENCE_SECONDS: Final = 300.0


def verify_offers(taken: Sequence[Effect], sender: Sender) -> int:
    """Answers how many offers Amazon does not show yet."""
    return settle(taken, sender, _PATIENCE_SECONDS)
