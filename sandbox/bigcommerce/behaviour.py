"""How the sandbox's store behaves where the real one leaves it open or varies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ConflictShape = Literal["legacy", "inventory", "alternate"]


@dataclass(eq=False)
class StoreBehaviour:
    """Lags in sandbox seconds, the quota's window, and the shape of a 409."""

    conflict_shape: ConflictShape = "alternate"
    """How a shortage is told; `alternate` begins with legacy and changes every time."""
    index_lag_seconds: float = 2.0
    """How long the external_order_id filter does not see a new order."""
    late_index_lag_seconds: float = 10.0
    """The same, for an order that a fault has marked so."""
    inventory_lag_seconds: float = 0.5
    """How long an accepted inventory adjustment has no effect."""
    window_requests: int = 150
    window_seconds: float = 30.0
