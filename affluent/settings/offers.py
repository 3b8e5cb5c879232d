"""The sections that say which price and quantity are offered."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field

from affluent.domain.offer import PriceMode, QuantityMode
from affluent.settings.section import Section


class OfferProfileSettings(Section):
    """How quantity and price follow from the store's."""

    quantity_mode: QuantityMode = Field(
        QuantityMode.PRODUCT, description="product, custom, single, at_most or buffer."
    )
    quantity_value: int = Field(0, ge=0, description="The constant, the cap or the buffer.")
    untracked_quantity: int = Field(0, ge=0, description="Offered where no stock is tracked.")
    price_mode: PriceMode = Field(PriceMode.PRODUCT, description="product, custom or ratio.")
    price_value: Decimal = Field(Decimal(1), gt=0, description="The constant or the factor.")
    floor: Decimal = Field(Decimal("0.01"), gt=0, description="A lower price is held.")
    ceiling: Decimal = Field(Decimal(100_000), gt=0, description="A higher price is held.")
    largest_move: Decimal = Field(Decimal("0.5"), gt=0, description="0.5 holds a move over 50 %.")
    largest_share: Decimal = Field(
        Decimal("0.2"),
        gt=0,
        le=1,
        description="0.2 stops a batch in which over 20 % of the prices move that far.",
    )
    lead_time_days: int | None = Field(
        None, ge=0, le=30, description="Days until you ship; unset leaves it to Amazon."
    )
