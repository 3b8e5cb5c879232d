"""From jsonschema-rs's errors to Amazon's issues.

A rule of Amazon's schema may stand deep inside if/then and anyOf; the merchant is told about the
attribute that it speaks of, not about the rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from jsonschema_rs import ValidationError
from jsonschema_rs import ValidationErrorKind as Kind

from affluent.domain.issue import Issue
from affluent.quality import amazon_issues

Path = Sequence[str | int]

# Amazon's own word for what holds all attributes of an item.
_WHOLE_ITEM: Final = "attributes"


def issues_of(error: ValidationError) -> Iterator[Issue]:
    """What one violation means, in Amazon's words."""
    match error.kind:
        case Kind.Required(property=name):
            yield _missing(error.instance_path, name)
        case (
            Kind.AdditionalProperties(unexpected=names)
            | Kind.UnevaluatedProperties(unexpected=names)
        ):
            yield from (_unexpected(error.instance_path, name) for name in names)
        case Kind.AnyOf(context=branches) | Kind.OneOfNotValid(context=branches):
            for violation in _nearest(branches):
                yield from issues_of(violation)
        case Kind.Not(schema=forbidden):
            yield from _forbidden(error, forbidden)
        case _:
            yield _about_the_value(error)


def attribute_and_field(path: Path) -> tuple[str, str]:
    """The attribute a path leads into, and the field below it (the attribute itself if none)."""
    names = [step for step in path if isinstance(step, str)] or [_WHOLE_ITEM]
    return names[0], ".".join(names[1:]) or names[0]


def is_blank(value: object) -> bool:
    """Whether Amazon takes a text for absent."""
    return isinstance(value, str) and not value.strip()


def _about_the_value(error: ValidationError) -> Issue:
    attribute, field = attribute_and_field(error.instance_path)
    if is_blank(error.instance):
        return amazon_issues.too_few_values(attribute, field)
    match error.kind:
        case Kind.MinItems(limit=limit):
            return amazon_issues.too_few_values(attribute, field, limit)
        case Kind.Enum(options=options):
            return amazon_issues.not_a_valid_value(attribute, field, error.instance, options)
        case Kind.FalseSchema():
            return _unexpected(error.instance_path[:-1], str(error.instance_path[-1]))
        case Kind.Type() if field == attribute:
            return amazon_issues.unknown_attribute(attribute)
        case _:
            return amazon_issues.invalid_value(attribute, field, error.message)


def _missing(path: Path, name: str) -> Issue:
    if not path:
        return amazon_issues.required(name)
    return amazon_issues.too_few_values(*attribute_and_field([*path, name]))


def _unexpected(path: Path, name: str) -> Issue:
    if not path:
        return amazon_issues.unknown_attribute(name)
    return amazon_issues.unknown_field(*attribute_and_field([*path, name]))


def _forbidden(error: ValidationError, schema: Any) -> Iterator[Issue]:
    attribute, field = attribute_and_field(error.instance_path)
    match schema:
        case {"required": names}:
            yield from (_unexpected(error.instance_path, name) for name in names)
        case {"enum": _}:
            yield amazon_issues.not_a_valid_value(attribute, field, error.instance)
        case _:
            yield amazon_issues.invalid_value(attribute, field, "this combination is not allowed")


def _nearest(branches: Sequence[Sequence[ValidationError]]) -> Sequence[ValidationError]:
    """The alternative that the item came closest to: it failed deepest, and with the least."""
    return max(branches, key=lambda branch: (_depth(branch), -len(branch)), default=())


def _depth(branch: Sequence[ValidationError]) -> int:
    return max((len(violation.instance_path) for violation in branch), default=0)
