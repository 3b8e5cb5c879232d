"""What was sent and has not ended: feeds, and writes of which nobody knows the outcome."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from affluent.domain.alarm import Alarm, AlarmLimits
from affluent.domain.plan import Operation
from affluent.domain.time_in_words import in_words
from affluent.ports.storage import UnitOfWork


def old_writes(limits: AlarmLimits, work: UnitOfWork, now: datetime) -> Iterator[Alarm]:
    """Feeds and unresolved rows of the ledger that are older than their limits."""
    for one in work.vitals.unfinished(now - limits.feed, now - limits.write):
        is_feed = one.operation is Operation.SUBMIT_FEED
        yield Alarm(
            account=one.account,
            subject=one.operation.value,
            title="Feeds do not end" if is_feed else "Writes are not resolved",
            what=f"{one.count} of {one.operation}, the oldest ({one.key}) for "
            f"{in_words(now - one.oldest)}.",
            why="Amazon works feeds off in order, and sometimes leaves one lying."
            if is_feed
            else "A run ended in between, and no later run of its flow has settled what it left.",
            fix="Look at the feed in the log of its run; what is urgent has left by single calls."
            if is_feed
            else "Run the flow again: it first settles what was left. "
            f"`affluent history` and `affluent explain` tell of {one.key}.",
            since=one.oldest,
        )
