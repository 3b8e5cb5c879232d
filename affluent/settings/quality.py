"""The section that says what the gate lets pass, and when it stops a batch."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field

from affluent.domain.gate_rules import STANDARD_RULES, Allowable, GateRules
from affluent.domain.issue import Reason
from affluent.settings.section import Section


class QualitySettings(Section):
    """The gate over listings."""

    largest_held_share: Decimal = Field(
        STANDARD_RULES.largest_held_share,
        ge=0,
        le=1,
        description="When a larger share of what is selected is held for flaws, nothing is sent.",
    )
    fewest_held: int = Field(
        STANDARD_RULES.fewest_held, ge=1, description="Fewer held items than this never stop all."
    )
    allow: tuple[Allowable, ...] = Field(
        (), description="Reasons of the gate for which nothing is held."
    )

    def rules(self) -> GateRules:
        """What the gate lets pass."""
        allowed = frozenset(Reason(one.value) for one in self.allow)
        return GateRules(allowed, self.largest_held_share, self.fewest_held)
