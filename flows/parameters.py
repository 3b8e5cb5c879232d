"""The parameters that flows share; the Prefect UI draws its forms from them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from pydantic.fields import FieldInfo


def described(text: str, *, min_length: int | None = None) -> FieldInfo:
    """A parameter's description for the form.

    Prefect replaces a field's own description by that of the flow's docstring, which has none.
    """
    field: FieldInfo = Field(min_length=min_length, json_schema_extra={"description": text})
    return field


AccountName = Annotated[str, described("Name of an account in the settings.", min_length=1)]
MarketplaceName = Annotated[
    str, described("Country code (US, GB, DE) or marketplace id.", min_length=2)
]
DryRun = Annotated[bool, described("Plan and gate only: everything is shown and nothing is sent.")]
ConfigPath = Annotated[str, described("Path of affluent.yaml.", min_length=1)]
