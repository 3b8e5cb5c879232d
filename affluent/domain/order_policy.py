"""How the merchant wants Amazon orders to arrive in the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

#: BigCommerce's status 11: Awaiting Fulfillment.
AWAITING_FULFILLMENT: Final = 11


@dataclass(frozen=True, slots=True)
class OrderPolicy:
    """The settings of the order import.

    `option_answers` maps a store SKU to the answers for its modifiers, by display name: a text,
    or the label of a choice. Unmatched lines become custom lines unless `holds_unmatched`. The
    first import looks `first_look` back.
    """

    status_id: int = AWAITING_FULFILLMENT
    payment_method: str = "Amazon"
    holds_unmatched: bool = False
    option_answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    first_look: timedelta = timedelta(days=14)
