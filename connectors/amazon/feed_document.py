"""The documents of JSON_LISTINGS_FEED: written message by message, none larger than Amazon takes.

Schema: listings-feed-schema-v2. Sizes: the changelog of 2025-05-06 and
developer-docs.amazon.com/sp-api/docs/feeds-api-best-practices. Nothing is packed: that Amazon would
unpack it is not documented.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from affluent.domain.feed import FeedMessage
from connectors.amazon.wire import ISSUE_LOCALE
from connectors.http.transport import json_bytes

LARGEST_COUNT: Final = 25_000
LARGEST_SIZE: Final = 10 * 1024 * 1024

_VERSION: Final = "2.0"
_SEPARATOR: Final = b","
_END: Final = b"]}"


def document(messages: Iterable[FeedMessage], seller_id: str) -> bytes:
    """The document that carries these messages."""
    return _start(seller_id) + _SEPARATOR.join(map(_message, messages)) + _END


def parts(
    messages: Iterable[FeedMessage],
    seller_id: str,
    *,
    count: int = LARGEST_COUNT,
    size: int = LARGEST_SIZE,
) -> Iterator[list[FeedMessage]]:
    """The messages, in order, in as few documents as hold at most `count` of them and `size` bytes.

    A message that is larger than that by itself has a document to itself.
    """
    frame = len(_start(seller_id)) + len(_END)
    part: list[FeedMessage] = []
    filled = frame
    for message in messages:
        needed = len(_message(message)) + (len(_SEPARATOR) if part else 0)
        if part and (len(part) == count or filled + needed > size):
            yield part
            part, filled, needed = [], frame, needed - len(_SEPARATOR)
        part.append(message)
        filled += needed
    if part:
        yield part


def _start(seller_id: str) -> bytes:
    header = {"sellerId": seller_id, "version": _VERSION, "issueLocale": ISSUE_LOCALE}
    return b'{"header":' + json_bytes(header) + b',"messages":['


def _message(message: FeedMessage) -> bytes:
    return json_bytes(
        {
            "messageId": message.message_id,
            "sku": message.sku,
            "operationType": message.operation_type,
            **message.body,
        }
    )
