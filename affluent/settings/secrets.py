"""Secrets by name: an environment variable or a Prefect Secret block, never the value itself."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from affluent.domain.errors import ConfigurationError

#: Reads a Prefect Secret block; given from outside, since the product itself runs without Prefect.
BlockReader = Callable[[str], str]


class SecretReference(BaseModel):
    """Where a secret is kept: `{env: NAME}` or `{block: NAME}`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    env: str = Field("", description="Name of the environment variable that holds the secret.")
    block: str = Field("", description="Name of the Prefect Secret block that holds the secret.")

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        if bool(self.env) == bool(self.block):
            message = "name exactly one of env and block, such as {env: AMAZON_REFRESH_TOKEN}"
            raise ValueError(message)
        return self

    def read(self, blocks: BlockReader) -> str:
        """The secret as it is now, so that a swapped one takes effect without a restart.

        Raises ConfigurationError that names the variable or block, never a value.
        """
        value = os.environ.get(self.env, "") if self.env else blocks(self.block)
        if not value:
            raise ConfigurationError(
                f"The secret {self.describe()} is missing.",
                why="The settings name it, and nothing is stored under that name.",
                fix=f"Set the {self.describe()}.",
            )
        return value

    def describe(self) -> str:
        """The secret's place, for a person."""
        return f"environment variable {self.env}" if self.env else f"Prefect block {self.block}"
