"""How Amazon writes things: JSON bodies, error lists, timestamps and amounts of money."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from starlette.responses import Response

Json = dict[str, Any]

_UNDIVIDED_CURRENCIES = frozenset({"JPY"})


class ApiError(Exception):
    """A refusal with an HTTP status; without a code the operation's own word is used."""

    def __init__(
        self, status: int, message: str, *, code: str | None = None, details: str | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.code = code
        self.details = details


class BadRequest(ApiError):
    """400: missing or invalid parameters."""

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(400, message, code=code)


class NotFound(ApiError):
    """404: the named resource does not exist."""

    def __init__(self, message: str = "Requested resource not found.") -> None:
        super().__init__(404, message, code="NOT_FOUND")


def json_response(body: Any, status: int = 200) -> Response:
    """A compact JSON answer."""
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return Response(content, status_code=status, media_type="application/json")


def error_list(code: str, message: str, details: str | None) -> list[Json]:
    """The list under `errors`, with its one error."""
    return [{"code": code, "message": message, "details": details or ""}]


def timestamp(moment: datetime) -> str:
    """ISO 8601 in UTC with milliseconds, as in 2026-01-31T08:15:30.123Z."""
    return (
        moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03}Z"
    )


def parse_timestamp(text: str) -> datetime:
    """Read an ISO 8601 time; without an offset it is UTC. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def money(amount: Decimal, currency: str) -> Json:
    """Money with `amount` as a decimal string and `currencyCode`."""
    return {"currencyCode": currency, "amount": amount_text(amount, currency)}


def amount_text(amount: Decimal, currency: str) -> str:
    """The amount with the currency's own number of places."""
    places = Decimal(1) if currency in _UNDIVIDED_CURRENCIES else Decimal("0.01")
    return str(amount.quantize(places))
