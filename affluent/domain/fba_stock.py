"""Stock that lies in Amazon's own fulfilment centres (FBA). Amazon counts it; we only read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FbaStock:
    """Units of one SKU: all of them, those that can be sold now, those on their way, those held."""

    sku: str
    asin: str
    total: int
    fulfillable: int
    inbound: int
    reserved: int
    unfulfillable: int
    updated_at: datetime | None = None
