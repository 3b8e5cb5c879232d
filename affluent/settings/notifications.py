"""The section of the queue through which Amazon tells of changed orders."""

from __future__ import annotations

from typing import Final, Self

from pydantic import Field, model_validator

from affluent.settings.problems import flaw
from affluent.settings.secrets import SecretReference
from affluent.settings.section import Section

_FIFO: Final = ".fifo"


class NotificationSettings(Section):
    """A queue at AWS. Without this section orders are polled."""

    queue_arn: str = Field(
        pattern=r"^arn:aws[a-z-]*:sqs:[a-z0-9-]+:\d{12}:[A-Za-z0-9_.-]+$",
        description="The queue's Amazon Resource Name: arn:aws:sqs:REGION:ACCOUNT:NAME.",
    )
    access_key_id: SecretReference | None = Field(
        None, description="An access key's id, by name; without it AWS's own chain is asked."
    )
    secret_access_key: SecretReference | None = Field(
        None, description="The access key's secret, by name."
    )
    endpoint: str = Field("", description="Only for a queue on this machine.")

    def access_key(self) -> list[SecretReference]:
        """Both halves of the access key, or none."""
        return [one for one in (self.access_key_id, self.secret_access_key) if one is not None]

    @model_validator(mode="after")
    def _is_of_the_standard_kind(self) -> Self:
        if self.queue_arn.endswith(_FIFO):
            raise flaw(
                "is a FIFO queue, to which Amazon delivers nothing.",
                "Make a standard queue, and name that one.",
                ("queue_arn",),
            )
        return self

    @model_validator(mode="after")
    def _has_both_halves_of_a_key(self) -> Self:
        if (self.access_key_id is None) != (self.secret_access_key is None):
            missing = "access_key_id" if self.access_key_id is None else "secret_access_key"
            raise flaw("is missing.", "A key has an id and a secret; name both.", (missing,))
        return self
