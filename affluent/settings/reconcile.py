"""The section that says what becomes of what Amazon shows otherwise."""

from __future__ import annotations

from pydantic import Field

from affluent.domain.difference import HandChanges
from affluent.settings.section import Section


class ReconcileSettings(Section):
    """What becomes of differences."""

    hand_changes: HandChanges = Field(
        HandChanges.OVERWRITE,
        description="Of what was changed by hand in Seller Central: overwrite or keep.",
    )
