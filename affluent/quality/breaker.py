"""The breaker: it stops a whole batch that is wrong as a whole, whatever its rows look like."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from affluent.domain.gate_rules import GateRules
from affluent.domain.issue import Finding, Reason, Weight
from affluent.domain.offer import FEWEST_SOLD_OUT
from affluent.domain.plan import Gated
from affluent.quality.row import Row
from affluent.quality.wording import WORDINGS

#: So many prices may always move far: a small batch is judged item by item.
FEWEST_MOVED_PRICES: Final = 5

#: A batch up to this size may lack a column by chance.
LARGEST_SMALL_BATCH: Final = 20

_SHOWN_REASONS: Final = 3

#: Reasons that, given for every row, mean that a required column is missing.
_COLUMN_IS_EMPTY: Final = (Reason.NO_IDENTIFIER, Reason.ZERO_PRICE, Reason.NO_NAME)


#: Reasons that speak of what Amazon knows; all others of the suites speak of the source.
_AMAZONS: Final = frozenset((Reason.NOT_IN_CATALOG, Reason.SEVERAL_MATCHES))
_FLAWS: Final = (frozenset(WORDINGS) - _AMAZONS) | {Reason.INVALID_ATTRIBUTES}


def empty_columns(reasons: Sequence[Sequence[Reason]], unchanged: int = 0) -> list[Finding]:
    """A stop for each required column that is empty in every row of a batch.

    A batch beside which more is `unchanged` holds the few that are always held, not the source.
    """
    if len(reasons) <= max(LARGEST_SMALL_BATCH, unchanged):
        return []
    return [
        _stop(
            reason,
            WORDINGS[reason].field,
            f"All {len(reasons)} rows of the batch lack a usable {WORDINGS[reason].field}: "
            "the source is broken, not the products.",
        )
        for reason in _COLUMN_IS_EMPTY
        if all(reason in broken for broken in reasons)
    ]


def too_many_held(gated: Gated, rules: GateRules) -> list[Finding]:
    """A stop if a larger share of all that is selected is held for flaws than may be."""
    by_reason = Counter(one.findings[0].reason for one in gated.held)
    flawed = {reason: count for reason, count in by_reason.items() if reason in _FLAWS}
    held, selected = sum(flawed.values()), len(gated.plan.changes) + gated.plan.unchanged
    if held < rules.fewest_held or Decimal(held) / selected <= rules.largest_held_share:
        return []
    commonest = sorted(flawed.items(), key=lambda item: (-item[1], item[0]))[:_SHOWN_REASONS]
    named = ", ".join(f"{reason} {count}" for reason, count in commonest)
    return [
        _stop(
            Reason.TOO_MANY_HELD,
            "",
            f"{held / selected:.0%} of what is selected is held for flaws ({held} of {selected}: "
            f"{named}); {rules.largest_held_share:.0%} may be (quality.largest_held_share).",
        )
    ]


def too_many_moves(rows: Sequence[Row]) -> list[Finding]:
    """A stop if a larger share of the prices moves far than the strictest profile lets pass."""
    repriced = [row for row in rows if row["change"] is not None]
    far = [row for row in repriced if row["distance"] > row["largest_move"]]
    if len(far) < FEWEST_MOVED_PRICES:
        return []
    allowed: Decimal = min(row["largest_share"] for row in repriced)
    share = Decimal(len(far)) / len(repriced)
    if share <= allowed:
        return []
    return [
        _stop(
            Reason.PRICE_MOVED,
            "price",
            f"{share:.0%} of the batch's price changes ({len(far)} of {len(repriced)}) move "
            f"further than their profiles allow; {allowed:.0%} may. "
            f"{_distribution([row['change'] for row in repriced])}",
        )
    ]


def too_much_sold_out(rows: Sequence[Row], in_stock: int) -> list[Finding]:
    """A stop if a larger share of all that is in stock falls to zero than the strictest profile
    lets pass."""
    falling = [row for row in rows if row["falls_to_zero"]]
    if len(falling) < FEWEST_SOLD_OUT:
        return []
    allowed: Decimal = min(row["largest_zero_share"] for row in falling)
    known = max(in_stock, len(falling))
    share = Decimal(len(falling)) / known
    if share <= allowed:
        return []
    return [
        _stop(
            Reason.STOCK_GONE,
            "quantity",
            f"{share:.0%} of what is in stock ({len(falling)} of {known} offers) falls to zero at "
            f"once; {allowed:.0%} may.",
        )
    ]


def _distribution(changes: Sequence[Decimal]) -> str:
    lower, median, upper = statistics.quantiles(changes, n=4, method="inclusive")
    return (
        f"The prices change by {median:+.1%} in the median, half of them between {lower:+.1%} and "
        f"{upper:+.1%}, all between {min(changes):+.1%} and {max(changes):+.1%}."
    )


def _stop(reason: Reason, field: str, message: str) -> Finding:
    return Finding("", reason, message, field, weight=Weight.STOP)
