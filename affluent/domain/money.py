"""Money: a decimal amount with its currency, never a float."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Final

#: The decimals of currencies that have not two, by ISO 4217.
_ROWS: Final = """
0 BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF
3 BHD IQD JOD KWD LYD OMR TND
"""
_EXPONENTS: Final = {
    currency: int(decimals)
    for decimals, *currencies in map(str.split, _ROWS.strip().splitlines())
    for currency in currencies
}


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in one currency."""

    amount: Decimal
    currency: str

    def rounded(self, rounding: str = ROUND_HALF_UP) -> Money:
        """To the currency's smallest unit: half up, as a merchant rounds a price, or as told."""
        unit = smallest_unit(self.currency)
        return Money(self.amount.quantize(unit, rounding=rounding), self.currency)

    def times(self, count: int) -> Money:
        """The amount for so many units."""
        return Money(self.amount * count, self.currency)

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


@cache
def smallest_unit(currency: str) -> Decimal:
    """The least amount of a currency: 0.01 USD, 1 JPY, 0.001 KWD."""
    return Decimal(1).scaleb(-_EXPONENTS.get(currency, 2))


def plain(amount: Decimal) -> str:
    """The number as a person writes it: no exponent, no zeros at its end."""
    return format(amount.normalize(), "f")


def json_number(amount: Decimal) -> int | float:
    """The number as JSON writes it: its text is the decimal's own, up to 15 digits.

    Amazon ignores prices that come as strings without a word, so they must go out as numbers.
    """
    return int(amount) if amount == amount.to_integral_value() else float(amount)
