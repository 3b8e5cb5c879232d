"""`make bench-orders`: what an order's way from Amazon into the store costs beside bare calls.

Quotas are off, so that the product's own work is what is measured: the ledger's rows, the look-up
before each creation, the records. The bare side makes two calls and keeps nothing.
"""

from __future__ import annotations

import json
from typing import Final

from benchmarks.measures.databases import DATABASES, fresh_database
from benchmarks.measures.importing import import_against_bare
from benchmarks.measures.sandbox import running_sandbox
from benchmarks.measures.telling import say

#: The sandbox's clock; what is measured is ours.
_SPEED: Final = 1.0


def main() -> None:
    """Measure both databases, a line each; the last line is JSON."""
    ratios = {}
    for kind in DATABASES:
        with running_sandbox(quotas=False, speed=_SPEED) as ready, fresh_database(kind) as url:
            rates = import_against_bare(ready, url)
        ratios[kind] = round(rates.ours / rates.bare, 4)
        say(f"{kind}: {rates.ours:.0f} orders/s through the product, {rates.bare:.0f} bare")
    say(json.dumps({"orders_vs_bare": ratios}))


if __name__ == "__main__":
    main()
