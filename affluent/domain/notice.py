"""What people are told without asking: incidents, gathered into one digest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
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
    """What makes two incidents the same: who, what, and why."""

    kind: NoticeKind
    account: str
    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class Incident:
    """Something that a person should know of, open since then.

    `key` is what it is about: an order id, a feed id, a marketplace. `title` names the kind of
    trouble, alike for all that share it; `reason` is what was said of this one, and becomes a part
    of its identity; `fix` is what to do. None of them holds a buyer's data or a secret.
    """

    kind: NoticeKind
    account: str
    key: str
    title: str
    reason: str
    fix: str
    since: datetime

    @property
    def identity(self) -> IncidentId:
        """Whereby it is known again."""
        return IncidentId(self.kind, self.account, self.key, self.reason)
