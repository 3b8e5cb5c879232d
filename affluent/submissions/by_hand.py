"""What the merchant changed on Amazon by hand and keeps, until the store's own value changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from affluent.domain.difference import Cause, HandChanges
from affluent.domain.lane import Lane, lane_of
from affluent.domain.plan import Change, Operation
from affluent.submissions.context import Sender


def kept_by_hand(changes: Sequence[Change], sender: Sender) -> dict[str, tuple[str, ...]]:
    """Of planned changes those that would only undo what was changed by hand: by SKU, the words
    why. Empty where hand changes are overwritten; what is urgent is never kept."""
    if sender.hand_changes is HandChanges.OVERWRITE:
        return {}
    with sender.units() as work:
        known = work.differences.open(sender.account, sender.marketplace_id)
    by_hand = {
        (one.difference.sku, one.difference.field): one.difference.intended
        for one in known
        if one.difference.cause is Cause.CHANGED
    }
    return {
        change.key: (
            "Changed on Amazon by hand, which `reconcile.hand_changes: keep` leaves there until"
            " the store's value changes.",
        )
        for change in changes
        if change.operation is Operation.PATCH_OFFER and lane_of(change) is not Lane.SAFETY
        for wanted in [intended(change.after)]
        if wanted
        and all(by_hand.get((change.key, name)) == value for name, value in wanted.items())
    }


def intended(after: Mapping[str, Any]) -> dict[str, str]:
    """What a change wants of price and quantity, each as a difference tells it."""
    wanted: dict[str, str] = {}
    if after.get("price") is not None:
        wanted["price"] = f"{after['price']} {after['currency']}"
    if after.get("quantity") is not None:
        wanted["quantity"] = str(after["quantity"])
    return wanted
