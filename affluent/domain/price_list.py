"""The store's price lists: other prices than the catalog's, for some of its variants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from affluent.domain.money import Money
from affluent.domain.product import Variant


@dataclass(frozen=True, slots=True, order=True)
class PriceList:
    """A price list of the store, as far as it holds prices in one currency (`USD`)."""

    price_list_id: int
    currency: str


@dataclass(frozen=True, slots=True)
class PriceRecord:
    """What a price list says of one variant in one currency; None where it says nothing."""

    variant_id: int
    currency: str
    price: Decimal | None
    sale_price: Decimal | None

    @property
    def asked(self) -> Money | None:
        """The sale price where there is one, else the price; a sale at 0 is none."""
        amount = self.sale_price or self.price
        return None if amount is None else Money(amount, self.currency)


def at_list_price(variant: Variant, prices: Mapping[int, Money]) -> Variant:
    """The variant at its price of the list, or as it is where the list does not name it.

    A sale of the catalog's is none of the list's.
    """
    price = prices.get(variant.variant_id)
    return variant if price is None else replace(variant, price=price, regular_price=None)
