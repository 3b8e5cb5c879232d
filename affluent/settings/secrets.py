"""Secrets by name: an environment variable or a Prefect Secret block, never the value itself."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from typing import Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from affluent.domain.errors import ConfigurationError
from affluent.settings.problems import flaw

#: Reads a Prefect Secret block; given from outside, since the product itself runs without Prefect.
#: A block that does not exist is a ValueError, as it is to Prefect.
BlockReader = Callable[[str], str]

_VARIABLE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_FIX: Final = "Keep it in an environment variable, and write that one's name: {env: NAME}."


class SecretReference(BaseModel):
    """Where a secret is kept: `{env: NAME}` or `{block: NAME}`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    env: str = Field("", description="Name of the environment variable that holds the secret.")
    block: str = Field("", description="Name of the Prefect Secret block that holds the secret.")

    @model_validator(mode="before")
    @classmethod
    def _is_a_name(cls, value: Any) -> Any:
        if not isinstance(value, dict | cls):
            raise flaw("must not be the secret itself.", _FIX)
        return value

    @field_validator("env")
    @classmethod
    def _is_a_variable(cls, name: str) -> str:
        if name and not _VARIABLE.fullmatch(name):
            raise flaw("is not the name of an environment variable.", _FIX)
        return name

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        if bool(self.env) == bool(self.block):
            raise flaw("must name either env or block.", _FIX)
        return self

    def read(self, blocks: BlockReader) -> str:
        """The secret as it is now, so that a swapped one takes effect without a restart.

        Raises ConfigurationError that names the variable or block, never a value.
        """
        value = self._stored(blocks)
        if not value:
            raise ConfigurationError(
                f"The {self.describe()} holds no secret.",
                why="The settings name it, and nothing is stored there.",
                fix=f"Put the secret into the {self.describe()}, where Affluent runs.",
            )
        return value

    def reader(self, blocks: BlockReader) -> Callable[[], str]:
        """What reads the secret when it is called."""
        return lambda: self.read(blocks)

    def describe(self) -> str:
        """The secret's place, for a person."""
        return f"environment variable {self.env}" if self.env else f"Prefect block {self.block}"

    def _stored(self, blocks: BlockReader) -> str:
        if self.env:
            return os.environ.get(self.env, "")
        try:
            return blocks(self.block)
        except ValueError:
            return ""
