"""Amazon's own words for what is wrong with an attribute, with Amazon's codes.

A field is named by its path below the attribute, without positions: `our_price.schedule`.
Source: developer-docs.amazon.com/sp-api/docs/manage-listings-issues and live submissions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from affluent.domain.issue import Issue, Severity

REQUIRED: Final = "90220"
TOO_FEW_VALUES: Final = "99022"
NOT_A_VALID_VALUE: Final = "90244"
ATTRIBUTES_INVALID: Final = "90000900"
VALUE_INVALID: Final = "4000001"

IDENTIFIER: Final = "externally_assigned_product_identifier"
SUGGESTED_ASIN: Final = "merchant_suggested_asin"

# Amazon names these two by their titles, without a code, where no identifier was given.
_TITLES: Final = {IDENTIFIER: "External Product ID", SUGGESTED_ASIN: "Merchant Suggested ASIN"}

_SHOWN_OPTIONS: Final = 5


def required(attribute: str) -> Issue:
    """An attribute that must be there is not."""
    if attribute in _TITLES:
        return _error("", attribute, f"'{_TITLES[attribute]}' is required but not supplied")
    return _error(REQUIRED, attribute, f"'{attribute}' is required but not supplied.")


def too_few_values(attribute: str, field: str, minimum: int = 1) -> Issue:
    """A field of an attribute is missing, empty, or given too few times."""
    return _error(
        TOO_FEW_VALUES,
        attribute,
        f"The field '{field}' for the attribute '{attribute}' does not have enough values. "
        f"The required minimum is '{minimum}' value(s).",
    )


def unknown_attribute(attribute: str) -> Issue:
    """The product type has no such attribute, or the attribute may not be given here."""
    return _error(ATTRIBUTES_INVALID, attribute, "The attributes are invalid.")


def unknown_field(attribute: str, field: str) -> Issue:
    """The attribute has no such field, or the field may not be given here."""
    return _error(
        ATTRIBUTES_INVALID,
        attribute,
        f"The attributes are invalid. The field '{field}' does not belong there.",
    )


def not_a_valid_value(
    attribute: str, field: str, value: object, options: Sequence[object] = ()
) -> Issue:
    """A value is not one of those that Amazon lists."""
    return _error(
        NOT_A_VALID_VALUE,
        attribute,
        f"'{value}' is not a valid value for the field '{field}' of the attribute "
        f"'{attribute}'.{_choices(options)}",
    )


def invalid_value(attribute: str, field: str, why: str) -> Issue:
    """A value has the wrong type, size or form; `why` is a clause."""
    name = attribute if field == "value" else field
    return _error(VALUE_INVALID, attribute, f"The provided value for '{name}' is invalid: {why}.")


def _choices(options: Sequence[object]) -> str:
    if not options:
        return ""
    shown = ", ".join(f"'{option}'" for option in options[:_SHOWN_OPTIONS])
    hidden = len(options) - _SHOWN_OPTIONS
    return f" Valid values: {shown}" + (f" and {hidden} more." if hidden > 0 else ".")


def _error(code: str, attribute: str, message: str) -> Issue:
    return Issue(code, message, Severity.ERROR, (attribute,))
