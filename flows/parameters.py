"""The parameters that flows share; the Prefect UI draws its forms from them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

AccountName = Annotated[str, Field(min_length=1, description="Name of an account in the settings.")]
MarketplaceName = Annotated[
    str, Field(min_length=2, description="Country code (US, GB, DE) or marketplace id.")
]
DryRun = Annotated[
    bool, Field(description="Plan and gate only: everything is shown and nothing is sent.")
]
ConfigPath = Annotated[str, Field(min_length=1, description="Path of affluent.yaml.")]
