"""Walking through pages, and noticing a vendor that sends us in circles."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

from affluent.domain.errors import MalformedAnswer
from connectors.http.exchange import Call

Page = TypeVar("Page")
Token = TypeVar("Token", bound=Hashable)
Item = TypeVar("Item")


def follow(
    call: Call, fetch: Callable[[Token | None], tuple[Page, Token | None]]
) -> Iterator[Page]:
    """Every page, from the one without a token to the one that names no next.

    `fetch` answers a page and the token of the next, or None. Raises MalformedAnswer on a token
    that was followed before.
    """
    token: Token | None = None
    followed: set[Token] = set()
    while True:
        page, token = fetch(token)
        yield page
        if token is None:
            return
        if token in followed:
            raise MalformedAnswer(
                f"{call.vendor} {call.operation} for {call.account} leads in a circle:"
                " a page names a next page that was read before.",
                vendor=call.vendor,
                operation=call.operation,
                account=call.account,
                fix="Run it again; report it to the vendor if it happens again.",
            )
        followed.add(token)


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The items in lists of at most `size`."""
    remaining = iter(items)
    while batch := list(islice(remaining, size)):
        yield batch
