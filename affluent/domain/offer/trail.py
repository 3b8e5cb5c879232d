"""The way of one price through the rules, and where it ends if they make none."""

from __future__ import annotations

from dataclasses import dataclass

from affluent.domain.issue import Reason
from affluent.domain.money import Money, plain
from affluent.domain.offer.offered import PriceProblem


class Unpriceable(Exception):
    """The rules make no price that may leave; caught where the price is offered."""

    def __init__(self, problem: PriceProblem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def unpriceable(message: str, field: str, value: str = "") -> Unpriceable:
    """No price can be made, for want of something that `field` should say."""
    return Unpriceable(PriceProblem(Reason.NO_PRICE, message, field, value))


@dataclass(frozen=True, slots=True)
class Trail:
    """An amount, and the steps that led to it."""

    money: Money
    steps: tuple[str, ...]

    def then(self, money: Money, step: str) -> Trail:
        """After one more step; one that changes nothing is not told."""
        if money == self.money:
            return Trail(money, self.steps)
        return Trail(money, (*self.steps, f"{step} makes {written(money)}"))


def written(money: Money) -> str:
    """An amount as a person writes it, however many zeros it was stored with."""
    return f"{plain(money.amount)} {money.currency}"
