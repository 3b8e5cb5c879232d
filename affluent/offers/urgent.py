"""What of a gated plan must not wait for its turn, and how it is sent and looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from affluent.domain.effect import Effect
from affluent.domain.lane import Lane, lane_of
from affluent.domain.listing import SubmissionPath
from affluent.domain.plan import Change, Gated
from affluent.offers.apply import apply_offers
from affluent.submissions.context import Sender
from affluent.submissions.readback import look_again

#: When Amazon usually shows a patch. What it shows later, the next sync of the offers reads.
_LOOK_AFTER_SECONDS: Final = 10.0


def only_urgent(gated: Gated) -> Gated:
    """The changes of the safety lane; none where the batch is stopped.

    What is held, or stopped, is told by the run that plans all of it.
    """
    passed = () if gated.is_stopped else _urgent(gated.passed)
    plan = replace(gated.plan, changes=_urgent(gated.plan.changes))
    return Gated(plan, passed, stops=gated.stops)


def rush(quantities: Gated, prices: Gated, sender: Sender) -> list[Effect]:
    """Send what is urgent, each by a patch of its own, and look once; answers what Amazon took."""
    taken = apply_offers(quantities, prices, sender, SubmissionPath.SINGLE)
    if taken:
        sender.clock.sleep(_LOOK_AFTER_SECONDS)
        look_again(taken, sender)
    return taken


def _urgent(changes: Sequence[Change]) -> tuple[Change, ...]:
    return tuple(one for one in changes if lane_of(one) is Lane.SAFETY)
