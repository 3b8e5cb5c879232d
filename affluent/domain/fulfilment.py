"""Fulfilment channels: who ships what stands under one SKU, the merchant, Amazon, or both.

                 stock goes to Amazon            named in sells_both_ways
    MERCHANT ───────────────────────────▶ AMAZON ────────────────────────▶ BOTH
        ▲                                   │  ▲                            │
        └───────────────────────────────────┘  └────────────────────────────┘
               Amazon keeps none any more              named no longer

A quantity of the merchant's is written in MERCHANT and BOTH alone: Amazon accepts one for a SKU
whose stock it keeps, and then ignores it or sells the same units on two channels.
"""

from __future__ import annotations

from enum import StrEnum

from affluent.domain.listing import MERCHANT_CHANNEL


class FulfilmentChannel(StrEnum):
    """Who ships the units of a SKU."""

    MERCHANT = "merchant"
    AMAZON = "amazon"
    BOTH = "both"

    @property
    def takes_quantity(self) -> bool:
        """Whether the merchant has units of his own to offer, and may say how many."""
        return self is not FulfilmentChannel.AMAZON


def fulfilment_of(channel: str, sells_both_ways: bool) -> FulfilmentChannel:
    """Where a SKU stands, by the channel that Amazon shows and whether both ship it."""
    if channel == MERCHANT_CHANNEL:
        return FulfilmentChannel.MERCHANT
    return FulfilmentChannel.BOTH if sells_both_ways else FulfilmentChannel.AMAZON
