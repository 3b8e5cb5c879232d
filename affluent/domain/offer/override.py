"""What a merchant set by hand for one SKU."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final


@dataclass(frozen=True, slots=True)
class OfferOverride:
    """The last word on one SKU's offer before floor and ceiling; None leaves it to the profile.

    Amounts are in the marketplace's currency.
    """

    price: Decimal | None = None
    quantity: int | None = None
    lead_time_days: int | None = None
    floor: Decimal | None = None
    ceiling: Decimal | None = None


NO_OVERRIDE: Final = OfferOverride()
