"""`make bench-listings`: what it costs to judge and describe twenty thousand new products.

They are mugs under Amazon's own definition of HOME, from the snapshot to the documents of feeds,
against bare jsonschema-rs that judges the same payloads; and the gate's suites over a million rows,
against the same rules in plain pandas. Seconds are those of the processor: one thread does it all,
and what else runs on the machine does not count.
"""

from __future__ import annotations

import json

from benchmarks.measures.listing_path import ITEMS, measure_path
from benchmarks.measures.suites import ROWS, suites_against_pandas
from benchmarks.measures.telling import say
from benchmarks.measures.validation import DEFINITION

Figures = dict[str, float | None]


def main() -> None:
    """Measure everything, a line each; the last line is JSON."""
    ours, plain = suites_against_pandas()
    say(f"{ROWS:,} rows: {ours:.1f} s by the gate's suites, {plain:.1f} s in plain pandas")
    figures: Figures = {**_path(), "gate_vs_pandas": ours / plain}
    rounded = {name: value and round(value, 3) for name, value in figures.items()}
    say(json.dumps(rounded))


def _path() -> Figures:
    if not DEFINITION.exists():
        say(f"No listings measured: Amazon's definition is not at {DEFINITION.resolve()}")
        return {"items_vs_bare": None, "peak_mb": None}
    found = measure_path()
    shares = {name: seconds / found.seconds for name, seconds in found.steps.items()}
    say(
        f"{ITEMS:,} items of {DEFINITION.name}, from the snapshot to {found.feeds} feed documents: "
        f"{ITEMS / found.seconds:,.0f} items/s, peak {found.peak_mb:.0f} MB; bare jsonschema-rs: "
        f"{ITEMS / found.bare_seconds:,.0f} items/s"
    )
    say(", ".join(f"{name} {share:.0%}" for name, share in shares.items()))
    return {
        "items_vs_bare": found.bare_seconds / found.seconds,
        "peak_mb": found.peak_mb,
        **{f"share_{name}": share for name, share in shares.items()},
    }


if __name__ == "__main__":
    main()
