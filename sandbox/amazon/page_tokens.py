"""Opaque page tokens: what they continue, and when they expire."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sandbox.amazon.wire import BadRequest
from sandbox.clock import SandboxClock

DAY = 86_400
INVENTORY_TOKEN_SECONDS = 30
MAX_PAGED_ITEMS = 1_000


@dataclass(frozen=True)
class Page:
    """The keys on this page, of how many in all, and the token of the next page if any."""

    keys: Sequence[str]
    total: int
    next_token: str | None


@dataclass(frozen=True)
class _Continuation:
    query: str
    keys: Sequence[str]
    total: int
    offset: int
    size: int
    expires_at: float


class PageTokens:
    """Pages of one operation: the first page fixes the keys, the next pages walk on in them.

    Only the first `reach` keys can be paged through, however many there are.
    """

    def __init__(
        self, clock: SandboxClock, *, lifetime_seconds: float, reach: int | None = None
    ) -> None:
        self._clock = clock
        self._reach = reach
        self._lifetime = lifetime_seconds
        self._continuations: dict[str, _Continuation] = {}

    def page(
        self, token: str | None, query: str, size: int | None, find: Callable[[], Sequence[str]]
    ) -> Page:
        """The first page of `find()` or, with a token, the next. 400 on a bad token.

        `query` holds the parameters that must not change from page to page; without a size,
        the page before tells it.
        """
        if token is None:
            found = find()
            first = _Continuation(query, found[: self._reach], len(found), 0, size or 0, 0.0)
            return self._cut(first)
        continuation = self._continuations.get(token)
        if continuation is None or continuation.query != query:
            raise BadRequest("The page token is not valid for this request.")
        if continuation.expires_at <= self._clock.seconds():
            raise BadRequest("The page token has expired.")
        return self._cut(replace(continuation, size=size or continuation.size))

    def clear(self) -> None:
        """Forget all tokens."""
        self._continuations.clear()

    def _cut(self, position: _Continuation) -> Page:
        end = position.offset + position.size
        next_token = None
        if end < len(position.keys):
            next_token = secrets.token_urlsafe(24)
            expires_at = self._clock.seconds() + self._lifetime
            self._continuations[next_token] = replace(position, offset=end, expires_at=expires_at)
        return Page(position.keys[position.offset : end], position.total, next_token)


class Pages:
    """The page tokens of every operation that pages."""

    def __init__(self, clock: SandboxClock) -> None:
        self.catalog = PageTokens(clock, lifetime_seconds=DAY, reach=MAX_PAGED_ITEMS)
        self.listings = PageTokens(clock, lifetime_seconds=DAY, reach=MAX_PAGED_ITEMS)
        self.feeds = PageTokens(clock, lifetime_seconds=DAY)
        self.reports = PageTokens(clock, lifetime_seconds=DAY)
        self.orders = PageTokens(clock, lifetime_seconds=DAY)
        self.inventory = PageTokens(clock, lifetime_seconds=INVENTORY_TOKEN_SECONDS)

    def clear(self) -> None:
        """Forget all tokens."""
        for tokens in vars(self).values():
            tokens.clear()
