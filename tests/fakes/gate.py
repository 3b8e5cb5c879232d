"""A gate that holds what a test names, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from affluent.domain.issue import Finding, Reason
from affluent.domain.listing import Definition
from affluent.domain.offer import OfferProfile
from affluent.domain.plan import Gated, Plan


class FakeGate:
    """Satisfies Gate. `holds` names the SKUs to hold, by the kind of check."""

    def __init__(self) -> None:
        self.held_listings: set[str] = set()
        self.held_prices: set[str] = set()
        self.live_barcodes: Mapping[str, str] = {}

    def check_listings(
        self,
        plan: Plan,
        profiles: Mapping[str, OfferProfile],
        live_barcodes: Mapping[str, str],
    ) -> tuple[Finding, ...]:
        self.live_barcodes = live_barcodes
        return tuple(
            Finding(change.key, Reason.LONG_NAME, "The name is too long.")
            for change in plan.changes
            if change.key in self.held_listings
        )

    def check_attributes(
        self, plan: Plan, definitions: Mapping[str, Definition]
    ) -> tuple[Finding, ...]:
        assert {change.key for change in plan.changes} <= definitions.keys()
        return ()

    def check_held(self, gated: Gated) -> tuple[Finding, ...]:
        return ()

    def check_offers(
        self, plan: Plan, profiles: Mapping[str, OfferProfile], in_stock: int
    ) -> tuple[Finding, ...]:
        return tuple(
            Finding(change.key, Reason.PRICE_MOVED, "The price moves too far.")
            for change in plan.changes
            if "price" in change.after and change.key in self.held_prices
        )
