"""A span of prices, open at either end."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final


@dataclass(frozen=True, slots=True)
class PriceSpan:
    """From `lowest` to `highest`, both included; None leaves that end open.

    The amounts are in the store's own currency.
    """

    lowest: Decimal | None = None
    highest: Decimal | None = None

    def holds(self, amount: Decimal) -> bool:
        """Whether the amount lies in the span."""
        is_low = self.lowest is not None and amount < self.lowest
        return not is_low and (self.highest is None or amount <= self.highest)

    def __bool__(self) -> bool:
        """Whether the span is closed at any end."""
        return self.lowest is not None or self.highest is not None

    def __str__(self) -> str:
        if self.lowest is None:
            return f"up to {self.highest}" if self else "any price"
        return f"from {self.lowest}" if self.highest is None else f"{self.lowest} to {self.highest}"


ANY_PRICE: Final = PriceSpan()
