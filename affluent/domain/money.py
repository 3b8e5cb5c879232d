"""Money: a decimal amount with its currency, never a float."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

# ISO 4217; every marketplace currency that is not listed has two decimals.
_EXPONENTS: Final = {"JPY": 0}


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in one currency."""

    amount: Decimal
    currency: str

    def rounded(self) -> Money:
        """To the currency's smallest unit, half up, as a merchant rounds a price."""
        exponent = _EXPONENTS.get(self.currency, 2)
        unit = Decimal(1).scaleb(-exponent)
        return Money(self.amount.quantize(unit, rounding=ROUND_HALF_UP), self.currency)

    def times(self, count: int) -> Money:
        """The amount for so many units."""
        return Money(self.amount * count, self.currency)

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


def json_number(amount: Decimal) -> int | float:
    """The number as JSON writes it: its text is the decimal's own, up to 15 digits.

    Amazon ignores prices that come as strings without a word, so they must go out as numbers.
    """
    return int(amount) if amount == amount.to_integral_value() else float(amount)
