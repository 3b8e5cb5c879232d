"""`make bench-offers`: what it costs to keep a million offers in step, and how fresh they are.

Planning is measured beside a million offers and beside a hundred thousand, with the same ten
thousand changes, and against one bare SQL join that only finds them; linking, by a report of a
million rows; freshness, from a change in the store to Amazon's ACCEPTED at the real quotas.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from statistics import quantiles
from typing import Final

from benchmarks.measures.accepted import CHANGED as AT_ONCE
from benchmarks.measures.accepted import catalog_of, seconds_to_accepted
from benchmarks.measures.databases import DATABASES, fresh_database
from benchmarks.measures.linking import ROWS, Linking, figures, measure_linking
from benchmarks.measures.planning import CHANGED, Planning, measure_planning
from benchmarks.measures.sandbox import running_sandbox
from benchmarks.measures.telling import say

_MANY: Final = 1_000_000
_FEW: Final = 100_000

ByKind = dict[str, float]


def main() -> None:
    """Measure everything, a line each; the last line is JSON."""
    many = {kind: _planning(kind, _MANY) for kind in DATABASES}
    few = {kind: _planning(kind, _FEW) for kind in DATABASES}
    accepted = {kind: _accepted(kind) for kind in DATABASES}
    links = figures({kind: _linking(kind) for kind in DATABASES})
    found: dict[str, ByKind] = {
        "plan_seconds": {kind: one.plan_seconds for kind, one in many.items()},
        "plan_vs_join": {kind: one.plan_seconds / one.join_seconds for kind, one in many.items()},
        "plan_mb": {kind: one.peak_mb for kind, one in many.items()},
        "plan_100k_vs_1m": {
            kind: few[kind].plan_seconds / one.plan_seconds for kind, one in many.items()
        },
        "accepted_p95_seconds": accepted,
    }
    rounded = {
        name: {kind: round(value, 2) for kind, value in values.items()}
        for name, values in found.items()
    }
    say(json.dumps(rounded | links))


def _planning(kind: str, offers: int) -> Planning:
    with fresh_database(kind) as url:
        found = measure_planning(url, offers)
    say(
        f"{CHANGED:,} changes among {offers:,} offers on {kind}: saved in "
        f"{found.save_seconds:.2f} s, planned in {found.plan_seconds:.2f} s "
        f"({found.peak_mb:.0f} MB), found by a bare join in {found.join_seconds:.2f} s"
    )
    return found


def _accepted(kind: str) -> float:
    with (
        tempfile.TemporaryDirectory() as name,
        running_sandbox(quotas=True, speed=1.0, catalog=catalog_of(Path(name))) as ready,
        fresh_database(kind) as database,
    ):
        seconds = seconds_to_accepted(ready, database)
    p95 = quantiles(seconds, n=20, method="inclusive")[-1]
    say(
        f"{AT_ONCE} SKUs changed in the store, on {kind}: accepted by Amazon after "
        f"{quantiles(seconds)[1]:.1f} s in the median, p95 {p95:.1f} s, the last "
        f"{max(seconds):.1f} s (5 calls at once and 5 a second: {(AT_ONCE - 5) / 5:.1f} s)"
    )
    return p95


def _linking(kind: str) -> Linking:
    with fresh_database(kind) as url:
        found = measure_linking(url)
    say(
        f"{ROWS:,} report rows linked on {kind} in {found.first_seconds:.0f} s "
        f"({found.first_mb:.0f} MB); again, 99 % linked, in {found.again_seconds:.0f} s "
        f"({found.again_mb:.0f} MB)"
    )
    return found


if __name__ == "__main__":
    main()
