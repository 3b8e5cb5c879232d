"""Which difference between Amazon and what is intended has which cause. Pure.

What is intended stands in the planned changes: each wants a price or a quantity that Amazon does
not show. Who is the cause follows from what we wrote last, and from Amazon's own time of the last
change.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from affluent.domain.difference import WHOLE_LISTING, Cause, Difference
from affluent.domain.effect import Effect, EffectState
from affluent.domain.listing import Listing
from affluent.domain.plan import Change
from affluent.submissions.by_hand import intended


def plan_differences(
    changes: Iterable[Change], listings: Mapping[str, Listing], writes: Sequence[Effect]
) -> Iterator[Difference]:
    """Every field that Amazon shows otherwise, with its cause. `writes` are the latest ones.

    A change may be for what stands beside the price alone, which Amazon does not show.
    """
    by_sku: dict[str, list[Effect]] = defaultdict(list)
    for write in writes:
        by_sku[write.key].append(write)
    for change in changes:
        listing = listings[change.key]
        for field, wanted in intended(change.after).items():
            told = [one for one in by_sku[change.key] if one.after.get(field) is not None]
            shown = _shown(listing, field)
            if shown == wanted:
                continue
            cause = _cause(field, listing, told)
            yield Difference(change.key, field, wanted, shown, cause)


def absent(vanished: Iterable[str], not_ours: Iterable[str]) -> Iterator[Difference]:
    """The listings that only one side has."""
    for sku in vanished:
        yield Difference(sku, WHOLE_LISTING, "on Amazon", "gone", Cause.GONE)
    for sku in not_ours:
        yield Difference(sku, WHOLE_LISTING, "unknown", "on Amazon", Cause.NOT_OURS)


def _cause(field: str, listing: Listing, writes: Sequence[Effect]) -> Cause:
    """By the latest write of the field. What was ignored before it was held is lost all the same:
    a value that Amazon keeps ignoring rests, held, between its tries."""
    if not writes:
        return Cause.UNKNOWN
    latest = max(writes, key=lambda one: one.effect_id)
    unheld = [one.effect_id for one in writes if one.state is not EffectState.HELD]
    if any(one.state is EffectState.IGNORED and one.effect_id == max(unheld) for one in writes):
        return Cause.LOST
    if latest.state is not EffectState.EFFECTIVE:
        return Cause.LATE
    ours = intended(latest.after)[field]
    if _shown(listing, field) == ours:
        return Cause.LATE
    if field == "quantity" and (listing.quantity or 0) < int(ours):
        return Cause.SOLD
    changed_at = listing.changed_on_amazon_at
    if changed_at is not None and changed_at > latest.updated_at:
        return Cause.CHANGED
    return Cause.LOST


def _shown(listing: Listing, field: str) -> str:
    if field == "price":
        return str(listing.price.rounded()) if listing.price else "nothing"
    return "nothing" if listing.quantity is None else str(listing.quantity)
