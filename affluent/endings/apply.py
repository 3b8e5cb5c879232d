"""Sending a gated plan of endings; each decision is kept before anything is sent."""

from __future__ import annotations

from collections.abc import Sequence

from affluent.domain.effect import Effect
from affluent.domain.ending import Ending
from affluent.domain.listing import SubmissionPath
from affluent.domain.plan import Gated
from affluent.endings.plan import decision_of
from affluent.endings.relisting import offer_again
from affluent.submissions.context import Sender
from affluent.submissions.sending import record_held, send


def apply_endings(gated: Gated, returned: Sequence[Ending], sender: Sender) -> list[Effect]:
    """Send what passed, and let go of what is back in a list; answers what Amazon took.

    A worker that dies after the decision was kept has the next run plan the same writes again.
    """
    record_held(gated.held, gated.plan.hash, sender)
    now = sender.clock.now()
    with sender.units() as work:
        work.endings.save([decision_of(change) for change in gated.passed], now)
        offer_again(returned, "Its product is back in a selling list.", work, sender.run, now)
        work.commit()
    if not gated.passed:
        return []
    return send(gated.passed, gated.plan.hash, SubmissionPath.AUTO, sender)
