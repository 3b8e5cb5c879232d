"""Price formulas as merchants write them: `x1.2 +3`, `-5%`, `+ 12 %`, `=19.99`.

    formula = step {step}          read from left to right, each step on what the one before made
    step    = ("x" | "*" | "×") number  |  ("+" | "-") number ["%"]  |  "=" number

A formula is text that is read, never code that is run.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from affluent.domain.errors import ConfigurationError
from affluent.domain.money import plain

_DIGITS: Final = frozenset("0123456789")
#: With these, no formula leaves what decimals hold exactly for long.
_MOST_DIGITS: Final = 12
_MOST_STEPS: Final = 8
_LONGEST: Final = 100


class Operator(StrEnum):
    """What a step does with the amount before it."""

    TIMES = "x"
    PLUS = "+"
    MINUS = "-"
    SET = "="


_SIGNS: Final = {
    **{operator.value: operator for operator in Operator},
    **dict.fromkeys("X*×", Operator.TIMES),
    "−": Operator.MINUS,
}


class FormulaInvalid(ConfigurationError):
    """A text that is no formula. `position` counts its characters from 1."""

    def __init__(self, text: str, position: int, why: str, fix: str) -> None:
        self.position = position
        shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
        super().__init__(f"'{shown}' is no formula, at character {position}:", why=why, fix=fix)


@dataclass(frozen=True, slots=True)
class Step:
    """One operator with its number, which may be a percentage of the amount before it."""

    operator: Operator
    number: Decimal
    is_percent: bool = False

    def apply(self, amount: Decimal) -> Decimal:
        """The amount after the step."""
        number = amount * self.number / 100 if self.is_percent else self.number
        match self.operator:
            case Operator.TIMES:
                return amount * number
            case Operator.PLUS:
                return amount + number
            case Operator.MINUS:
                return amount - number
            case Operator.SET:
                return number

    def __str__(self) -> str:
        return f"{self.operator}{plain(self.number)}{'%' if self.is_percent else ''}"


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula; its text reads back as the same formula."""

    steps: tuple[Step, ...]

    def apply(self, amount: Decimal) -> Decimal:
        """What the formula makes of an amount."""
        for step in self.steps:
            amount = step.apply(amount)
        return amount

    def __str__(self) -> str:
        return " ".join(map(str, self.steps))


def parse_formula(text: str) -> Formula:
    """The formula of a text. Raises FormulaInvalid, which names the character."""
    if len(text) > _LONGEST:
        raise FormulaInvalid(text, _LONGEST + 1, "It is too long.", "Write a shorter one.")
    steps = tuple(_steps(_Scanner(text)))
    if not steps:
        fix = "Write one such as x1.2 +3."
        raise FormulaInvalid(text, 1, "It is empty.", fix)
    return Formula(steps)


class _Scanner:
    """A text, and how far it has been read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0

    def skip_spaces(self) -> None:
        while self.here.isspace():
            self.place += 1

    @property
    def here(self) -> str:
        """The next character, or nothing at the end."""
        return self.text[self.place : self.place + 1]

    def take(self) -> str:
        character = self.here
        self.place += 1
        return character

    def digits(self) -> str:
        start = self.place
        while self.here in _DIGITS:
            self.place += 1
        return self.text[start : self.place]

    def flaw(self, why: str, fix: str, place: int | None = None) -> FormulaInvalid:
        at = self.place if place is None else place
        return FormulaInvalid(self.text, at + 1, why, fix)


def _steps(scanner: _Scanner) -> Iterator[Step]:
    count = 0
    scanner.skip_spaces()
    while scanner.here:
        start = scanner.place
        step = _step(scanner)
        scanner.skip_spaces()
        count += 1
        if step.operator is Operator.SET and (count > 1 or scanner.here):
            fix = "Write =19.99 alone, or steps without =."
            raise scanner.flaw("A fixed price stands beside other steps.", fix, start)
        if count > _MOST_STEPS:
            fix = f"Use at most {_MOST_STEPS}."
            raise scanner.flaw("It has too many steps.", fix, start)
        yield step


def _step(scanner: _Scanner) -> Step:
    start = scanner.place
    operator = _SIGNS.get(scanner.here)
    if operator is None:
        why = f"'{scanner.here}' is none of x, *, ×, +, - and =."
        raise scanner.flaw(why, "Begin each step with one of them, such as x1.2 or +3.")
    scanner.take()
    scanner.skip_spaces()
    number = _number(scanner)
    scanner.skip_spaces()
    is_percent = scanner.here == "%"
    if is_percent:
        if operator not in (Operator.PLUS, Operator.MINUS):
            fix = "Write +20% or x1.2."
            raise scanner.flaw("A percentage is only added or taken away.", fix)
        scanner.take()
    step = Step(operator, number, is_percent)
    if _leaves_nothing(step):
        raise scanner.flaw("It would leave no price at all.", "Use another number.", start)
    return step


def _number(scanner: _Scanner) -> Decimal:
    start = scanner.place
    whole = scanner.digits()
    part = ""
    if scanner.here == ".":
        scanner.take()
        part = scanner.digits()
        if not part:
            raise scanner.flaw("A digit is missing after the point.", "Write 1.5 or 1.")
    if scanner.here == ",":
        fix = f"Write a point: {whole or '0'}.5, not {whole or '0'},5."
        raise scanner.flaw("It has a decimal comma.", fix)
    if not whole and not part:
        found = f"'{scanner.here}'" if scanner.here else "the end"
        raise scanner.flaw(f"A number is missing; there is {found}.", "Write one, such as 1.2.")
    if len(whole) + len(part) > _MOST_DIGITS:
        fix = f"Use at most {_MOST_DIGITS} digits."
        raise scanner.flaw("The number is too long.", fix, start)
    return Decimal(f"{whole or 0}.{part or 0}")


def _leaves_nothing(step: Step) -> bool:
    if step.operator in (Operator.TIMES, Operator.SET):
        return step.number == 0
    return step.operator is Operator.MINUS and step.is_percent and step.number >= 100
