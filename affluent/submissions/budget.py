"""A plan that takes longer than its account allows is refused whole, before anything is sent.

What is urgent does not count: a quantity of zero is sent by a rush, whatever else is planned.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from affluent.domain.errors import BatchStopped
from affluent.domain.forecast import Forecast, Foretold
from affluent.domain.lane import Lane, lane_of
from affluent.domain.listing import SubmissionPath
from affluent.domain.plan import Change
from affluent.submissions.context import Sender
from affluent.submissions.path import choose_path

_HOUR: Final = 3600.0


def refuse_beyond_budget(
    batches: Iterable[tuple[Sequence[Change], SubmissionPath]], sender: Sender
) -> None:
    """Raise BatchStopped where all batches together, each on its path, take too long."""
    if sender.longest_plan_hours is None:
        return
    ways = []
    for changes, path in batches:
        counted = [one for one in changes if lane_of(one) is not Lane.SAFETY]
        ways.append(chosen_way(sender.amazon.forecast.of(counted), path))
    if problem := beyond_budget(ways, sender.longest_plan_hours):
        raise BatchStopped(
            problem,
            why=f"Account {sender.account} allows {sender.longest_plan_hours:g} h for a plan.",
            fix="Send less at once, by smaller selling lists, or raise longest_plan_hours.",
        )


def chosen_way(foretold: Foretold, path: SubmissionPath) -> Forecast:
    """The forecast of the way on which a batch is sent."""
    is_feed = choose_path(path, foretold) is SubmissionPath.FEED
    return foretold.as_feed if is_feed else foretold.singly


def beyond_budget(ways: Sequence[Forecast], longest_hours: float | None) -> str:
    """What a plan takes and what it may take, in a sentence; empty where it fits."""
    seconds = sum(way.seconds for way in ways)
    if longest_hours is None or seconds <= longest_hours * _HOUR:
        return ""
    slowest = max((call for way in ways for call in way.calls), key=lambda one: one.seconds)
    pace = ""
    if slowest.seconds:
        rate = slowest.count / slowest.seconds
        pace = f", {slowest.count:,} {slowest.operation} at {rate:.2g}/s among it"
    return f"This will take {seconds / _HOUR:.2g} h{pace}; {longest_hours:g} h are allowed."
