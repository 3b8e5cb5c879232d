"""The section that says what is asked of Amazon before a listing is sent."""

from __future__ import annotations

from pydantic import Field

from affluent.domain.before_sending import AskingPolicy, MatchCheck
from affluent.settings.section import Section


class BeforeSendingSettings(Section):
    """How much is asked beforehand, and for how long the answers count."""

    match_check: MatchCheck = Field(
        MatchCheck.WARN,
        description="Of a product that differs from its barcode's page on Amazon: warn or hold.",
    )
    matches_days: int = Field(
        7, ge=1, description="For how long it is known which pages a barcode has on Amazon."
    )
    restrictions_a_run: int = Field(
        1000,
        ge=0,
        description="Of how many new offers one run asks whether they may be listed; 0 never asks.",
    )
    permission_days: int = Field(
        30, ge=1, description="For how long a permission to list counts before it is asked again."
    )
    preview_sample: int = Field(
        20, ge=1, description="How many listings preview=sample shows to Amazon before sending."
    )

    def policy(self) -> AskingPolicy:
        """The section as a value of the domain."""
        return AskingPolicy(**self.model_dump())
