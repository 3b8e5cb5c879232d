"""Telling each channel its news, and remembering what it was told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from affluent.domain.errors import AffluentError
from affluent.domain.notice import Incident
from affluent.notices.digest import digest_of
from affluent.notices.wording import message_of
from affluent.ports.clock import Clock
from affluent.ports.notices import Message, NoticePort
from affluent.ports.storage import UnitsOfWork


@dataclass(frozen=True, slots=True)
class Telling:
    """What became of one channel's digest: how many incidents were news, and why it was not
    delivered, if it was not."""

    channel: str
    new: int
    problem: str = ""


@dataclass(frozen=True, slots=True)
class News:
    """What a channel is to be told."""

    channel: NoticePort
    message: Message
    incidents: int


def tell(
    incidents: Sequence[Incident],
    channels: Sequence[NoticePort],
    units: UnitsOfWork,
    clock: Clock,
) -> list[Telling]:
    """Send each channel one digest of what it was not told yet; without news it gets none.

    What was delivered is remembered in a transaction of its own, so that a channel that fails is
    tried again by the next run and the others hear nothing twice. A run that dies between the two
    sends the same news once more, under the same message id.
    """
    with units() as work:
        work.told.forget_all_but({one.identity for one in incidents})
        work.commit()
    return [_tell(channel, incidents, units, clock) for channel in channels]


def news_for(
    channel: NoticePort, incidents: Sequence[Incident], units: UnitsOfWork, clock: Clock
) -> News | None:
    """What a channel would be told now; None where there is no news for it."""
    with units() as work:
        told = work.told.told(channel.name)
    digest = digest_of(incidents, told, clock.now())
    return None if digest is None else News(channel, message_of(digest), len(digest.new))


def _tell(
    channel: NoticePort, incidents: Sequence[Incident], units: UnitsOfWork, clock: Clock
) -> Telling:
    news = news_for(channel, incidents, units, clock)
    if news is None:
        return Telling(channel.name, 0)
    try:
        channel.send(news.message)
    except AffluentError as error:
        return Telling(channel.name, news.incidents, str(error))
    with units() as work:
        told = [one.identity for one in incidents]
        work.told.remember(channel.name, told, clock.now())
        work.commit()
    return Telling(channel.name, news.incidents)
