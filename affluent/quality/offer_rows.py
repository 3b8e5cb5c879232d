"""The columns that the suites over offers judge: one row per planned change of an offer."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from affluent.domain.listing import MERCHANT_CHANNEL
from affluent.domain.offer import OfferProfile
from affluent.domain.plan import Change
from affluent.quality.listing_rows import amount, price_columns
from affluent.quality.row import Row

_NO_PRICE: Row = dict.fromkeys(
    ("price", "asked_price", "currency", "floor", "ceiling", "profile", "change", "distance")
)


def offer_row(change: Change, profile: OfferProfile) -> Row:
    """The row of a PATCH_OFFER change, which may hold a price, a quantity or both."""
    after = change.after
    quantity = after.get("quantity")
    is_fba = after["channel"] != MERCHANT_CHANNEL
    return {
        "sku": change.key,
        "channel": after["channel"],
        "quantity": quantity,
        "falls_to_zero": quantity == 0 and bool(change.before.get("quantity")),
        "fba_quantity": quantity if is_fba else None,
        "largest_move": profile.largest_move,
        "largest_share": profile.largest_share,
        "largest_zero_share": profile.largest_zero_share,
    } | _price_columns(change, profile)


def _price_columns(change: Change, profile: OfferProfile) -> Row:
    if "price" not in change.after:
        return dict(_NO_PRICE)
    columns = price_columns(change.after, profile)
    moved = _relative_change(change.before.get("price"), columns["price"])
    return columns | {
        "before": change.before.get("price"),
        "change": moved,
        "distance": None if moved is None else abs(moved),
    }


def _relative_change(before: Any, price: Decimal | None) -> Decimal | None:
    """How far the price moves, as a share of what it was; None where it was or is nothing."""
    known = amount(before) if before is not None else Decimal(0)
    return (price - known) / known if price is not None and known > 0 else None
