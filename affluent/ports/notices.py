"""Where notices go, and what is remembered of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from affluent.domain.notice import IncidentId


@dataclass(frozen=True, slots=True)
class Message:
    """One message as text and as HTML. `message_id` is the same for the same content."""

    subject: str
    text: str
    html: str
    message_id: str


class NoticePort(Protocol):
    """One channel to people: an e-mail address, a chat."""

    @property
    def name(self) -> str:
        """The channel's name in the settings."""
        ...

    def send(self, message: Message) -> None:
        """Deliver one message. Raises ConfigurationError, Retryable or Refused; none of them
        holds a secret."""
        ...


class ToldNotices(Protocol):
    """What each channel was told and is still open."""

    def told(self, channel: str) -> set[IncidentId]:
        """What the channel was told."""
        ...

    def remember(self, channel: str, told: Sequence[IncidentId], at: datetime) -> None:
        """The channel was told of these."""
        ...

    def forget_all_but(self, open_ones: Collection[IncidentId]) -> None:
        """What is no longer open is forgotten: if it comes back, it is news."""
        ...
