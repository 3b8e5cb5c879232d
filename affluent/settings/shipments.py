"""The section that says how shipments are confirmed on Amazon."""

from __future__ import annotations

import difflib
from datetime import timedelta
from typing import Final, Self

from pydantic import Field, model_validator

from affluent.domain.carrier_codes import CARRIER_CODES
from affluent.domain.shipment_policy import ShipmentPolicy, WithoutRecord
from affluent.settings.problems import flaw
from affluent.settings.section import Section

_CODES: Final = {code.casefold(): code for code in CARRIER_CODES}


class ShipmentSettings(Section):
    """How shipments are confirmed on Amazon."""

    carriers: dict[str, str] = Field(
        default_factory=dict,
        description="A carrier's name in the store to Amazon's code for it, or to Other.",
    )
    untracked_number: str = Field(
        "",
        max_length=50,
        description="Told in place of a missing tracking number; empty holds such a shipment.",
    )
    without_record: WithoutRecord = Field(
        WithoutRecord.HOLD,
        description="Of orders that are Shipped without a shipment record: hold or confirm.",
    )
    warn_hours: int = Field(
        24, ge=1, le=720, description="From when before its ship-by time an order is warned of."
    )

    @model_validator(mode="after")
    def _names_codes_of_amazons(self) -> Self:
        for name, code in self.carriers.items():
            if code.casefold() not in _CODES:
                near = difflib.get_close_matches(code.casefold(), _CODES, n=1, cutoff=0)
                raise flaw(
                    f"{code} is none of Amazon's carrier codes.",
                    f"Use such as {_CODES[near[0]]}; Other tells Amazon the name itself.",
                    ("carriers", name),
                )
        return self

    @model_validator(mode="after")
    def _has_a_number_to_tell(self) -> Self:
        if self.without_record is WithoutRecord.CONFIRM and not self.untracked_number:
            raise flaw(
                "needs untracked_number: Amazon takes no confirmation without a number.",
                "Name an untracked_number, or hold such orders.",
                ("without_record",),
            )
        return self


def shipment_policy_of(settings: ShipmentSettings) -> ShipmentPolicy:
    """How shipments are confirmed."""
    return ShipmentPolicy(
        carriers={name: _CODES[code.casefold()] for name, code in settings.carriers.items()},
        untracked_number=settings.untracked_number,
        without_record=settings.without_record,
        warn_before=timedelta(hours=settings.warn_hours),
    )
