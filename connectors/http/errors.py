"""From statuses and broken connections to the error tree of affluent.domain.errors.

Every error names vendor, operation, account, status, request id and what to do; none of them holds
a header, a credential or a buyer's data.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx

from affluent.domain.errors import (
    AffluentError,
    ConfigurationError,
    CredentialsExpired,
    NotFound,
    OutcomeUnknown,
    Refused,
    Retryable,
    Throttled,
    VendorError,
)
from connectors.http.exchange import Answer, Call
from connectors.http.retry import TEMPORARY, TOO_MANY_REQUESTS, asked_seconds, never_left

_WORDS_LIMIT = 500


class AuthorisationError(ConfigurationError):
    """The vendor does not let us: a person must act. Tells the same as a VendorError."""

    def __init__(
        self, what: str, *, call: Call, status: int, request_id: str, **words: str
    ) -> None:
        super().__init__(what, **words)
        self.vendor = call.vendor
        self.operation = call.operation
        self.account = call.account
        self.status = status
        self.request_id = request_id


class Unauthorised(AuthorisationError):
    """The vendor knows us but does not allow the operation: a role, scope or region is missing."""


class AuthorisationExpired(AuthorisationError, CredentialsExpired):
    """The vendor no longer accepts the account's authorisation."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a vendor's refusal says: its words, its reasons parsed, what to do about them.

    `kind` is set where the body means something else than the status alone would.
    """

    words: str = ""
    details: object = None
    fix: str = ""
    kind: type[VendorError] | type[AuthorisationError] | None = None


#: How a vendor's error body is understood. Must not raise, whatever the body is.
Interpret = Callable[[Answer], Explanation]


def from_status(answer: Answer, explanation: Explanation) -> AffluentError:
    """The error of an answer that is not a success."""
    kind = explanation.kind or _kind(answer.status, repeatable=answer.call.repeatable)
    what = f"{_subject(answer.call)} {_verb(kind)} ({_reference(answer)})."
    why = explanation.words[:_WORDS_LIMIT]
    fix = explanation.fix or _fix(kind)
    if issubclass(kind, AuthorisationError):
        return kind(
            what,
            call=answer.call,
            status=answer.status,
            request_id=answer.request_id,
            why=why,
            fix=fix,
        )
    error = kind(
        what,
        **_origin(answer.call),
        status=answer.status,
        request_id=answer.request_id,
        details=explanation.details,
        why=why,
        fix=fix,
    )
    if isinstance(error, Throttled):
        error.wait_seconds = asked_seconds(answer.headers)
    return error


def from_connection(call: Call, error: httpx.RequestError) -> VendorError:
    """The error of a request that got no answer at all."""
    harmless = call.repeatable or never_left(error)
    kind = Retryable if harmless else OutcomeUnknown
    return kind(
        f"{_subject(call)} {_verb(kind)} (no answer).",
        **_origin(call),
        why=f"The connection ended in {type(error).__name__}.",
        fix=_fix(kind),
    )


def _kind(status: int, *, repeatable: bool) -> type[VendorError] | type[AuthorisationError]:
    if status == TOO_MANY_REQUESTS:
        return Throttled
    if status in (401, 403):
        return Unauthorised
    if status == 404:
        return NotFound
    if status >= 500 and not repeatable:
        return OutcomeUnknown
    return Retryable if status in TEMPORARY else Refused


_WORDS: tuple[tuple[type[AffluentError], str, str], ...] = (
    (Throttled, "was throttled", "It is asked again when the quota allows."),
    (Retryable, "failed for the moment", "It is asked again later; nothing has to be done."),
    (
        OutcomeUnknown,
        "may or may not have taken effect",
        "The other side is looked at before anything is sent again.",
    ),
    (NotFound, "found nothing", "Check that it still exists there."),
    (ConfigurationError, "is not allowed", "Check the account's authorisation, roles and region."),
    (AffluentError, "was refused", "Change what the vendor names and send it again."),
)


def _verb(kind: type[AffluentError]) -> str:
    return next(verb for known, verb, _ in _WORDS if issubclass(kind, known))


def _fix(kind: type[AffluentError]) -> str:
    return next(fix for known, _, fix in _WORDS if issubclass(kind, known))


def _subject(call: Call) -> str:
    return f"{call.vendor} {call.operation} for {call.account}"


def _reference(answer: Answer) -> str:
    return f"HTTP {answer.status}, request id {answer.request_id or 'unknown'}"


def _origin(call: Call) -> dict[str, Any]:
    return {"vendor": call.vendor, "operation": call.operation, "account": call.account}
