"""From the store's currency to the marketplace's, and reading amounts that stand in fields."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from affluent.domain.issue import Reason
from affluent.domain.money import Money
from affluent.domain.offer.offered import PriceProblem
from affluent.domain.offer.rates import CurrencyRates
from affluent.domain.offer.trail import Unpriceable, unpriceable
from affluent.domain.product import Variant

_AMOUNT: Final = re.compile(r"[0-9]{1,9}(\.[0-9]{1,6})?")


def converted(money: Money, currency: str, rates: CurrencyRates) -> Money:
    """The amount in another currency, unrounded. Raises Unpriceable where no rate may be used."""
    if money.currency == currency:
        return money
    pair = (money.currency, currency)
    rate = rates.rates.get(pair)
    if rate is not None:
        return Money(money.amount * rate, currency)
    day = rates.stale.get(pair)
    stale = f"the one in the file is of {day} and too old" if day else ""
    lack = stale or rates.lack or "the settings name none"
    message = f"There is no exchange rate from {money.currency} to {currency}: {lack}."
    raise Unpriceable(PriceProblem(Reason.NO_RATE, message, "currency_rates"))


def amount_in_field(variant: Variant, name: str, currency: str) -> Money | None:
    """The amount in a custom field, which is in the marketplace's currency; None without one.

    Raises Unpriceable where the field holds something else.
    """
    text = variant.custom_fields.get(name, "").strip() if name else ""
    if not text:
        return None
    if not _AMOUNT.fullmatch(text) or Decimal(text) <= 0:
        message = f"The custom field '{name}' holds '{text}', which is no amount such as 12.50."
        raise unpriceable(message, name, text)
    return Money(Decimal(text), currency)
