"""Validation errors turned into faults that name the smallest place they can.

An unknown or a missing property is named itself, not the object around it; of alternatives, the
one that fits best speaks for all.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from jsonschema_rs import ValidationError, ValidationErrorKind, Validator

LONGEST_MESSAGE = 300


class Fault(NamedTuple):
    """A JSON pointer into the judged value ("" is the whole) and what is wrong there."""

    pointer: str
    message: str


def faults_of(validator: Validator, instance: object) -> list[Fault]:
    """Every fault of the instance, each once."""
    return list(dict.fromkeys(_faults(validator.iter_errors(instance))))


def _faults(errors: Iterable[ValidationError]) -> Iterator[Fault]:
    for error in errors:
        path = list(error.instance_path)
        match error.kind:
            case ValidationErrorKind.AdditionalProperties(unexpected=names):
                for name in names:
                    yield Fault(_pointer([*path, name]), "the specification has no such property")
            case ValidationErrorKind.Required(property=name):
                yield Fault(_pointer([*path, name]), "required, but missing")
            case ValidationErrorKind.AnyOf(context=alternatives):
                nearest = max([list(each) for each in alternatives], key=_fitness)
                yield from _faults(nearest)
            case _:
                yield Fault(_pointer(path), error.message[:LONGEST_MESSAGE])


def _fitness(errors: list[ValidationError]) -> tuple[int, bool, int]:
    """Errors deep inside, then errors other than a wrong type, then few errors: a better fit."""
    outermost = min(errors, key=lambda error: len(error.instance_path))
    has_the_type = not isinstance(outermost.kind, ValidationErrorKind.Type)
    return len(outermost.instance_path), has_the_type, -len(errors)


def _pointer(path: list[str | int]) -> str:
    return "".join(f"/{step}" for step in path)
