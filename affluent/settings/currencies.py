"""Exchange rates: in the settings themselves, or in a file beside them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import Field, StringConstraints

from affluent.domain.errors import ConfigurationError
from affluent.domain.offer.rates import CurrencyPair, CurrencyRates, DatedRate, fresh_rates
from affluent.settings.section import Section

#: A code of ISO 4217, such as USD.
CurrencyCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]

#: One currency to others: {"USD": {"EUR": 0.92}} makes 0.92 EUR of 1 USD.
RateTable = dict[CurrencyCode, dict[CurrencyCode, Annotated[Decimal, Field(gt=0)]]]

_COLUMNS: Final = ("from", "to", "rate", "date")


class RatesFileSettings(Section):
    """A file of exchange rates that something else keeps fresh."""

    path: Path = Field(description="A .csv or .json file; from the folder of the settings.")
    oldest_days: int = Field(3, ge=0, description="Rates that are older are not used.")


def read_rates(
    table: RateTable, file: RatesFileSettings | None, folder: Path, today: date
) -> CurrencyRates:
    """The rates to use today. A file that cannot be read makes the prices that need it wait."""
    by_hand = {(one, other): rate for one, rates in table.items() for other, rate in rates.items()}
    if file is None:
        return CurrencyRates(by_hand)
    try:
        of_file = read_rates_file(folder / file.path)
    except ConfigurationError as error:
        return CurrencyRates(by_hand, lack=f"{error.what} {error.why}".rstrip(". "))
    return fresh_rates(of_file, by_hand, today, file.oldest_days)


def read_rates_file(path: Path) -> dict[CurrencyPair, DatedRate]:
    """The rates of a file. Raises ConfigurationError with the place that cannot be read.

    CSV has the columns from, to, rate, date; JSON is {"date": …, "rates": {"USD": {"EUR": …}}}.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        rows = _of_json(text) if path.suffix.lower() == ".json" else _of_csv(text)
        return {pair: _dated(where, rate, day) for where, pair, rate, day in rows}
    except OSError as error:
        why = f"{error.strerror}."
    except UnicodeDecodeError:
        why = "It is not text in UTF-8."
    except (ValueError, csv.Error) as error:
        why = f"{error}."
    raise ConfigurationError(
        f"The exchange rates in {path} cannot be read.",
        why=why,
        fix="Write CSV with the columns from,to,rate,date, or the same as JSON.",
    )


_Row = tuple[str, CurrencyPair, str, str]


def _of_csv(text: str) -> Iterator[_Row]:
    reader = csv.DictReader(text.splitlines())
    lacking = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
    if lacking:
        raise ValueError(f"It has no column {lacking[0]}")
    for row in reader:
        one, other, rate, day = ((row[name] or "").strip() for name in _COLUMNS)
        yield f"line {reader.line_num}", (one, other), rate, day


def _of_json(text: str) -> Iterator[_Row]:
    content = _object(json.loads(text, parse_float=str, parse_int=str), "It")
    day = str(content.get("date", ""))
    for one, rates in _object(content.get("rates"), "rates").items():
        for other, rate in _object(rates, f"rates.{one}").items():
            yield f"{one}.{other}", (one, other), str(rate), day


def _object(content: Any, name: str) -> Mapping[str, Any]:
    if not isinstance(content, Mapping):
        raise ValueError(f"{name} is no object")
    return content


def _dated(where: str, rate: str, day: str) -> DatedRate:
    try:
        value = Decimal(rate)
    except InvalidOperation:
        value = Decimal(0)
    if not value.is_finite() or value <= 0:
        raise ValueError(f"{where}: '{rate}' is no rate above 0")
    try:
        return DatedRate(value, date.fromisoformat(day))
    except ValueError:
        raise ValueError(f"{where}: '{day}' is no day such as 2026-11-20") from None
