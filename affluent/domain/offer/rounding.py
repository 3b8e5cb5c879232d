"""Rounding to prices as they stand on a label: x.99, x.95, to 5 cents, to whole."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

from affluent.domain.money import Money, plain


class Direction(StrEnum):
    """Where a price goes that lies between two label prices; a tie goes up."""

    NEAREST = "nearest"
    UP = "up"
    DOWN = "down"


_MODES: Final = {
    Direction.NEAREST: ROUND_HALF_UP,
    Direction.UP: ROUND_CEILING,
    Direction.DOWN: ROUND_FLOOR,
}


@dataclass(frozen=True, slots=True)
class Rounding:
    """Label prices lie `step` apart and end in `ending`: 1 and 0.99 make 0.99, 1.99, 2.99, …"""

    step: Decimal
    ending: Decimal = Decimal(0)
    direction: Direction = Direction.NEAREST

    def apply(self, price: Money) -> Money:
        """The label price, which is above 0; its currency may have no decimals to write it with."""
        count = (price.amount - self.ending) / self.step
        whole = count.to_integral_value(rounding=_MODES[self.direction])
        amount = whole * self.step + self.ending
        if amount <= 0:
            amount = self.ending or self.step
        return Money(amount, price.currency).rounded(_MODES[self.direction])

    def towards(self, direction: Direction) -> Rounding:
        """The same label prices, rounded to another side."""
        return Rounding(self.step, self.ending, direction)

    def __str__(self) -> str:
        grid = (
            f"an ending of {plain(self.ending)}" if self.ending else f"steps of {plain(self.step)}"
        )
        return grid if self.direction is Direction.NEAREST else f"{grid}, {self.direction}"
