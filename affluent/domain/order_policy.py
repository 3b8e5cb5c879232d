"""How the merchant wants Amazon orders to arrive in the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from typing import Final

from affluent.domain.buyer_email import BuyerEmail

#: BigCommerce's status 11: Awaiting Fulfillment.
AWAITING_FULFILLMENT: Final = 11
#: BigCommerce's status 10: Completed.
COMPLETED: Final = 10


class Unfilled(StrEnum):
    """What becomes of an order with a line that the store does not take as it is."""

    HOLD = "hold"
    CUSTOM_LINE = "custom_line"


class OnShortage(StrEnum):
    """What becomes of an order of which the store has too little."""

    HOLD = "hold"
    CUSTOM_LINE = "custom_line"
    RAISE_STOCK = "raise_stock"


@dataclass(frozen=True, slots=True)
class OldOrders:
    """What becomes of orders that were shipped before we first saw them.

    Unless they take stock, their lines are written without their products.
    """

    are_created: bool = True
    status_id: int = COMPLETED
    take_stock: bool = False


@dataclass(frozen=True, slots=True)
class OrderPolicy:
    """The settings of the order import.

    `option_answers` maps a store SKU to the answers for its modifiers, by display name: a text,
    or the label of a choice. Unmatched lines become custom lines unless `holds_unmatched`.
    `shortage` is about stock and purchase limits, `unanswered` about required modifiers. An order
    takes stock unless it is old. The units of an unpaid order are set aside for as long as
    `reserve_pending`. The first import looks `first_look` back.
    """

    status_id: int = AWAITING_FULFILLMENT
    payment_method: str = "Amazon"
    holds_unmatched: bool = False
    option_answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    shortage: OnShortage = OnShortage.HOLD
    unanswered: Unfilled = Unfilled.HOLD
    email: BuyerEmail = field(default_factory=BuyerEmail)
    reserve_pending: timedelta = timedelta(days=30)
    first_look: timedelta = timedelta(days=14)
    takes_stock: bool = True
    old: OldOrders = OldOrders()

    def for_old(self) -> OrderPolicy:
        """The policy for an order that was shipped before we first saw it."""
        return replace(self, status_id=self.old.status_id, takes_stock=self.old.take_stock)
