"""How the merchant wants his shipments to be confirmed on Amazon."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum


class WithoutRecord(StrEnum):
    """What becomes of an order that is Shipped in the store without any shipment record."""

    HOLD = "hold"
    CONFIRM = "confirm"


@dataclass(frozen=True, slots=True)
class ShipmentPolicy:
    """The settings of the confirmations.

    `carriers` maps names of carriers, as they stand in the store, to Amazon's codes.
    `untracked_number` is told where a shipment has no tracking number, which Amazon's API demands;
    where it is empty, such a shipment is held. Orders that are not shipped are told of from
    `warn_before` their ship-by time on.
    """

    carriers: Mapping[str, str] = field(default_factory=dict)
    untracked_number: str = ""
    without_record: WithoutRecord = WithoutRecord.HOLD
    warn_before: timedelta = timedelta(hours=24)
