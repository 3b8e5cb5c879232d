"""Feeds API 2021-06-30, for JSON_LISTINGS_FEED.

https://developer-docs.amazon.com/sp-api/docs/feeds-api-v2021-06-30-reference; the documents'
schemas are listings-feed-schema-v2 and listings-feed-processing-report-schema-v2.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from affluent.domain.errors import NotFound
from affluent.domain.issue import Issue
from affluent.domain.listing import Feed, FeedMessage, FeedStatus, ProcessingReport
from connectors.amazon.documents import Documents
from connectors.amazon.feed_document import document, parts
from connectors.amazon.wire import Json, issue_from, moment_text, pages_by_token_alone, path_to
from connectors.http.exchange import Answer, Request, malformed
from connectors.http.transport import HttpClient

_API: Final = ("feeds", "2021-06-30")
_FEED_TYPE: Final = "JSON_LISTINGS_FEED"
_CONTENT_TYPE: Final = "application/json; charset=UTF-8"
_FEEDS_A_PAGE: Final = 100
_WHOLE_FEED: Final = 0


class Feeds:
    """The port FeedsPort for one seller."""

    def __init__(self, client: HttpClient, documents: Documents, seller_id: str) -> None:
        self._client = client
        self._documents = documents
        self._seller_id = seller_id

    def parts(self, messages: Iterable[FeedMessage]) -> Iterator[list[FeedMessage]]:
        """The messages in as few feeds as Amazon takes: 25,000 messages and 10 MiB in each."""
        return parts(messages, self._seller_id)

    def upload(self, messages: Iterable[FeedMessage]) -> str:
        """createFeedDocument, and its content; answers the document's id."""
        answer = self._client.send(
            Request(
                "createFeedDocument",
                "POST",
                path_to(*_API, "documents"),
                body={"contentType": _CONTENT_TYPE},
                safe=True,
            )
        )
        document_id, url = answer.read(lambda body: (str(body["feedDocumentId"]), str(body["url"])))
        self._documents.upload(url, document(messages, self._seller_id), _CONTENT_TYPE)
        return document_id

    def create(self, document_id: str, marketplace_id: str) -> str:
        """createFeed; answers the feed's id. OutcomeUnknown where the answer is lost."""
        answer = self._client.send(
            Request(
                "createFeed",
                "POST",
                path_to(*_API, "feeds"),
                body={
                    "feedType": _FEED_TYPE,
                    "marketplaceIds": [marketplace_id],
                    "inputFeedDocumentId": document_id,
                },
            )
        )
        return answer.read(lambda body: str(body["feedId"]))

    def cancel(self, feed_id: str) -> None:
        """cancelFeed, which Amazon allows while the feed is in its queue; Refused later."""
        path = path_to(*_API, "feeds", feed_id)
        self._client.send(Request("cancelFeed", "DELETE", path, parse=False))

    def status(self, feed_id: str) -> Feed:
        """getFeed."""
        answer = self._client.send(Request("getFeed", "GET", path_to(*_API, "feeds", feed_id)))
        return answer.read(_feed)

    def unfinished(self) -> tuple[Feed, ...]:
        """getFeeds in queue or in progress."""
        statuses = (FeedStatus.IN_QUEUE, FeedStatus.IN_PROGRESS)
        return tuple(self.search(statuses=statuses))

    def search(
        self, *, statuses: Iterable[FeedStatus] = (), created_since: datetime | None = None
    ) -> Iterator[Feed]:
        """getFeeds, newest first; the next pages are asked for by their token alone."""
        query: dict[str, str | int] = {"feedTypes": _FEED_TYPE, "pageSize": _FEEDS_A_PAGE}
        if wanted := ",".join(statuses):
            query["processingStatuses"] = wanted
        if created_since:
            query["createdSince"] = moment_text(created_since)
        first = Request("getFeeds", "GET", path_to(*_API, "feeds"), query=query)
        for answer in pages_by_token_alone(self._client, first):
            yield from answer.read(lambda body: [_feed(feed) for feed in body["feeds"]])

    def report(self, feed: Feed) -> ProcessingReport:
        """getFeedDocument, and the processing report behind it.

        NotFound where the feed has none, as after FATAL or CANCELLED.
        """
        request = Request(
            "getFeedDocument", "GET", path_to(*_API, "documents", feed.report_document_id)
        )
        if not feed.report_document_id:
            call = self._client.call(request)
            raise NotFound(
                f"Feed {feed.feed_id} of {call.account} is {feed.status} and has no report.",
                vendor=call.vendor,
                operation=call.operation,
                account=call.account,
                fix="Read back its listings to see what took effect.",
            )
        answer = self._client.send(request)
        return self._read_report(answer, answer.read(lambda body: str(body["url"])))

    def _read_report(self, answer: Answer, url: str) -> ProcessingReport:
        with self._documents.download(url) as document:
            content = b"".join(document.chunks)
        try:
            body = json.loads(content)
        except ValueError as error:
            raise malformed(answer.call, answer.status, answer.request_id, error) from error
        return replace(answer, body=body).read(_processing_report)


def _feed(body: Json) -> Feed:
    return Feed(
        feed_id=str(body["feedId"]),
        status=_status(body["processingStatus"]),
        report_document_id=str(body.get("resultFeedDocumentId") or ""),
    )


def _status(text: Any) -> FeedStatus:
    """A status that we do not know is not final, so the feed is asked for again."""
    return FeedStatus(text) if text in set(FeedStatus) else FeedStatus.IN_PROGRESS


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
