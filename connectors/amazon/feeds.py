"""Feeds API 2021-06-30, for JSON_LISTINGS_FEED.

https://developer-docs.amazon.com/sp-api/docs/feeds-api-v2021-06-30-reference; the documents'
schemas are listings-feed-schema-v2 and listings-feed-processing-report-schema-v2.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from affluent.domain.errors import NotFound
from affluent.domain.issue import Issue
from affluent.domain.listing import Feed, FeedMessage, FeedStatus, ProcessingReport
from connectors.amazon.documents import Documents
from connectors.amazon.wire import ISSUE_LOCALE, Json, issue_from, path_to
from connectors.http.exchange import Answer, Request, malformed
from connectors.http.paging import follow
from connectors.http.transport import HttpClient

_API: Final = ("feeds", "2021-06-30")
_FEED_TYPE: Final = "JSON_LISTINGS_FEED"
_FEED_VERSION: Final = "2.0"
_CONTENT_TYPE: Final = "application/json; charset=UTF-8"
_FEEDS_A_PAGE: Final = 100
_WHOLE_FEED: Final = 0


class Feeds:
    """The port FeedsPort for one seller."""

    def __init__(self, client: HttpClient, documents: Documents, seller_id: str) -> None:
        self._client = client
        self._documents = documents
        self._seller_id = seller_id

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
        self._documents.upload(url, self._content(messages), _CONTENT_TYPE)
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

    def status(self, feed_id: str) -> Feed:
        """getFeed."""
        answer = self._client.send(Request("getFeed", "GET", path_to(*_API, "feeds", feed_id)))
        return answer.read(_feed)

    def unfinished(self) -> tuple[Feed, ...]:
        """getFeeds in queue or in progress; the next pages are asked for by their token alone."""
        first = Request(
            "getFeeds",
            "GET",
            path_to(*_API, "feeds"),
            query={
                "feedTypes": _FEED_TYPE,
                "processingStatuses": f"{FeedStatus.IN_QUEUE},{FeedStatus.IN_PROGRESS}",
                "pageSize": _FEEDS_A_PAGE,
            },
        )

        def fetch(token: str | None) -> tuple[list[Feed], str | None]:
            request = first if token is None else replace(first, query={"nextToken": token})
            return self._client.send(request).read(
                lambda body: ([_feed(feed) for feed in body["feeds"]], body.get("nextToken"))
            )

        return tuple(feed for page in follow(self._client.call(first), fetch) for feed in page)

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

    def _content(self, messages: Iterable[FeedMessage]) -> bytes:
        document = {
            "header": {
                "sellerId": self._seller_id,
                "version": _FEED_VERSION,
                "issueLocale": ISSUE_LOCALE,
            },
            "messages": [_message(message) for message in messages],
        }
        return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _message(message: FeedMessage) -> Json:
    return {
        "messageId": message.message_id,
        "sku": message.sku,
        "operationType": message.operation_type,
        **message.body,
    }


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
    issues: dict[int, list[Issue]] = {}
    for issue in body.get("issues") or ():
        issues.setdefault(int(issue.get("messageId") or _WHOLE_FEED), []).append(issue_from(issue))
    summary = body["summary"]
    return ProcessingReport(
        processed=int(summary["messagesProcessed"]),
        accepted=int(summary["messagesAccepted"]),
        invalid=int(summary["messagesInvalid"]),
        issues={message_id: tuple(found) for message_id, found in issues.items()},
    )
