"""The feed queue: one feed at a time, in the order of creation, as the clock passes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import count
from typing import Protocol

from sandbox.amazon.agenda import Agenda
from sandbox.amazon.documents import Document, DocumentStore
from sandbox.amazon.wire import BadRequest, NotFound

QUEUE_SECONDS = 10.0
PROCESSING_SECONDS = 10.0
SECONDS_PER_MESSAGE = 0.005

IN_QUEUE = "IN_QUEUE"
IN_PROGRESS = "IN_PROGRESS"
DONE = "DONE"
CANCELLED = "CANCELLED"
FATAL = "FATAL"
STATUSES = (IN_QUEUE, IN_PROGRESS, DONE, CANCELLED, FATAL)

FATAL_FAULT = "feed_fatal"
CANCELLED_FAULT = "feed_cancelled"
STUCK_FAULT = "feed_stuck"
LOST_REPORT_FAULT = "lost_report"


@dataclass
class Feed:
    """A feed and how far it has come."""

    feed_id: str
    feed_type: str
    marketplace_ids: tuple[str, ...]
    input_document: Document
    created_at: datetime
    fault: str | None = None
    status: str = IN_QUEUE
    started_at: datetime | None = None
    ended_at: datetime | None = None
    result_document_id: str | None = None


class UnreadableFeed(Exception):
    """The feed cannot be processed at all and ends FATAL."""


class FeedWork(Protocol):
    """A feed that was read and can be processed."""

    content_type: str

    @property
    def message_count(self) -> int:
        """How many messages there are, which tells how long it takes."""

    def process(self, moment: datetime) -> float:
        """Submit all messages; gives the seconds until the report can be written."""

    def report(self) -> bytes:
        """The processing report."""


FeedReader = Callable[[Feed], FeedWork]


class FeedQueue:
    """All feeds; the agenda moves them on.

    `read` reads a feed's document, and raises UnreadableFeed where it cannot.
    """

    def __init__(self, agenda: Agenda, documents: DocumentStore, read: FeedReader) -> None:
        self._agenda = agenda
        self._documents = documents
        self._read = read
        self._feeds: dict[str, Feed] = {}
        self._running: Feed | None = None
        self._numbers = count(50_001)

    def create(
        self,
        feed_type: str,
        marketplace_ids: tuple[str, ...],
        input_document: Document,
        moment: datetime,
        fault: str | None,
    ) -> Feed:
        """Queue a feed."""
        feed_id = f"{next(self._numbers)}0{moment:%y%j}"
        feed = Feed(feed_id, feed_type, marketplace_ids, input_document, moment, fault)
        self._feeds[feed_id] = feed
        self._agenda.after(moment, QUEUE_SECONDS, partial(self._leave_queue, feed))
        return feed

    def get(self, feed_id: str) -> Feed:
        """The feed, or 404."""
        try:
            return self._feeds[feed_id]
        except KeyError:
            raise NotFound from None

    def newest_first(self) -> list[Feed]:
        """All feeds."""
        return list(reversed(self._feeds.values()))

    def cancel(self, feed_id: str, moment: datetime) -> None:
        """Cancel a feed that is still in the queue; 400 for any other."""
        feed = self.get(feed_id)
        if feed.status != IN_QUEUE:
            raise BadRequest(f"Feed {feed_id} cannot be cancelled: it is {feed.status}.")
        _end(feed, CANCELLED, moment)

    def _leave_queue(self, feed: Feed, moment: datetime) -> None:
        if feed.fault == CANCELLED_FAULT:
            _end(feed, CANCELLED, moment)
        self._start_next(moment)

    def _start_next(self, moment: datetime) -> None:
        if self._running:
            return
        feed = next((feed for feed in self._feeds.values() if _is_ready(feed, moment)), None)
        if feed is None:
            return
        self._running = feed
        feed.status = IN_PROGRESS
        feed.started_at = moment
        try:
            if feed.fault == FATAL_FAULT:
                raise UnreadableFeed
            work = self._read(feed)
        except UnreadableFeed:
            self._agenda.after(moment, PROCESSING_SECONDS, partial(self._finish, feed, FATAL))
        else:
            seconds = PROCESSING_SECONDS + SECONDS_PER_MESSAGE * work.message_count
            self._agenda.after(moment, seconds, partial(self._process, feed, work))

    def _process(self, feed: Feed, work: FeedWork, moment: datetime) -> None:
        seconds = work.process(moment)
        self._agenda.after(moment, seconds, partial(self._write_report, feed, work))

    def _write_report(self, feed: Feed, work: FeedWork, moment: datetime) -> None:
        if feed.fault != LOST_REPORT_FAULT:
            document = self._documents.compressed(work.content_type, work.report())
            feed.result_document_id = document.document_id
        self._finish(feed, DONE, moment)

    def _finish(self, feed: Feed, status: str, moment: datetime) -> None:
        _end(feed, status, moment)
        self._running = None
        self._start_next(moment)


def _is_ready(feed: Feed, moment: datetime) -> bool:
    waited = (moment - feed.created_at).total_seconds()
    return feed.status == IN_QUEUE and feed.fault != STUCK_FAULT and waited >= QUEUE_SECONDS


def _end(feed: Feed, status: str, moment: datetime) -> None:
    feed.status = status
    feed.started_at = feed.started_at or moment
    feed.ended_at = moment
