"""The section that says how reports of days are signed."""

from __future__ import annotations

from pydantic import Field

from affluent.settings.secrets import SecretReference
from affluent.settings.section import Section


class ReportSettings(Section):
    """The signed reports of days."""

    signing_key: SecretReference | None = Field(
        None, description="The private key of `affluent report keygen`, by name."
    )
