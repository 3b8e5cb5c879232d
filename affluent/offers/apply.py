"""Sending gated offers: quantities that fall to zero leave first."""

from __future__ import annotations

from affluent.domain.effect import Effect
from affluent.domain.listing import SubmissionPath
from affluent.domain.plan import Gated, Plan
from affluent.offers.plan import merge
from affluent.submissions.context import Sender
from affluent.submissions.sending import record_held, send


def apply_offers(quantities: Gated, prices: Gated, sender: Sender) -> list[Effect]:
    """Send what passed of both plans, one patch a SKU; answers what Amazon took."""
    for gated in (quantities, prices):
        record_held(gated.held, gated.plan.hash, sender)
    passed = [
        change for gated in (quantities, prices) if not gated.is_stopped for change in gated.passed
    ]
    plan = Plan(merge(passed))
    return send(plan.changes, plan.hash, SubmissionPath.AUTO, sender) if plan.changes else []
