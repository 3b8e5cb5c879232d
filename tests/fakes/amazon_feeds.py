"""Amazon's feeds: queued, worked through, aborted, or reported on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from affluent.domain.errors import NotFound
from affluent.domain.feed import Feed, FeedMessage, FeedStatus, ProcessingReport
from affluent.domain.issue import Issue
from tests.fakes.amazon_listings import FakeListings
from tests.fakes.clock import FakeClock
from tests.fakes.wire import Wire


@dataclass
class QueuedFeed:
    """A feed that was created, and what became of it."""

    feed_id: str
    marketplace_id: str
    messages: list[FeedMessage]
    due: datetime
    is_over: bool = False
    issues: dict[int, tuple[Issue, ...]] = field(default_factory=dict)


class FakeFeeds:
    """Feeds of at most `largest` messages that end in `ending` after `seconds`.

    `processed` is how many messages a feed works through before it ends (None: all). `has_report`
    says whether a report can be fetched; `whole_issue` is what it says of the feed itself.
    `create_failure` is raised once after the feed was created: the answer is lost.
    """

    def __init__(self, clock: FakeClock, wire: Wire, listings: FakeListings) -> None:
        self.feeds: dict[str, QueuedFeed] = {}
        self.seconds = 60.0
        self.largest = 25_000
        self.ending = FeedStatus.DONE
        self.processed: int | None = None
        self.has_report = True
        self.whole_issue: Issue | None = None
        self.create_failure: Exception | None = None
        self._documents: list[list[FeedMessage]] = []
        self._clock = clock
        self._wire = wire
        self._listings = listings

    def parts(self, messages: Iterable[FeedMessage]) -> Iterator[list[FeedMessage]]:
        waiting = list(messages)
        for start in range(0, len(waiting), self.largest):
            yield waiting[start : start + self.largest]

    def upload(self, messages: Iterable[FeedMessage]) -> str:
        with self._wire.request("upload"):
            self._documents.append(list(messages))
        return f"document-{len(self._documents) - 1}"

    def create(self, document_id: str, marketplace_id: str) -> str:
        with self._wire.request("create feed"):
            messages = self._documents[int(document_id.removeprefix("document-"))]
            feed_id = f"feed-{len(self.feeds)}"
            due = self._clock.now() + timedelta(seconds=self.seconds)
            self.feeds[feed_id] = QueuedFeed(feed_id, marketplace_id, messages, due)
            failure, self.create_failure = self.create_failure, None
            if failure is not None:
                raise failure
        return feed_id

    def status(self, feed_id: str) -> Feed:
        with self._wire.request("feed status"):
            if feed_id not in self.feeds:
                raise NotFound("There is no such feed.", vendor="Amazon", operation="getFeed")
            return self._now(self.feeds[feed_id])

    def unfinished(self) -> tuple[Feed, ...]:
        with self._wire.request("unfinished feeds"):
            feeds = [self._now(feed) for feed in self.feeds.values()]
            return tuple(feed for feed in feeds if not feed.status.is_final)

    def report(self, feed: Feed) -> ProcessingReport:
        with self._wire.request("feed report"):
            if not self.has_report:
                raise NotFound("The report is gone.", vendor="Amazon", operation="getFeedDocument")
            queued = self.feeds[feed.feed_id]
            processed = len(self._part(queued))
            whole = {0: (self.whole_issue,)} if self.whole_issue else {}
            invalid = len(queued.issues)
            return ProcessingReport(
                processed, processed - invalid, invalid, {**whole, **queued.issues}
            )

    def _now(self, feed: QueuedFeed) -> Feed:
        self._work_off()
        if not feed.is_over:
            return Feed(feed.feed_id, FeedStatus.IN_PROGRESS)
        document_id = "report" if self.ending is FeedStatus.DONE else ""
        return Feed(feed.feed_id, self.ending, document_id)

    def _work_off(self) -> None:
        """Feeds are worked off in the order in which they were created."""
        for feed in self.feeds.values():
            if self._clock.now() < feed.due:
                break
            if not feed.is_over:
                feed.is_over = True
                for message in self._part(feed):
                    self._process(feed, message)

    def _part(self, feed: QueuedFeed) -> list[FeedMessage]:
        return feed.messages[: self.processed]

    def _process(self, feed: QueuedFeed, message: FeedMessage) -> None:
        issue = self._listings.invalid.get(message.sku)
        if issue is not None:
            feed.issues[message.message_id] = (issue,)
            return
        if message.operation_type == "DELETE":
            self._listings.remove(message.sku)
            return
        self._listings.take(message.sku, feed.marketplace_id, message.body)
