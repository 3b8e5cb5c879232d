"""The gate over offers: the suite and the breaker, for quantities and prices apart."""

from __future__ import annotations

from collections.abc import Mapping

from affluent.domain.offer import OfferProfile
from affluent.domain.plan import Gated, Plan, sift
from affluent.ports.gate import Gate


def gate_offers(plan: Plan, gate: Gate, profiles: Mapping[str, OfferProfile]) -> Gated:
    """Hold what moved too far; stop the batch where too much of it did.

    `profiles` is keyed by SKU.
    """
    return sift(plan, gate.check_offers(plan, profiles))
