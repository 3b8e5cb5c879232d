"""One digest of many incidents: what is new, by its trouble, and how many others are open still."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from affluent.domain.notice import Incident, IncidentId, NoticeKind


@dataclass(frozen=True, slots=True)
class Group:
    """The new incidents of one account that share their trouble; `words` are the oldest's."""

    kind: NoticeKind
    account: str
    title: str
    words: str
    fix: str
    keys: tuple[str, ...]
    oldest: datetime


@dataclass(frozen=True, slots=True)
class Digest:
    """What one channel is told at once. `still_open` counts by kind what it was told before."""

    groups: tuple[Group, ...]
    still_open: Mapping[NoticeKind, int]
    at: datetime
    new: tuple[IncidentId, ...]

    @property
    def hash(self) -> str:
        """The same for the same news, whenever they are told."""
        return hashlib.sha256(repr(sorted(self.new)).encode()).hexdigest()


def digest_of(
    incidents: Sequence[Incident], told: Collection[IncidentId], at: datetime
) -> Digest | None:
    """The digest of what was not told yet; None where there is no news."""
    new = {one.identity: one for one in incidents if one.identity not in told}
    if not new:
        return None
    grouped: dict[tuple[NoticeKind, str, str], list[Incident]] = {}
    for incident in sorted(new.values(), key=lambda one: (one.since, one.key)):
        grouped.setdefault((incident.kind, incident.account, incident.title), []).append(incident)
    order = list(NoticeKind)
    groups = sorted(
        (_group(members) for members in grouped.values()),
        key=lambda group: (order.index(group.kind), group.account, -len(group.keys), group.title),
    )
    still_open = Counter(one.kind for one in incidents if one.identity in told)
    return Digest(tuple(groups), still_open, at, tuple(sorted(new)))


def _group(members: Sequence[Incident]) -> Group:
    oldest = members[0]
    return Group(
        kind=oldest.kind,
        account=oldest.account,
        title=oldest.title,
        words=oldest.words,
        fix=oldest.fix,
        keys=tuple(one.key for one in members),
        oldest=oldest.since,
    )
