"""JSON_LISTINGS_FEED: its messages, one by one, and the processing report.

Schemas: listings-feed-schema-v2 and listings-feed-processing-report-schema-v2.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sandbox.amazon.feeds.message import MessageFault, submission_of
from sandbox.amazon.feeds.queue import Feed, UnreadableFeed
from sandbox.amazon.issues import Issue
from sandbox.amazon.listings.listing import ListingBook
from sandbox.amazon.listings.submission import (
    EFFECT_DELAY_SECONDS,
    Submissions,
    UnknownProductType,
)
from sandbox.amazon.listings.view import INCLUDED_DATA, item_json
from sandbox.amazon.wire import Json

JSON_LISTINGS_FEED = "JSON_LISTINGS_FEED"
VERSION = "2.0"
MAX_MESSAGES = 25_000


@dataclass
class ListingsFeed:
    """A feed that was read: its messages, and the report that grows as they are processed."""

    feed: Feed
    header: Json
    messages: list[Any]
    seller_id: str
    submissions: Submissions
    book: ListingBook
    issues: list[Json] = field(default_factory=list)
    accepted: int = 0
    invalid: int = 0
    skus: dict[str, None] = field(default_factory=dict)
    content_type: str = "application/json; charset=UTF-8"

    @property
    def message_count(self) -> int:
        """How many messages there are."""
        return len(self.messages)

    def process(self, moment: datetime) -> float:
        """Submit the messages in order, unless the header is refused."""
        refusal = self._header_refusal()
        if refusal is not None:
            self._note(refusal)
            return 0.0
        seen: set[int] = set()
        for message in self.messages:
            self._process_message(message, seen, moment)
        return EFFECT_DELAY_SECONDS if self._included_data else 0.0

    def report(self) -> bytes:
        """The processing report."""
        header: Json = {
            "sellerId": self.seller_id,
            "version": VERSION,
            "feedId": self.feed.feed_id,
        }
        body: Json = {"header": header, "issues": self.issues, "summary": self._summary()}
        if self._included_data:
            header["report"] = self.header["report"]
            body["items"] = self._items()
            body["summary"]["itemSummary"] = _item_summary(body["items"])
        return json.dumps(body, ensure_ascii=False).encode()

    def _process_message(self, message: Any, seen: set[int], moment: datetime) -> None:
        try:
            submission = submission_of(message, self.feed.marketplace_ids, seen)
            receipt = (
                self.submissions.submit(submission, moment)
                if submission.asks_for_change
                else self.submissions.delete(submission.sku, submission.marketplace_ids, moment)
            )
        except MessageFault as fault:
            self._refuse(message, Issue("4002008", str(fault)))
        except UnknownProductType:
            self._refuse(message, Issue("BAD_REQUEST", "Invalid 'productType' provided."))
        else:
            for issue in receipt.issues:
                self._note(issue, message)
            self.accepted += receipt.is_valid
            self.invalid += not receipt.is_valid
            if receipt.is_valid:
                self.skus[receipt.sku] = None

    def _header_refusal(self) -> Issue | None:
        if not self.header:
            return Issue("4002005", "The feed header is missing.")
        if self.header.get("version") != VERSION:
            return Issue("4002006", "The version of the feed header is not supported.")
        if self.header.get("sellerId") != self.seller_id:
            return Issue("BAD_REQUEST", "Invalid 'accountId' provided.")
        return None

    @property
    def _included_data(self) -> Sequence[str]:
        included = (self.header.get("report") or {}).get("includedData", ())
        return [name for name in included if name in INCLUDED_DATA]

    def _refuse(self, message: Any, issue: Issue) -> None:
        self.invalid += 1
        self._note(issue, message)

    def _note(self, issue: Issue, message: Any = None) -> None:
        entry: Json = {"code": issue.code, "severity": issue.severity, "message": issue.message}
        if isinstance(message, dict):
            if isinstance(message.get("messageId"), int):
                entry["messageId"] = message["messageId"]
            if message.get("sku"):
                entry["sku"] = str(message["sku"])
        if issue.attribute_names:
            entry["attributeName"] = issue.attribute_names[0]
        self.issues.append(entry)

    def _summary(self) -> Json:
        severities = [issue["severity"] for issue in self.issues]
        return {
            "errors": severities.count("ERROR"),
            "warnings": severities.count("WARNING"),
            "messagesProcessed": self.accepted + self.invalid,
            "messagesAccepted": self.accepted,
            "messagesInvalid": self.invalid,
        }

    def _items(self) -> list[Json]:
        marketplace_ids = list(self.feed.marketplace_ids)
        found = (self.book.in_marketplaces(sku, marketplace_ids) for sku in self.skus)
        included = self._included_data
        return [item_json(listings, included, self.book) for listings in found if listings]


def read_listings_feed(
    feed: Feed, seller_id: str, submissions: Submissions, book: ListingBook
) -> ListingsFeed:
    """Read the feed's document. Raises UnreadableFeed."""
    try:
        document = json.loads(feed.input_document.content or b"")
    except ValueError as malformed:
        raise UnreadableFeed(feed.feed_id) from malformed
    messages = document.get("messages") if isinstance(document, dict) else None
    if not isinstance(messages, list) or not 0 < len(messages) <= MAX_MESSAGES:
        raise UnreadableFeed(feed.feed_id)
    header = document.get("header")
    return ListingsFeed(
        feed, header if isinstance(header, dict) else {}, messages, seller_id, submissions, book
    )


def _item_summary(items: list[Json]) -> Json:
    severities = [issue["severity"] for item in items for issue in item.get("issues", ())]
    return {
        "items": len(items),
        "errors": severities.count("ERROR"),
        "warnings": severities.count("WARNING"),
    }
