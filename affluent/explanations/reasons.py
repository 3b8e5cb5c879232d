"""A reason, with what the error book knows about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from affluent.domain.error_book import explain


@dataclass(frozen=True, slots=True)
class ExplainedReason:
    """A message as it came; the rest is empty where the error book does not know it."""

    message: str
    cause: str = ""
    field_to_fix: str = ""
    fix: str = ""


def explain_reasons(messages: Iterable[str]) -> tuple[ExplainedReason, ...]:
    """Each message once, in order."""
    return tuple(_explain(message) for message in dict.fromkeys(messages))


def _explain(message: str) -> ExplainedReason:
    entry = explain(message)
    if entry is None:
        return ExplainedReason(message)
    return ExplainedReason(message, entry.cause, entry.field_to_fix, entry.fix)
