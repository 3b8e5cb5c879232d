"""The matrix of a campaign: what struck how often, how the orders came in, and what held."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.chaos.campaign import Outcome

_SHOWN = 5


def render(outcome: Outcome) -> Iterator[str]:
    """Lines of text, the last of them one JSON object."""
    campaign = outcome.campaign
    yield f"seed {campaign.seed}, {campaign.orders} orders, {campaign.database}"
    yield from _table("fault", outcome.struck)
    yield from _table("killed (-9)", dict(sorted(outcome.deaths.items())))
    yield from _table("flow run failed with", dict(outcome.failures.most_common()))
    yield from _table("what was ordered", dict(outcome.placed.kinds.most_common()))
    yield from _table("way into the store", dict(outcome.verdict.paths.most_common()))
    wrongs = outcome.verdict.wrongs()
    yield from _table("invariant broken", {name: len(found) for name, found in wrongs.items()})
    for found in (*wrongs.values(), outcome.unexpected):
        yield from (f"  wrong: {one}" for one in found[:_SHOWN])
    yield f"storm: {outcome.seconds:.0f} s, then {outcome.calm_rounds} calm runs"
    yield json.dumps(figures(outcome))


def figures(outcome: Outcome) -> dict[str, object]:
    """The last line."""
    verdict = outcome.verdict
    return {
        "orders": outcome.campaign.orders,
        "lost": len(verdict.lost),
        "duplicated": len(verdict.duplicated) + len(verdict.unwanted),
        "stock_wrong": len(verdict.stock_wrong),
        "timelines_incomplete": len(verdict.timelines_incomplete),
        "unresolved": len(verdict.unresolved),
        "unexpected_failures": len(outcome.unexpected),
        "kills": outcome.kills,
        "faults": sum(outcome.struck.values()),
        "seed": outcome.campaign.seed,
        "database": outcome.campaign.database,
        "seconds": round(outcome.seconds),
    }


def _table(title: str, counts: dict[str, int]) -> Iterator[str]:
    yield f"\n| {title} | times |"
    yield "|---|---:|"
    yield from (f"| {name} | {count} |" for name, count in counts.items())
