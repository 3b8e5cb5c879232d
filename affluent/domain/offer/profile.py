"""What a merchant decides about price and quantity."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class QuantityMode(StrEnum):
    """How the offered quantity follows from the store's."""

    PRODUCT = "product"
    CUSTOM = "custom"
    SINGLE = "single"
    AT_MOST = "at_most"
    BUFFER = "buffer"


class PriceMode(StrEnum):
    """How the offered price follows from the store's."""

    PRODUCT = "product"
    CUSTOM = "custom"
    RATIO = "ratio"


@dataclass(frozen=True, slots=True)
class OfferProfile:
    """A global profile: the rules for quantity and price of the lists that name it.

    `quantity_value` is the constant, the cap or the buffer; `price_value` the constant or the
    factor. `untracked_quantity` is offered where the store tracks no stock. An item whose price
    lies outside `floor` and `ceiling`, or moves by more than `largest_move` (0.5 is 50 %), is
    held; a batch in which more than `largest_share` of the prices move that far is stopped.
    """

    name: str
    quantity_mode: QuantityMode = QuantityMode.PRODUCT
    quantity_value: int = 0
    untracked_quantity: int = 0
    price_mode: PriceMode = PriceMode.PRODUCT
    price_value: Decimal = Decimal(1)
    floor: Decimal = Decimal("0.01")
    ceiling: Decimal = Decimal(100_000)
    largest_move: Decimal = Decimal("0.5")
    largest_share: Decimal = Decimal("0.2")
    lead_time_days: int | None = None
