"""Exchange rates: what the merchant set, or a file of his that is fresh enough."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

#: From one currency to another, as in ("USD", "EUR").
CurrencyPair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class DatedRate:
    """A rate of a file, and the day that it is of."""

    value: Decimal
    day: date


@dataclass(frozen=True, slots=True)
class CurrencyRates:
    """How many units of the second currency one of the first is; no rate is turned around.

    `stale` holds the days of rates that are too old to be used; `lack` says why there is none of
    the file's, where there is none.
    """

    rates: Mapping[CurrencyPair, Decimal] = field(default_factory=dict)
    stale: Mapping[CurrencyPair, date] = field(default_factory=dict)
    lack: str = ""


def fresh_rates(
    of_file: Mapping[CurrencyPair, DatedRate],
    by_hand: Mapping[CurrencyPair, Decimal],
    today: date,
    oldest_days: int,
) -> CurrencyRates:
    """The rates to use today; what the merchant set by hand goes before his file."""
    limit = today - timedelta(days=oldest_days)
    fresh = {pair: rate.value for pair, rate in of_file.items() if rate.day >= limit}
    rates = {**fresh, **by_hand}
    stale = {pair: rate.day for pair, rate in of_file.items() if pair not in rates}
    return CurrencyRates(rates, stale)
