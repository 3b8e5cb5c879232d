"""The section that says what becomes of cancellations and refunds."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from affluent.domain.cancellation import CancellationPolicy, CancelReason, InStore
from affluent.settings.section import Section


class Partly(StrEnum):
    """What becomes of the store's order where it is not cancelled as a whole."""

    FLAG = "flag"
    NOTE = "note"
    RECORD = "record"


class CancellationSettings(Section):
    """What becomes of cancellations and refunds."""

    orders: InStore = Field(
        InStore.CANCEL,
        description="The store's order of one that is cancelled on Amazon: cancel it, flag it for "
        "verification by hand, note it, or record it in the timeline alone.",
    )
    lines: Partly = Field(
        Partly.FLAG, description="Where Amazon cancels some lines: flag, note or record."
    )
    requests: Partly = Field(
        Partly.FLAG, description="Where a buyer asks to cancel: flag, note or record."
    )
    note_refunds: bool = Field(
        False, description="Whether a refund in the store is noted on its order, too."
    )
    to_amazon: bool = Field(
        False, description="Whether an order that is cancelled in the store is so on Amazon."
    )
    reason: CancelReason = Field(
        CancelReason.NO_INVENTORY,
        description="The reason that Amazon is told, unless the buyer asked for it.",
    )


def cancellation_policy_of(settings: CancellationSettings) -> CancellationPolicy:
    """What becomes of cancellations and refunds."""
    return CancellationPolicy(
        orders=settings.orders,
        lines=InStore(settings.lines),
        requests=InStore(settings.requests),
        notes_refunds=settings.note_refunds,
        to_amazon=settings.to_amazon,
        reason=settings.reason,
    )
