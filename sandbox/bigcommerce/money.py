"""Order money: Decimal inside, a text with four decimals on the wire."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

ZERO = Decimal(0)
_FOUR_DECIMALS = Decimal("0.0001")


def parse_money(value: Any) -> Decimal:
    """A price sent as a JSON number or as text.

    Raises:
        ValueError: the value is no number, is not finite, or is negative.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise ValueError("not a number")
    try:
        amount = Decimal(str(value))
    except InvalidOperation as error:
        raise ValueError("not a number") from error
    if not amount.is_finite() or amount < 0:
        raise ValueError("not a price")
    return amount


def wire_money(amount: Decimal) -> str:
    """The text that a V2 answer shows, e.g. `12.5000`."""
    return str(amount.quantize(_FOUR_DECIMALS))
