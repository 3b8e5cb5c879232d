"""Feeds: many submissions in one document, and what Amazon made of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from affluent.domain.issue import Issue


@dataclass(frozen=True, slots=True)
class FeedMessage:
    """One message of a JSON_LISTINGS_FEED. `body` holds what stands beside id and SKU.

    `operation_type` is UPDATE (replaces the listing), PARTIAL_UPDATE (replaces attributes), PATCH
    or DELETE, which has an empty body. Ids are unique in a feed, and greater than 0.

    Source: schemas/feeds/listings-feed-schema-v2.json in Amazon's models.
    """

    message_id: int
    sku: str
    operation_type: str
    body: Mapping[str, Any]


class FeedStatus(StrEnum):
    """Amazon's processing statuses of a feed."""

    IN_QUEUE = "IN_QUEUE"
    IN_PROGRESS = "IN_PROGRESS"
    DONE = "DONE"
    CANCELLED = "CANCELLED"
    FATAL = "FATAL"

    @property
    def is_final(self) -> bool:
        """Whether nothing more will happen to the feed."""
        return self in (FeedStatus.DONE, FeedStatus.CANCELLED, FeedStatus.FATAL)


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's present state."""

    feed_id: str
    status: FeedStatus
    report_document_id: str = ""


@dataclass(frozen=True, slots=True)
class ProcessingReport:
    """What Amazon made of a feed. `issues` is keyed by message id; 0 is the feed as a whole.

    `issues_by_sku` holds those that name no message.
    """

    processed: int
    accepted: int
    invalid: int
    issues: Mapping[int, tuple[Issue, ...]] = field(default_factory=dict)
    issues_by_sku: Mapping[str, tuple[Issue, ...]] = field(default_factory=dict)
