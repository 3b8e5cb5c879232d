"""A digest as a message: a subject that says it all, plain text, and simple HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html import escape
from typing import Final

from affluent.domain.notice import NoticeKind
from affluent.domain.time_in_words import in_words
from affluent.notices.digest import Digest, Group
from affluent.ports.notices import Message

#: What one and what several of a kind are called.
_NAMES: Final = {
    NoticeKind.FAILED_ORDERS: ("order failed", "orders failed"),
    NoticeKind.FAILED_CONFIRMATIONS: ("shipment unconfirmed", "shipments unconfirmed"),
    NoticeKind.EXPIRED_ACCOUNTS: ("account expired", "accounts expired"),
    NoticeKind.STOPPED_BATCHES: ("batch stopped", "batches stopped"),
    NoticeKind.HELD_ITEMS: ("place with many held items", "places with many held items"),
    NoticeKind.STUCK_FEEDS: ("feed stuck", "feeds stuck"),
    NoticeKind.ALARMS: ("alarm", "alarms"),
}
_MOST_KEYS: Final = 50


def message_of(digest: Digest) -> Message:
    """The digest, worded. Two messages with the same news bear the same id."""
    subject = f"Affluent: {_news(digest)}"
    return Message(
        subject=subject,
        text="\n".join(_text(digest)),
        html="\n".join(_html(digest, subject)),
        message_id=f"{digest.hash[:32]}@affluent",
    )


def _news(digest: Digest) -> str:
    counts = Counter[NoticeKind]()
    for group in digest.groups:
        counts[group.kind] += len(group.keys)
    return ", ".join(_counted(kind, count) for kind, count in counts.items())


def _counted(kind: NoticeKind, count: int) -> str:
    one, several = _NAMES[kind]
    return f"{count} {one if count == 1 else several}"


def _text(digest: Digest) -> Iterator[str]:
    for group in digest.groups:
        yield f"{_heading(group, digest)}"
        yield f"  {_said(group)}"
        yield f"  What to do: {group.fix}"
        yield f"  {_keys(group)}"
        yield ""
    yield _closing(digest)


def _html(digest: Digest, subject: str) -> Iterator[str]:
    yield f"<!doctype html><html><head><title>{escape(subject)}</title></head><body>"
    for group in digest.groups:
        yield f"<h3>{escape(_heading(group, digest))}</h3>"
        yield f"<p>{escape(_said(group))}</p>"
        yield f"<p><b>What to do:</b> {escape(group.fix)}</p>"
        yield f"<p><code>{escape(_keys(group))}</code></p>"
    yield f"<p>{escape(_closing(digest))}</p></body></html>"


def _heading(group: Group, digest: Digest) -> str:
    place = f" ({group.account})" if group.account else ""
    age = in_words(digest.at - group.oldest)
    return f"{_counted(group.kind, len(group.keys))}{place}: {group.title}. Oldest: {age}."


def _said(group: Group) -> str:
    return f"For instance: {group.words}" if len(group.keys) > 1 else group.words


def _keys(group: Group) -> str:
    more = len(group.keys) - _MOST_KEYS
    shown = ", ".join(group.keys[:_MOST_KEYS])
    return f"{shown} and {more} more" if more > 0 else shown


def _closing(digest: Digest) -> str:
    if not digest.still_open:
        return "Nothing else is open."
    still = ", ".join(_counted(kind, count) for kind, count in digest.still_open.items())
    return f"Told before and still open: {still}."
