"""Sending gated offers: what is urgent leaves first.

The ledger has one row a SKU and run: where one half of an offer is held and the other sent, the
row is that of what is sent, and its log says why the other half was held.
"""

from __future__ import annotations

from affluent.domain.effect import Effect
from affluent.domain.lane import lane_of
from affluent.domain.listing import SubmissionPath
from affluent.domain.plan import Gated, Plan
from affluent.offers.plan import merge
from affluent.submissions.budget import refuse_beyond_budget
from affluent.submissions.context import Sender
from affluent.submissions.sending import record_held, record_stopped, send, words_of


def apply_offers(
    quantities: Gated,
    prices: Gated,
    sender: Sender,
    path: SubmissionPath = SubmissionPath.AUTO,
) -> list[Effect]:
    """Send what passed of both plans, one patch a SKU; answers what Amazon took.

    Raises BatchStopped where that takes longer than the account allows.
    """
    passed = [
        change for gated in (quantities, prices) if not gated.is_stopped for change in gated.passed
    ]
    plan = Plan(tuple(sorted(merge(passed), key=lane_of)))
    refuse_beyond_budget([(plan.changes, path)], sender)
    sent = {change.key for change in plan.changes}
    half_held = words_of((*quantities.held, *prices.held))
    for gated in (quantities, prices):
        whole = [held for held in gated.held if held.change.key not in sent]
        record_held(whole, gated.plan.hash, sender)
        if gated.is_stopped:
            record_stopped(gated, sender, sent)
    if not plan.changes:
        return []
    return send(plan.changes, plan.hash, path, sender, half_held)
