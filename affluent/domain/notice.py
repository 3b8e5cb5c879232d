"""What people are told without asking: incidents, gathered into one digest."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple


class NoticeKind(StrEnum):
    """What an incident is about; each kind can be left out in the settings."""

    FAILED_ORDERS = "failed_orders"
    FAILED_CONFIRMATIONS = "failed_confirmations"
    EXPIRED_ACCOUNTS = "expired_accounts"
    STOPPED_BATCHES = "stopped_batches"
    HELD_ITEMS = "held_items"
    STUCK_FEEDS = "stuck_feeds"
    ALARMS = "alarms"


class IncidentId(NamedTuple):
    """What makes two incidents the same: what, whose, about what, and which trouble."""

    kind: NoticeKind
    account: str
    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Incident:
    """Something that a person should know of, open since then.

    `key` is what it is about: an order id, a feed, a marketplace. `title` names the trouble, alike
    for all that share it; `words` are what was said of this one, and may change while it stays the
    same incident; `fix` is what to do. None of them holds a buyer's data or a secret.
    """

    kind: NoticeKind
    account: str
    key: str
    title: str
    words: str
    fix: str
    since: datetime

    @property
    def identity(self) -> IncidentId:
        """Whereby it is known again."""
        return IncidentId(self.kind, self.account, self.key, self.title)


class MailSecurity(StrEnum):
    """How the way to a mail server is encrypted: from within (STARTTLS), from the start, or not."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class NoticeRules:
    """What is told: which kinds, from how many held items on, and after how long a feed."""

    kinds: Collection[NoticeKind]
    held_over: int
    feed: timedelta
