"""Measures in the units that Amazon allows. An unknown unit is never guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from affluent.domain.creation_profile import AttributeRule
from affluent.domain.money import plain
from affluent.listings.attributes.value import CannotFill, Value

if TYPE_CHECKING:
    import pint

#: A number with the unit behind it, as people write it: 25.4 cm, 3 fl oz.
_MEASURE: Final = re.compile(r"([-+]?\d{1,15}(?:\.\d{1,15})?)\s*([A-Za-z_][A-Za-z_. ]{0,39})?")
_WORD: Final = re.compile(r"[A-Za-z_]{1,40}")
_POWERS: Final = {"cubic": 3, "square": 2}
_WORDS: Final = {"fl_oz": "fluid_ounce", "lbs": "pound", "kgs": "kilogram", "tonnes": "metric_ton"}
_SHORT: Final = {"degrees_celsius": "degC", "degrees_fahrenheit": "degF"}


def measured(value: Value, rule: AttributeRule, allowed: Sequence[str]) -> Value:
    """The value in the rule's unit, else in the first allowed one that its own unit can become.

    `allowed` are the schema's units. Raises CannotFill where no unit fits.
    """
    number, own = _parts(value, rule)
    if not own:
        return replace(value, unit=rule.unit)
    if rule.unit:
        return _converted(value, number, own, rule.unit, rule.decimals)
    same = next((unit for unit in allowed if _plain_word(unit) == _plain_word(own)), "")
    fitting = same or next((unit for unit in allowed if _convertible(own, unit)), "")
    if not fitting:
        raise CannotFill(
            f"The unit {own} becomes none of those that Amazon allows: {', '.join(allowed)}. "
            "Write the value in one of them, or name its unit by from_unit.",
            value.text,
        )
    return _converted(value, number, own, fitting, rule.decimals)


def _parts(value: Value, rule: AttributeRule) -> tuple[Decimal, str]:
    """The number and the unit that it is in; no unit where nobody tells one."""
    found = _MEASURE.fullmatch(value.text.strip())
    if found is None:
        if rule.from_unit or value.unit:
            raise CannotFill(
                f"'{value.text[:50]}' is no measure such as 25.4 or 25.4 cm. Correct it.",
                value.text,
            )
        return Decimal(0), ""
    written = (found[2] or "").strip(" .")
    return Decimal(found[1]), written or value.unit or rule.from_unit


def _converted(value: Value, number: Decimal, own: str, wanted: str, decimals: int) -> Value:
    if _plain_word(own) == _plain_word(wanted):
        return replace(value.become(plain(number), f"unit {own} read"), unit=wanted)
    exact = convert(number, own, wanted)
    if exact is None:
        raise CannotFill(
            f"{plain(number)} {own} cannot be told in {wanted}. "
            "Correct the unit in the store, or the rule's unit and from_unit.",
            value.text,
        )
    grid = Decimal(1).scaleb(-decimals)
    text = plain(exact.quantize(grid, ROUND_HALF_EVEN))
    return replace(value.become(text, f"{plain(number)} {own} are {text} {wanted}"), unit=wanted)


@lru_cache(maxsize=4096)
def convert(number: Decimal, own: str, wanted: str) -> Decimal | None:
    """The number in another unit, exactly; None where the units do not convert."""
    import pint  # half a second, and only where units differ

    for word in dict.fromkeys((own, own.lower())):
        try:
            there = _registry().Quantity(number, _expression(word)).to(_expression(wanted))
        except (pint.PintError, InvalidOperation, AttributeError, ValueError):
            continue
        return Decimal(there.magnitude)
    return None


def _convertible(own: str, wanted: str) -> bool:
    return convert(Decimal(1), own, wanted) is not None


def _expression(unit: str) -> str:
    """Amazon's word, or a merchant's, as pint has it: cubic_centimeters is centimeters ** 3."""
    word = _plain_word(unit)
    if not _WORD.fullmatch(word):
        raise ValueError(unit)
    first, _, rest = word.partition("_")
    if first in _POWERS and rest:
        return f"{rest} ** {_POWERS[first]}"
    return _SHORT.get(word) or _WORDS.get(word) or word


def _plain_word(unit: str) -> str:
    return "_".join(unit.replace(".", " ").split())


@cache
def _registry() -> pint.UnitRegistry[Decimal]:
    import pint

    return pint.UnitRegistry(non_int_type=Decimal)
