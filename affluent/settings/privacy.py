"""The section that says how buyers' data is sealed, and for how long it is kept."""

from __future__ import annotations

from datetime import timedelta

from pydantic import Field

from affluent.domain.safekeeping import SafekeepingRules
from affluent.settings.secrets import SecretReference
from affluent.settings.section import Section


class PrivacySettings(Section):
    """Buyers' data at rest. Without a key none is kept."""

    keys: tuple[SecretReference, ...] = Field(
        (), description="Keys of `affluent pii keygen`, by name; the first one seals, all open."
    )
    purge_days: int = Field(
        30, ge=1, le=30, description="Days after shipping at which buyers' data is removed."
    )
    keep_after_import: bool = Field(
        False, description="Keep it until then, instead of until the order is in the store."
    )

    def rules(self) -> SafekeepingRules:
        """How long buyers' data is kept."""
        return SafekeepingRules(timedelta(days=self.purge_days), self.keep_after_import)
