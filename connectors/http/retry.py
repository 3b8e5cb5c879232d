"""Whether a failed request is sent again, and after how long. Pure: no clock, no network.

A 429 and a connection that was never made say that nothing happened, so any request may follow.
A 5xx or a broken connection says nothing at all, so only a repeatable request may.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

import httpx

TOO_MANY_REQUESTS: Final = 429
TEMPORARY: Final = frozenset({500, 502, 503, 504})

#: Headers by which vendors ask for a pause, and the seconds in their unit.
_PAUSE_HEADERS: Final = {
    "retry-after": 1.0,
    "x-retry-after": 1.0,
    "x-rate-limit-time-reset-ms": 0.001,
}

_NEVER_LEFT: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How patient a client is: tries in all, seconds of pause in all, and the pauses' growth."""

    attempts: int = 6
    budget_seconds: float = 120.0
    first_seconds: float = 1.0
    longest_seconds: float = 30.0


PATIENT: Final = RetryPolicy()


@dataclass(frozen=True, slots=True)
class Retry:
    """Send it again after so many seconds of the vendor's time."""

    delay: float


def decide(
    outcome: int | httpx.RequestError,
    *,
    attempt: int,
    paused_seconds: float,
    repeatable: bool,
    headers: Mapping[str, str],
    policy: RetryPolicy,
    random: Callable[[], float],
) -> Retry | None:
    """The next try after the `attempt`-th one (from 1) ended in a status or an exception."""
    if attempt >= policy.attempts or not _worth_repeating(outcome, repeatable):
        return None
    window = min(policy.first_seconds * 2 ** (attempt - 1), policy.longest_seconds)
    delay = random() * window
    if outcome == TOO_MANY_REQUESTS:
        delay += asked_seconds(headers) or 0.0
    return Retry(delay) if paused_seconds + delay <= policy.budget_seconds else None


def never_left(error: httpx.RequestError) -> bool:
    """Whether the request certainly did not reach the vendor."""
    return isinstance(error, _NEVER_LEFT)


def asked_seconds(headers: Mapping[str, str], now: datetime | None = None) -> float | None:
    """The longest pause that the answer asks for, in seconds; None where it asks for none.

    `now` is needed to understand a Retry-After that holds a date; without it the Date header is.
    """
    waits = [
        wait
        for name, unit in _PAUSE_HEADERS.items()
        if (wait := _pause(headers.get(name, ""), unit, now or _date(headers.get("date", ""))))
        is not None
    ]
    return max(waits, default=None)


def _worth_repeating(outcome: int | httpx.RequestError, repeatable: bool) -> bool:
    if isinstance(outcome, httpx.RequestError):
        return repeatable or never_left(outcome)
    return outcome == TOO_MANY_REQUESTS or (repeatable and outcome in TEMPORARY)


def _pause(text: str, unit: float, now: datetime | None) -> float | None:
    try:
        return max(float(text) * unit, 0.0)
    except ValueError:
        moment = _date(text)
    return max((moment - now).total_seconds(), 0.0) if moment and now else None


def _date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
