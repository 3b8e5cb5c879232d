"""One question to a vendor and its answer, as values. No transport, no vendor, no policy."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import InvalidOperation
from typing import Any, TypeVar

from affluent.domain.errors import MalformedAnswer, OutcomeUnknown
from affluent.domain.lane import Lane

Result = TypeVar("Result")
Parameter = str | int | Sequence[str | int]

_READS = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, slots=True)
class Request:
    """One call, by the vendor's name of the operation.

    `path` stands below the account's base address, percent-encoded already, or is a whole address.
    A sequence in `query` repeats its parameter. `body` is sent as JSON, `content` as it is.
    `safe` says that a repetition does no harm, which every read is. `parse` says that the answer is
    JSON; without it the answer's body is bytes. It draws `tokens` in `lane`; `plan` names the
    limits that bind it, where they are not simply the operation's.
    """

    operation: str
    method: str
    path: str
    query: Mapping[str, Parameter] = field(default_factory=dict, repr=False)
    body: object = field(default=None, repr=False)
    content: bytes | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    safe: bool = False
    parse: bool = True
    tokens: int = 1
    lane: Lane = Lane.BULK
    plan: str = ""

    @property
    def repeatable(self) -> bool:
        """Whether sending it twice is as good as once."""
        return self.safe or self.method in _READS


@dataclass(frozen=True, slots=True)
class Call:
    """Who asked whom for what: the part of a request that every error tells."""

    vendor: str
    account: str
    operation: str
    repeatable: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `body` is parsed JSON with Decimal for fractions, bytes, or None if empty."""

    call: Call
    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: Any = field(repr=False)
    request_id: str = ""

    def read(self, parse: Callable[[Any], Result]) -> Result:
        """The body as `parse` understands it.

        Raises MalformedAnswer where it does not, or OutcomeUnknown where a write was answered so.
        """
        try:
            return parse(self.body)
        except (LookupError, TypeError, ValueError, AttributeError, InvalidOperation) as error:
            raise malformed(self.call, self.status, self.request_id, error) from error


def malformed(
    call: Call, status: int, request_id: str, error: Exception
) -> MalformedAnswer | OutcomeUnknown:
    """The error of an answer that cannot be understood; it names no value of the answer."""
    missing = f" without {error}" if isinstance(error, KeyError) else ""
    kind = MalformedAnswer if call.repeatable else OutcomeUnknown
    return kind(
        f"{call.vendor} answered {call.operation} for {call.account}{missing}"
        " in a form that its specification does not allow"
        f" (HTTP {status}, request id {request_id or 'unknown'}).",
        vendor=call.vendor,
        operation=call.operation,
        account=call.account,
        status=status,
        request_id=request_id,
        why=f"Reading it ended in {type(error).__name__}.",
        fix="Report the request id to the vendor if it happens again.",
    )
