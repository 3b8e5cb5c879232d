"""Shipments: made in the store, confirmed on Amazon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ShippedLine:
    """So many units of one line of a BigCommerce order."""

    line_id: int
    quantity: int


@dataclass(frozen=True, slots=True)
class StoreShipment:
    """A shipment record of a BigCommerce order.

    The carrier may stand in any of the three fields: BigCommerce leaves `provider` empty for
    carriers it does not ship with itself.
    """

    shipment_id: int
    order_id: int
    created_at: datetime
    tracking_number: str
    provider: str
    tracking_carrier: str
    method: str
    lines: tuple[ShippedLine, ...]


@dataclass(frozen=True, slots=True)
class Carrier:
    """A carrier in Amazon's words; `name` is needed where the code is Other."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class SeenCarrier:
    """A carrier's name in the store, and when a shipment had it first."""

    name: str
    first_seen_at: datetime


@dataclass(frozen=True, slots=True)
class ShipmentConfirmation:
    """What confirmShipment is told of one package.

    `reference_id` is a positive whole number as text: sent again, it edits the same package.
    `quantities` pairs an Amazon order item id with the units in the package.
    """

    order_id: str
    marketplace_id: str
    reference_id: str
    carrier: Carrier
    method: str
    tracking_number: str
    shipped_at: datetime
    quantities: tuple[tuple[str, int], ...]
