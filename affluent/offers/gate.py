"""The gate over offers: the suite and the breaker, for quantities and prices apart."""

from __future__ import annotations

from typing import Final

from affluent.domain.issue import Reason
from affluent.domain.plan import Gated, Plan, sift
from affluent.offers.plan import OffersKnown
from affluent.ports.gate import Gate

#: What a person may let pass who has looked at the whole plan.
_MOVES: Final = (Reason.PRICE_MOVED, Reason.STOCK_GONE)


def gate_offers(plan: Plan, gate: Gate, known: OffersKnown, approved_hash: str = "") -> Gated:
    """Hold what moved too far; stop the batch where too much of it did.

    A plan of exactly the approved hash may move as far as it does.
    """
    by_sku = {
        listing.sku: known.profiles[listing.selling_list]
        for listing in known.listings
        if listing.selling_list in known.profiles
    }
    findings = gate.check_offers(plan, by_sku, known.in_stock)
    if approved_hash and approved_hash == plan.hash:
        findings = tuple(one for one in findings if one.reason not in _MOVES)
    return sift(plan, findings)
