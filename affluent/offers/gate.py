"""The gate over offers: the suite and the breaker, for quantities and prices apart."""

from __future__ import annotations

from affluent.domain.plan import Gated, Plan, sift
from affluent.offers.plan import OffersKnown
from affluent.ports.gate import Gate


def gate_offers(plan: Plan, gate: Gate, known: OffersKnown) -> Gated:
    """Hold what moved too far; stop the batch where too much of it did."""
    by_sku = {
        listing.sku: known.profiles[listing.selling_list]
        for listing in known.listings
        if listing.selling_list in known.profiles
    }
    return sift(plan, gate.check_offers(plan, by_sku))
