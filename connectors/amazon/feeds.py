"""Feeds of listings: JSON_LISTINGS_FEED.

The documents' schemas are listings-feed-schema-v2 and listings-feed-processing-report-schema-v2.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from affluent.domain.feed import Feed, FeedMessage, ProcessingReport
from affluent.domain.issue import Issue
from connectors.amazon.documents import Documents
from connectors.amazon.feed_document import document, parts
from connectors.amazon.feed_queue import FeedKind, FeedQueue
from connectors.amazon.wire import Json, issue_from
from connectors.http.exchange import malformed
from connectors.http.transport import HttpClient

_KIND: Final = FeedKind("JSON_LISTINGS_FEED", "application/json; charset=UTF-8")
_WHOLE_FEED: Final = 0


class Feeds(FeedQueue):
    """The port FeedsPort for one seller."""

    def __init__(self, client: HttpClient, documents: Documents, seller_id: str) -> None:
        super().__init__(client, documents, _KIND)
        self._seller_id = seller_id

    def parts(self, messages: Iterable[FeedMessage]) -> Iterator[list[FeedMessage]]:
        """The messages in as few feeds as Amazon takes: 25,000 messages and 10 MiB in each."""
        return parts(messages, self._seller_id)

    def upload(self, messages: Iterable[FeedMessage]) -> str:
        """A document of these messages; answers its id."""
        return self.put_up(document(messages, self._seller_id))

    def report(self, feed: Feed) -> ProcessingReport:
        """The processing report of a feed that is done; NotFound where it has none."""
        answer, content = self.report_of(feed)
        try:
            body = json.loads(content)
        except ValueError as error:
            raise malformed(answer.call, answer.status, answer.request_id, error) from error
        return replace(answer, body=body).read(_processing_report)


def _processing_report(body: Json) -> ProcessingReport:
    """Issues by message; one that names no message but a SKU is kept by its SKU."""
    by_message: dict[int, list[Issue]] = {}
    by_sku: dict[str, list[Issue]] = {}
    for entry in body.get("issues") or ():
        message_id, sku = entry.get("messageId"), entry.get("sku")
        if message_id is None and sku:
            by_sku.setdefault(str(sku), []).append(issue_from(entry))
        else:
            by_message.setdefault(int(message_id or _WHOLE_FEED), []).append(issue_from(entry))
    summary = body["summary"]
    return ProcessingReport(
        processed=int(summary["messagesProcessed"]),
        accepted=int(summary["messagesAccepted"]),
        invalid=int(summary["messagesInvalid"]),
        issues={message_id: tuple(found) for message_id, found in by_message.items()},
        issues_by_sku={sku: tuple(found) for sku, found in by_sku.items()},
    )
