"""How a batch of offers moves, for the person who has to decide whether it may: plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from affluent.domain.plan import Change, Gated

#: The new price as a share of the old one: each bucket ends below its number.
_PRICE_BUCKETS: Final = (
    (Decimal("0.02"), "to less than 2 %"),
    (Decimal("0.1"), "to 2 – 10 %"),
    (Decimal("0.5"), "to 10 – 50 %"),
    (Decimal("0.8"), "to 50 – 80 %"),
    (Decimal("0.95"), "to 80 – 95 %"),
    (Decimal("1.05"), "to 95 – 105 %"),
    (Decimal("1.25"), "to 105 – 125 %"),
    (Decimal(2), "to 125 – 200 %"),
    (Decimal(10), "to 2 – 10 times"),
    (Decimal(50), "to 10 – 50 times"),
    (Decimal("Infinity"), "to 50 times or more"),
)
_STOCK_BUCKETS: Final = ("to zero", "falls by half or more", "falls", "rises")
_EXAMPLES: Final = 10
_WIDTH: Final = 40


@dataclass(frozen=True, slots=True)
class Move:
    """One value that moves; `bucket` names how far, `distance` orders the moves by it."""

    sku: str
    before: str
    after: str
    bucket: str
    distance: Decimal


def price_moves(changes: Sequence[Change]) -> list[Move]:
    """The prices that had one before."""
    return [
        Move(change.key, str(before), str(after), _price_bucket(ratio), max(ratio, 1 / ratio))
        for change in changes
        for before, after in [_amounts(change, "price")]
        if before and after
        for ratio in [after / before]
    ]


def stock_moves(changes: Sequence[Change]) -> list[Move]:
    """The quantities that had one before."""
    return [
        Move(change.key, str(before), str(after), _stock_bucket(before, after), before - after)
        for change in changes
        for before, after in [_amounts(change, "quantity")]
        if before is not None and after is not None
    ]


def distribution(quantities: Gated, prices: Gated) -> str:
    """Both batches in Markdown: how far they move, the worst of it, and how to let them pass."""
    price_labels = [label for _, label in _PRICE_BUCKETS]
    parts = [
        *_batch("Prices", prices, price_moves(prices.plan.changes), price_labels),
        *_batch("Stock", quantities, stock_moves(quantities.plan.changes), _STOCK_BUCKETS),
    ]
    return "\n".join(parts)


def _batch(title: str, gated: Gated, moves: Sequence[Move], labels: Sequence[str]) -> Iterator[str]:
    yield f"## {title}: {len(gated.plan.changes)} changes{', stopped' if gated.is_stopped else ''}"
    yield ""
    for stop in gated.stops:
        yield stop.message
        yield ""
    if moves:
        yield from ("```", *_histogram(moves, labels), "```", "")
        yield from _examples(moves)
    if gated.is_stopped:
        yield (
            "Nothing of this batch was sent. If it is meant, run `sync_offers` once more with "
            f"`approved_hash={gated.plan.hash}`: that passes this batch, and no other."
        )
        yield ""


def _histogram(moves: Sequence[Move], labels: Sequence[str]) -> Iterator[str]:
    counts = dict.fromkeys(labels, 0)
    for move in moves:
        counts[move.bucket] += 1
    most, room = max(counts.values()), max(map(len, labels))
    for label, count in counts.items():
        bar = "█" * -(-count * _WIDTH // most)
        yield f"{label:<{room}} {bar} {count}".rstrip() if count else f"{label:<{room}}"


def _examples(moves: Sequence[Move]) -> Iterator[str]:
    yield from ("| SKU | before | after |", "|---|---|---|")
    worst = sorted(moves, key=lambda one: (-one.distance, one.sku))[:_EXAMPLES]
    yield from (f"| {one.sku} | {one.before} | {one.after} |" for one in worst)
    yield ""


def _amounts(change: Change, name: str) -> tuple[Decimal | None, Decimal | None]:
    values = (change.before.get(name), change.after.get(name))
    before, after = (None if value is None else Decimal(str(value)) for value in values)
    return before, after


def _price_bucket(ratio: Decimal) -> str:
    return next(label for below, label in _PRICE_BUCKETS if ratio < below)


def _stock_bucket(before: Decimal, after: Decimal) -> str:
    to_zero, by_half, falls, rises = _STOCK_BUCKETS
    if after > before:
        return rises
    if after == 0:
        return to_zero
    return by_half if after <= before / 2 else falls
