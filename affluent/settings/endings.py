"""The section that says how much may end at once."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field

from affluent.domain.ending import EndingPolicy
from affluent.settings.section import Section


class EndingSettings(Section):
    """When a batch of endings is stopped."""

    largest_share: Decimal = Field(
        Decimal("0.1"),
        ge=0,
        le=1,
        description="A batch that would end a larger share of all listings is stopped whole.",
    )

    def policy(self) -> EndingPolicy:
        """The merchant's rule."""
        return EndingPolicy(self.largest_share)
