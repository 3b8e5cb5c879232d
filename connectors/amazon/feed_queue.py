"""Feeds API 2021-06-30: documents put up, and their feeds followed, alike for every feed type.

https://developer-docs.amazon.com/sp-api/docs/feeds-api-v2021-06-30-reference
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final, NamedTuple

from affluent.domain.errors import NotFound
from affluent.domain.feed import Feed, FeedStatus
from connectors.amazon.documents import Documents
from connectors.amazon.wire import Json, moment_text, pages_by_token_alone, path_to
from connectors.http.exchange import Answer, Request
from connectors.http.transport import HttpClient

_API: Final = ("feeds", "2021-06-30")
_FEEDS_A_PAGE: Final = 100


class FeedKind(NamedTuple):
    """A feed type by Amazon's name, and the content type of its documents."""

    name: str
    content_type: str


class FeedQueue:
    """One seller's feeds of one kind."""

    def __init__(self, client: HttpClient, documents: Documents, kind: FeedKind) -> None:
        self._client = client
        self._documents = documents
        self._kind = kind

    def put_up(self, content: bytes) -> str:
        """createFeedDocument, and its content; answers the document's id."""
        answer = self._client.send(
            Request(
                "createFeedDocument",
                "POST",
                path_to(*_API, "documents"),
                body={"contentType": self._kind.content_type},
                safe=True,
            )
        )
        document_id, url = answer.read(lambda body: (str(body["feedDocumentId"]), str(body["url"])))
        self._documents.upload(url, content, self._kind.content_type)
        return document_id

    def create(self, document_id: str, marketplace_id: str) -> str:
        """createFeed; answers the feed's id. OutcomeUnknown where the answer is lost."""
        answer = self._client.send(
            Request(
                "createFeed",
                "POST",
                path_to(*_API, "feeds"),
                body={
                    "feedType": self._kind.name,
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
        query: dict[str, str | int] = {"feedTypes": self._kind.name, "pageSize": _FEEDS_A_PAGE}
        if wanted := ",".join(statuses):
            query["processingStatuses"] = wanted
        if created_since:
            query["createdSince"] = moment_text(created_since)
        first = Request("getFeeds", "GET", path_to(*_API, "feeds"), query=query)
        for answer in pages_by_token_alone(self._client, first):
            yield from answer.read(lambda body: [_feed(feed) for feed in body["feeds"]])

    def report_of(self, feed: Feed) -> tuple[Answer, bytes]:
        """getFeedDocument, and the processing report behind it, as it came.

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
                fix="Read back what it was about, to see what took effect.",
            )
        answer = self._client.send(request)
        with self._documents.download(answer.read(lambda body: str(body["url"]))) as document:
            return answer, b"".join(document.chunks)


def _feed(body: Json) -> Feed:
    return Feed(
        feed_id=str(body["feedId"]),
        status=_status(body["processingStatus"]),
        report_document_id=str(body.get("resultFeedDocumentId") or ""),
    )


def _status(text: Any) -> FeedStatus:
    """A status that we do not know is not final, so the feed is asked for again."""
    return FeedStatus(text) if text in set(FeedStatus) else FeedStatus.IN_PROGRESS
