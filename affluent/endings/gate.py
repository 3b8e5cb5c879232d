"""The gate over a plan of endings: a batch that ends too much at once is stopped whole."""

from __future__ import annotations

from typing import Final

from affluent.domain.ending import EndingPolicy
from affluent.domain.issue import Finding, Reason, Weight
from affluent.domain.plan import Gated, Plan, sift
from affluent.endings.plan import EndingsKnown, is_named

#: So many may always end at once, however few listings there are.
FEWEST_ENDED: Final = 5


def gate_endings(
    plan: Plan, known: EndingsKnown, policy: EndingPolicy, approved_hash: str = ""
) -> Gated:
    """Hold what may not end so, and stop the batch where too large a share would end.

    What is named by its SKU does not count, and a plan of exactly the approved hash passes.
    """
    if approved_hash and approved_hash == plan.hash:
        return sift(plan, ())
    return sift(plan, _too_many(plan, known, policy))


def _too_many(plan: Plan, known: EndingsKnown, policy: EndingPolicy) -> tuple[Finding, ...]:
    ended = sum(not is_named(change) for change in plan.changes)
    live = sum(listing.status.is_taken for listing in known.listings.values())
    if ended <= FEWEST_ENDED or ended <= policy.largest_share * live:
        return ()
    return (
        Finding(
            "",
            Reason.TOO_MANY_ENDED,
            f"{ended} of {live} listings would end at once; {policy.largest_share:.0%} may.",
            "largest_share",
            weight=Weight.STOP,
        ),
    )
